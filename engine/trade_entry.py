"""What was known of a trade when it was opened: what it could lose, what it bound, and what kind of trade it was."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import isnan, nan
from typing import Final, NamedTuple

from engine.margin import MarginModel
from engine.margin.maximum_loss import bounds_at_expiration
from engine.market import Market
from engine.model import Fill, NetLeg, OptionContract, Position, underlying_of
from engine.money import Micros
from engine.result import TradeEntry
from engine.volatility_standing import VolatilityStanding

VIX: Final = "VIX"
"""Symbol whose price is noted beside every trade, where the run has it."""


class EntryNote(NamedTuple):
    """What only the moment of its opening can say of a trade; fields as in `TradeEntry`.

    Attributes:
        position: as its opening orders left it.
        margin: is asked for the requirement when the run is over; None where it follows prices, and was asked at once.
    """

    position: Position
    underlying: str
    spot: float
    opened_on: date
    days_to_expiration: int | None
    delta: float | None
    requirement: Micros | None
    iv_rank: float | None
    vix: float | None
    margin: MarginModel | None

    def entry(self) -> TradeEntry:
        """With what follows from the position alone, which is asked for when the run is over."""
        legs = _legs_of(self.position)
        loss, profit = bounds_at_expiration(legs, self.position.entry_cash)
        return TradeEntry(
            underlying=self.underlying,
            spot=self.spot,
            opened_on=self.opened_on,
            days_to_expiration=self.days_to_expiration,
            delta=self.delta,
            maximum_loss=loss,
            requirement=self.requirement if self.margin is None else self.margin.requirement(legs).initial,
            maximum_profit=profit,
            iv_rank=self.iv_rank,
            vix=self.vix,
        )


class TradeEntries:
    """Looks at positions when they are opened.

    Args:
        margin: a model that is asked for single positions, apart from the one that watches the book.
    """

    def __init__(self, market: Market, margin: MarginModel, standing: VolatilityStanding) -> None:
        self._market = market
        self._margin = margin
        self._standing = standing

    def note(self, fill: Fill, position: Position) -> EntryNote:
        """The position as its opening order has filled so far."""
        underlying = underlying_of(fill.legs[0].instrument)
        opened_on = self._market.sessions.date_of(fill.filled_at)
        options = [(leg.instrument, leg.quantity) for leg in fill.legs if isinstance(leg.instrument, OptionContract)]
        expirations = [contract.series.expires_on for contract, _ in options]
        later = None if self._margin.follows_prices else self._margin
        vix = self._market.last_price(VIX)
        return EntryNote(
            position,
            underlying=underlying,
            spot=self._market.price_of(underlying)[0],
            opened_on=opened_on,
            days_to_expiration=(min(expirations) - opened_on).days if expirations else None,
            delta=self._delta(options),
            requirement=None if later else self._margin.requirement(_legs_of(position)).initial,
            iv_rank=self._standing.rank(underlying),
            vix=None if vix is None else vix[0],
            margin=later,
        )

    def _delta(self, options: Sequence[tuple[OptionContract, int]]) -> float | None:
        """Largest size of a delta among the options sold, or among those bought where none was sold."""
        taken = [contract for contract, quantity in options if quantity < 0] or [contract for contract, _ in options]
        sizes = [abs(self._delta_of(contract)) for contract in taken]
        return max([size for size in sizes if not isnan(size)], default=None)

    def _delta_of(self, contract: OptionContract) -> float:
        """Delta of the last chain, NaN where it has none."""
        snapshot = self._market.snapshots.get(contract.series.underlying)
        row = None if snapshot is None else snapshot.row(contract.contract_id)
        return nan if snapshot is None or row is None else snapshot.delta.item(row)


def _legs_of(position: Position) -> list[NetLeg]:
    return [NetLeg(leg.instrument, leg.quantity) for leg in position.legs]
