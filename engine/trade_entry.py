"""What was known of a trade when it was opened: what it could lose, what it bound, and what kind of trade it was."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import isnan
from typing import Final

from engine.margin import MarginModel
from engine.margin.maximum_loss import PositionLegs
from engine.market import Market
from engine.model import Fill, NetLeg, OptionContract, Position
from engine.result import TradeEntry
from engine.volatility_standing import VolatilityStanding

VIX: Final = "VIX"
"""Symbol whose price is noted beside every trade, where the run has it."""


class TradeEntries:
    """Looks at positions when they are opened.

    Args:
        margin: a model that is asked for single positions, apart from the one that watches the book.
    """

    def __init__(self, market: Market, margin: MarginModel, standing: VolatilityStanding) -> None:
        self._market = market
        self._margin = margin
        self._standing = standing

    def note(self, fill: Fill, position: Position) -> TradeEntry:
        """The position as its opening order has filled so far."""
        underlying = fill.legs[0].instrument.underlying
        opened_on = self._market.sessions.date_of(fill.filled_at)
        options: list[tuple[OptionContract, int]] = []
        first: date | None = None
        for leg in fill.legs:
            contract = leg.instrument
            if isinstance(contract, OptionContract):
                options.append((contract, leg.quantity))
                expires_on = contract.series.expires_on
                first = expires_on if first is None or expires_on < first else first
        legs = PositionLegs([NetLeg(leg.instrument, leg.quantity) for leg in position.legs])
        loss, profit = legs.bounds_at_expiration(position.entry_cash)
        vix = self._market.last_price(VIX)
        return TradeEntry(
            underlying,
            self._market.price_of(underlying)[0],
            opened_on,
            None if first is None else (first - opened_on).days,
            self._delta(options),
            loss,
            self._margin.requirement(legs).initial,
            profit,
            self._standing.rank(underlying),
            None if vix is None else vix[0],
        )

    def _delta(self, options: Sequence[tuple[OptionContract, int]]) -> float | None:
        """Largest size of a delta among the options sold, or among those bought where none was sold."""
        taken = [contract for contract, quantity in options if quantity < 0] or [contract for contract, _ in options]
        largest: float | None = None
        for contract in taken:
            snapshot = self._market.snapshots.get(contract.underlying)
            row = None if snapshot is None else snapshot.row(contract.contract_id)
            if snapshot is not None and row is not None:
                size = abs(snapshot.entries.delta[row])
                if not isnan(size) and (largest is None or size > largest):
                    largest = size
        return largest
