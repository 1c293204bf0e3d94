"""The parts of a run, built and connected; `running_order.py` says who handles what, and in which order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.attribution.recorder import AttributionRecorder
from engine.benchmark import PriceLevels
from engine.bus import EventBus
from engine.config import RunConfig
from engine.corporate_actions import CorporateActions
from engine.costs.account_terms import RateStep
from engine.costs.fees import FeeModel
from engine.costs.financing import Financing, benchmark_rates
from engine.delivered_shares import DeliveredShares
from engine.depth import DepthGauge
from engine.dividends import Dividends
from engine.end_of_run import EndOfRun
from engine.equity import EquityCurve
from engine.errors import ConfigurationError
from engine.execution.broker import Broker, TradingTerms
from engine.execution.desk import OrderDesk
from engine.execution.fills import FillModel
from engine.ledger import Ledger
from engine.listing import Listing
from engine.margin import MarginModel
from engine.margin.liquidation import Liquidation
from engine.margin.strategy_shares import MarginShares
from engine.margin.watch import MarginWatch
from engine.market import Market
from engine.money import to_micros
from engine.overnight import Overnight, OvernightTerms
from engine.performance import PerformanceTracker
from engine.portfolio import PortfolioManager
from engine.recorder import Recorder
from engine.risk import DrawdownProtection, PositionSizer, RiskManager, RunMeasures
from engine.risk_rules.exposure_watch import ExposureWatch
from engine.risk_rules.limits import run_rules
from engine.settlement import Settlement
from engine.sources import EventSource
from engine.strategies.host import StrategyHost
from engine.strategy import Strategy
from engine.trade_entry import TradeEntries
from engine.volatility_standing import VolatilityStanding


@dataclass(frozen=True, slots=True)
class Models:
    """The exchangeable parts of a run.

    Attributes:
        sizers: one per strategy, by its name.
        rates: benchmark rates that the data bring, for financing that asks for them.
    """

    fills: FillModel
    fees: FeeModel
    margin: MarginModel
    sizers: Mapping[str, PositionSizer]
    rates: tuple[RateStep, ...] = ()


class Parts:
    """Everything that one run consists of.

    Raises:
        ConfigurationError: when a strategy has no sizer, two share a name, or benchmark rates are missing.
    """

    def __init__(self, config: RunConfig, source: EventSource, strategies: Sequence[Strategy], models: Models) -> None:
        _check_names([strategy.name for strategy in strategies], models)
        self.config, self.strategies = config, tuple(strategies)
        self.recorder = Recorder()
        self.market = Market(source.sessions, source.underlyings, listing=Listing(source.contracts))
        self.bus = EventBus(self.market, self.recorder.record)
        publish = self.bus.publish
        self.levels = PriceLevels(self.market)
        self.desk = OrderDesk()
        ledger, curve = Ledger(to_micros(config.account.initial_cash_usd)), EquityCurve()
        self.portfolio = PortfolioManager(ledger, self.market, curve, publish)
        self.standing = VolatilityStanding(self.market)
        entries = TradeEntries(self.market, models.margin.on(self.market), self.standing)
        self.performance = PerformanceTracker(self.portfolio, entries, DepthGauge(self.market), curve)
        self.attribution = AttributionRecorder(self.portfolio, self.market)
        self.settlement = Settlement(self.portfolio, self.market, models.fees, publish)
        self.dividends = Dividends(self.portfolio, self.market, publish)
        overnight = OvernightTerms(config.exercise, config.pricing, models.fees, config.seed)
        self.overnight = Overnight(overnight, self.portfolio, self.market, self.dividends, source.contracts, publish)
        self.corporate_actions = CorporateActions(
            self.portfolio, self.settlement, self.market, self.desk, source.contracts, publish
        )
        self.delivered_shares = DeliveredShares(
            config.exercise.delivered_shares, self.portfolio, self.market, self.desk, publish
        )
        margin = models.margin.on(self.market)
        self.protection = DrawdownProtection(config.risk.protection, self.portfolio, self.market, self.desk, publish)
        self.measures = RunMeasures(config, models.margin.on(self.market), self.market, self.portfolio.closed)
        self.risk = RiskManager(
            run_rules(config, margin, self.protection), models.fees, models.sizers, self.measures, self.portfolio,
            self.protection.size_factor,
        )  # fmt: skip
        self.exposure_watch = ExposureWatch(config.risk, self.portfolio, self.measures)
        self.margin_shares = MarginShares(
            [strategy.name for strategy in strategies], models.margin, self.portfolio, self.market
        )
        terms = TradingTerms(models.fills, models.fees, config.execution)
        self.broker = Broker(terms, self.market, self.desk, self.risk.recheck, self.bus)
        self.financing = self._financing(models.rates)
        self.margin_watch = MarginWatch(config.risk.margin_calls, margin, self.portfolio, self.market, publish)
        self.liquidation = Liquidation(
            self.portfolio, self.market, self.desk, models.fees,
            to_micros(config.execution.share_half_spread_usd), publish,
        )  # fmt: skip
        self.host = StrategyHost(strategies, self.market, self.portfolio, self.desk, source.contracts, publish)
        self.end_of_run = EndOfRun(self.portfolio, self.market, self.desk, models.fees, publish)

    def _financing(self, stored: Sequence[RateStep]) -> Financing | None:
        terms = self.config.account.financing
        if terms is None:
            return None
        return Financing(terms, benchmark_rates(terms, stored), self.portfolio, self.market, self.bus.publish)


def _check_names(names: Sequence[str], models: Models) -> None:
    if len(set(names)) < len(names):
        raise ConfigurationError(f"strategies {list(names)} do not all have different names")
    missing = sorted(set(names) - set(models.sizers))
    if missing:
        raise ConfigurationError(f"no sizer for strategies {missing}; add them to Models.sizers")
