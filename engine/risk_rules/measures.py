"""Everything that rules and sizers may measure, in one place: exposure, stress, margin, returns, closed trades."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import fsum

from engine.config import RunConfig
from engine.margin import MarginModel, MarginRequirement
from engine.market import Market
from engine.model import ClosedPosition, NetLeg
from engine.money import Micros
from engine.risk_config import BetaConfig, StressGrid
from engine.risk_rules.calculator import ExposureCalculator
from engine.risk_rules.daily_returns import DailyReturns
from engine.risk_rules.exposure import Exposure, Held
from engine.risk_rules.option_columns import Floats


class RunMeasures:
    """The measures of one run.

    Args:
        margin: a model of its own; asking about parts of the book must not disturb what is remembered of the whole.
        closed: positions that are over, by strategy, in the order of their ends.
    """

    def __init__(
        self, config: RunConfig, margin: MarginModel, market: Market, closed: Mapping[str, Sequence[ClosedPosition]]
    ) -> None:
        self.returns = DailyReturns(market)
        self.market = market
        self._calculator = ExposureCalculator(config.pricing)
        self._risk = config.risk
        self._margin = margin
        self._closed = closed

    @property
    def needs_returns(self) -> bool:
        """Whether somebody will ask for daily returns."""
        return self._risk.beta is not None or self._risk.limits.correlation is not None

    def exposure(self, legs: Iterable[Held]) -> Exposure:
        """Exposure of the legs."""
        return self._calculator.measure(legs, self.market)

    def beta_weighted_delta(self, legs: Iterable[Held]) -> float:
        """Delta of the legs in shares of the index of `risk.beta`; raises `MarketDataError` before it has a price."""
        beta = self._risk.beta
        by_underlying: dict[str, list[Held]] = {}
        for leg in legs:
            by_underlying.setdefault(leg.instrument.underlying, []).append(leg)
        if beta is None or not by_underlying:
            return 0.0
        index_price = self.price_of(beta.index)
        return fsum(
            self._beta(beta, underlying) * self.exposure(held).delta_shares * self.price_of(underlying) / index_price
            for underlying, held in sorted(by_underlying.items())
        )

    def stress(self, legs: Iterable[Held], shocks: StressGrid) -> Floats:
        """Gain of the legs under each shock, USD, of shape (spots, volatilities)."""
        return self._calculator.stress(legs, self.market, shocks)

    def requirement(self, legs: Sequence[NetLeg]) -> MarginRequirement:
        """Margin requirement of the legs as if they stood alone."""
        return self._margin.requirement(legs)

    def correlation(self, first: str, second: str) -> float | None:
        """Correlation of the daily returns of two underlyings, where enough of them are known."""
        limit = self._risk.limits.correlation
        return None if limit is None else self.returns.correlation(first, second, limit.sessions)

    def price_of(self, underlying: str) -> float:
        """Last price of an underlying, USD; raises `MarketDataError` where it has none."""
        return self.market.price_of(underlying)[0]

    def is_priced(self, underlying: str) -> bool:
        """Whether an underlying has a price yet."""
        return self.market.last_price(underlying) is not None

    def closed_profits(self, strategy: str) -> Sequence[Micros]:
        """Exact profit after fees of every position of a strategy that is over, in the order of their ends."""
        return [one.profit for one in self._closed.get(strategy, ())]

    def _beta(self, config: BetaConfig, underlying: str) -> float:
        if underlying in config.given:
            return config.given[underlying]
        if underlying == config.index:
            return 1.0
        estimated = self.returns.beta(underlying, config.index, config.sessions)
        return 1.0 if estimated is None else estimated
