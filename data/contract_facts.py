"""What a contract is, by root and market: options outside of the United States have rules of their own.

No run is made on them (accounts are in US dollars): size and ticks, which only runs need, are those of one unit.
"""

from __future__ import annotations

from typing import Final

from data.markets import NSE, US, Market
from data.roots import RootFacts, root_facts
from engine.model import (
    Deliverable,
    ExerciseStyle,
    SettlementMethod,
    SettlementSession,
    TickRule,
    UnderlyingKind,
)

_NSE_INDICES: Final = frozenset({"BANKNIFTY", "FINNIFTY", "MIDCPNIFTY", "NIFTY", "NIFTYNXT50"})
_UNIT: Final = Deliverable(shares=1)


def contract_facts(root: str, underlying: str, market: Market) -> RootFacts:
    """Facts of a root where it is traded.

    Options on the National Stock Exchange of India are European, and those on shares are settled in shares; the index
    options of Eurex and all options of Deribit are European and settled in money or coins.
    """
    if market is US:
        return root_facts(root, underlying)
    in_shares = market is NSE and root not in _NSE_INDICES
    return RootFacts(
        root=root,
        underlying=underlying,
        kind=UnderlyingKind.EQUITY if in_shares else UnderlyingKind.INDEX,
        style=ExerciseStyle.EUROPEAN,
        settlement=SettlementMethod.PHYSICAL if in_shares else SettlementMethod.CASH,
        session=SettlementSession.PM,
        ticks=TickRule(),
        strike_multiplier=1,
        deliverable=_UNIT,
    )
