"""What is known of the model market besides its chains: rates, dividends, earnings, and settlement values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from data.embedded_market import FILE, EmbeddedMarket, embedded_market
from data.model_chain.markets import ModelUnderlying, model_underlying
from data.providers.model_chain import MODEL_VERSION
from data.settlement_values import SettlementValues
from data.underlying_rows import CorporateEvent
from engine.model import ContractTable, SettlementMethod, SettlementSession


@dataclass(frozen=True, slots=True, eq=False)
class ModelMarket:
    """The model market of a seed.

    Attributes:
        version: of the model; another version quotes other chains.
    """

    seed: int
    market: EmbeddedMarket
    version: int = MODEL_VERSION

    def rate_on(self, day: date) -> float:
        """Rate that chains of a date are valued with, per year, continuously compounded.

        Raises:
            NotCovered: for a date that it has not.
        """
        return float(self.market.rate[self.market.position(day)])

    def underlying(self, symbol: str) -> ModelUnderlying:
        """An underlying over all sessions, with its dividend yield, cash dividends and earnings.

        Raises:
            NotCovered: for one that it has not.
        """
        return model_underlying(symbol, self.market, self.seed)

    def dividends(self, symbols: Iterable[str]) -> tuple[CorporateEvent, ...]:
        """Cash dividends of underlyings, ascending."""
        found = ((symbol, one) for symbol in symbols for one in self.underlying(symbol).dividends)
        return tuple(sorted(CorporateEvent(symbol, one.ex_date, one.amount_usd, 1.0) for symbol, one in found))

    def settlement_values(self, contracts: ContractTable) -> SettlementValues:
        """Official values of this market: the open of the day for AM series, its close for PM series.

        Series that settle on dates that it does not cover have none; neither have those that are delivered.
        """
        values: dict[tuple[str, date], float] = {}
        for series in contracts.series:
            day = series.expires_on
            if series.settlement is SettlementMethod.CASH and self.market.first <= day <= self.market.last:
                own = self.underlying(series.underlying)
                prices = own.open if series.session is SettlementSession.AM else own.close
                values[series.root, day] = float(prices[self.market.position(day)])
        return SettlementValues(FILE, self.market.sha256, MappingProxyType(values))


def model_market(seed: int) -> ModelMarket:
    """The model market of a seed."""
    return ModelMarket(seed, embedded_market())
