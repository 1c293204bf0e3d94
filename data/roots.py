"""What a contract's root says: underlying, exercise, settlement, size and ticks.

Facts that a symbol does not carry. They are today's rules; where one changed, the comment says when.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from engine.model import (
    Deliverable,
    ExerciseStyle,
    SettlementMethod,
    SettlementSession,
    TickRule,
    UnderlyingKind,
)

TICK_CLASSES: Final = MappingProxyType(
    {
        "penny_all": TickRule(0.01, 0.01, 0.01),
        "penny_3_5": TickRule(0.01, 0.05, 0.01),
        "nickel_dime": TickRule(0.05, 0.10, 0.01),
        "spx": TickRule(0.05, 0.10, 0.05),
    }
)
"""Minimum increments by class (RULES 4.1 to 4.3; complex nets of SPX in 0.05)."""


_STANDARD: Final = Deliverable()


@dataclass(frozen=True, slots=True)
class RootFacts:
    """Facts that all contracts of a root share.

    Attributes:
        underlying: symbol of what the options are written on.
        session: whether the opening or the close of the settlement day decides.
        strike_multiplier: premium and strike times this is money.
        adjusted: the root marks a non-standard deliverable (RULES 1.5), which the symbol does not tell.
        flexible: the root marks a FLEX series (leading digit, RULES 1.6).
    """

    root: str
    underlying: str
    kind: UnderlyingKind
    style: ExerciseStyle
    settlement: SettlementMethod
    session: SettlementSession
    ticks: TickRule
    strike_multiplier: int = 100
    deliverable: Deliverable = _STANDARD
    adjusted: bool = False
    flexible: bool = False


_AM, _PM = SettlementSession.AM, SettlementSession.PM
_EUROPEAN, _AMERICAN = ExerciseStyle.EUROPEAN, ExerciseStyle.AMERICAN


def _index(
    root: str,
    underlying: str,
    session: SettlementSession,
    ticks: str = "nickel_dime",
    style: ExerciseStyle = _EUROPEAN,
    multiplier: int = 100,
) -> RootFacts:
    return RootFacts(
        root, underlying, UnderlyingKind.INDEX, style, SettlementMethod.CASH, session, TICK_CLASSES[ticks], multiplier
    )


INDEX_ROOTS: Final = MappingProxyType(
    {
        facts.root: facts
        for facts in (
            _index("SPX", "SPX", _AM, "spx"),
            _index("SPXW", "SPX", _PM, "spx"),
            _index("SPXPM", "SPX", _PM, "spx"),  # became SPXW on 2017-05-01 (RULES 2.5)
            _index("XSP", "XSP", _PM, "penny_all"),  # mini-SPX
            _index("NANOS", "NANOS", _PM, "penny_all", multiplier=1),  # one thousandth of SPX, multiplier 1
            _index("NDX", "NDX", _AM),
            _index("NDXP", "NDX", _PM),
            _index("XND", "XND", _PM, "penny_all"),  # one hundredth of NDX
            _index("RUT", "RUT", _AM),
            _index("RUTW", "RUT", _PM),
            _index("MRUT", "MRUT", _PM, "penny_all"),  # one tenth of RUT
            _index("DJX", "DJX", _AM, "penny_3_5"),
            _index("OEX", "OEX", _PM, style=_AMERICAN),
            _index("XEO", "OEX", _PM),
            # 0.01 below 3.00 and 0.05 above since November 2022; before, and by RULES 4.2, as here.
            _index("VIX", "VIX", _AM),
            _index("VIXW", "VIX", _AM),
        )
    }
)
"""Roots of cash-settled index options (RULES 1.5, 2.7, 3.1, 3.2)."""

_INDEX_FUNDS: Final = ("DIA", "EEM", "EFA", "EWJ", "EWZ", "FXI", "IEF", "IVV", "IWM", "QQQ", "RSP", "SPY", "VOO", "VTI")
_SECTOR_FUNDS: Final = (
    "SMH",
    "XBI",
    "XLB",
    "XLC",
    "XLE",
    "XLF",
    "XLI",
    "XLK",
    "XLP",
    "XLRE",
    "XLU",
    "XLV",
    "XLY",
    "XOP",
)
_OTHER_FUNDS: Final = (
    "AGG",
    "GDX",
    "GLD",
    "HYG",
    "LQD",
    "SLV",
    "SQQQ",
    "TLT",
    "TQQQ",
    "UNG",
    "USO",
    "UVXY",
    "VXX",
    "XRT",
)
MODEL_FUND: Final = "XFUND"
"""The fund of the model market; nothing of that name is traded anywhere."""
_ETFS: Final = frozenset({*_INDEX_FUNDS, *_SECTOR_FUNDS, *_OTHER_FUNDS, MODEL_FUND})
_PENNY_AT_ALL_PRICES: Final = frozenset({"SPY", "QQQ", "IWM", MODEL_FUND})


def root_facts(root: str, underlying: str | None = None) -> RootFacts:
    """Facts of a root; one that is no index root is taken for an equity's or a fund's (RULES 3.3).

    Roots in letters that a vendor puts on an index are those of before 2010, when a class had many (`JGA` on the XSP).
    They settled at the open, but for those on the OEX.

    The penny classes change every few months and are not in the data: an equity is taken for a penny class.

    Args:
        root: root of a contract symbol, e.g. `SPXW`, `SPY`, `AAPL7`, `2SPY`.
        underlying: what the vendor names as underlying, where the root does not tell.
    """
    known = INDEX_ROOTS.get(root)
    if known is not None:
        return known
    if underlying is not None and underlying in INDEX_ROOTS and root.isalpha():
        return replace(INDEX_ROOTS[underlying], root=root, session=_PM if underlying == "OEX" else _AM)
    flexible = root[:1].isdigit()
    stem = root.lstrip("0123456789").rstrip("0123456789") or root
    mini = root[-1:] == "7" and stem != root
    symbol = underlying or stem
    return RootFacts(
        root,
        symbol,
        UnderlyingKind.ETF if symbol in _ETFS else UnderlyingKind.EQUITY,
        _AMERICAN,
        SettlementMethod.PHYSICAL,
        _PM,
        TICK_CLASSES["penny_all" if symbol in _PENNY_AT_ALL_PRICES else "penny_3_5"],
        strike_multiplier=10 if mini else 100,
        deliverable=Deliverable(shares=10) if mini else _STANDARD,
        adjusted=root[-1:].isdigit() and not mini,
        flexible=flexible,
    )
