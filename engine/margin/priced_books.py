"""The book of a run with the prices of its market, one underlying at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import fsum

from engine.config import MarginOptions
from engine.errors import UnsupportedContract
from engine.margin.legs import OptionLeg, PricedLeg, StockLeg
from engine.margin.model import MarginLeg
from engine.market import Market
from engine.marks import mark_option
from engine.model import OptionContract, UnderlyingKind, underlying_of
from engine.money import to_micros, to_usd

BookKey = tuple[tuple[str, int], ...]
"""Symbol and quantity of every leg, ordered."""


@dataclass(frozen=True, slots=True)
class PricedBook:
    """Everything held on one underlying."""

    underlying: str
    underlying_class: str
    price: float
    legs: tuple[PricedLeg, ...]
    key: BookKey

    @property
    def value(self) -> float:
        """Present money of all legs, USD."""
        return fsum(leg.quantity * (leg.value if isinstance(leg, OptionLeg) else leg.price) for leg in self.legs)


class BookPricer:
    """Gives the legs of a book their prices: options as the portfolio marks them, shares at their last price."""

    def __init__(self, options: MarginOptions, market: Market) -> None:
        self._classes = options.underlying_classes
        self._market = market

    @property
    def today(self) -> date:
        """Present exchange date."""
        return self._market.sessions.date_of(self._market.now)

    def books(self, legs: Sequence[MarginLeg]) -> list[PricedBook]:
        """Legs by underlying, ordered.

        Raises:
            MarketDataError: when an underlying has no price.
            UnsupportedContract: for an adjusted contract.
        """
        held: dict[str, list[MarginLeg]] = {}
        for leg in legs:
            held.setdefault(underlying_of(leg.instrument), []).append(leg)
        return [self._book(underlying, held[underlying]) for underlying in sorted(held)]

    def _book(self, underlying: str, legs: list[MarginLeg]) -> PricedBook:
        spot, _ = self._market.price_of(underlying)
        ordered = sorted(legs, key=lambda leg: leg.instrument.symbol)
        priced = tuple(self._leg(leg, spot) for leg in ordered)
        key = tuple((leg.instrument.symbol, leg.quantity) for leg in ordered)
        return PricedBook(underlying, self._class(underlying), spot, priced, key)

    def _class(self, underlying: str) -> str:
        known = self._market.underlyings.get(underlying)
        is_index = known is not None and known.kind is UnderlyingKind.INDEX
        return self._classes.get(underlying, "broad_index" if is_index else "equity")

    def _leg(self, leg: MarginLeg, spot: float) -> PricedLeg:
        contract = leg.instrument
        if not isinstance(contract, OptionContract):
            return StockLeg(leg.quantity, spot)
        series = contract.series
        if (series.deliverable.shares, series.deliverable.cash) != (series.strike_multiplier, 0):
            raise UnsupportedContract(
                f"{contract.symbol} is adjusted; only risk.margin: maximum_loss knows what such a contract delivers"
            )
        return OptionLeg(
            contract.right,
            contract.strike,
            leg.quantity,
            self._mark(contract, spot),
            series.expires_on,
            series.style,
            contract.multiplier,
            settles_at=series.settles_at,
        )

    def _mark(self, contract: OptionContract, spot: float) -> float:
        """Present mark per share; intrinsic value before the first chain."""
        snapshot = self._market.snapshots.get(contract.series.underlying)
        if snapshot is None:
            return to_usd(to_micros(contract.intrinsic(spot)))
        return to_usd(mark_option(contract, snapshot, snapshot.row(contract.contract_id), None).price)
