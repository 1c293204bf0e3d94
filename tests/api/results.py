"""A small finished run, made by hand: one condor that settled on a proxy, one spread that is still open."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from api.assumptions import PartNames
from api.data_access import RunData
from api.mapping import FinishedRun, RunRecord
from data.datasets import QualityCounts, SkippedRows, SourceFile
from data.facts import DataFacts, UnderlyingDay
from engine.attribution.components import attribution_of
from engine.attribution.lives import stretches_of
from engine.attribution.stretches import Booking, BookingKind
from engine.config import PricingConfig
from engine.events import SettlementSource
from engine.instants import instant
from engine.metrics import statistics
from engine.result import (
    AccountTotals,
    BacktestResult,
    EquityPoint,
    MarkSource,
    RefusalTally,
    SettlementRecord,
    StrategyOutcome,
    Trade,
    TradeEntry,
    TradeLeg,
)
from engine.risk_rules.breakdown import ExposureBreakdown, ExposurePoint
from engine.risk_rules.exposure import Exposure
from engine.sources import RecordedSource
from schemas.run_request import parse_run_request
from tests.builders import contract_table, session_table
from tests.schemas.examples import CONDOR

USD = 1_000_000


def at(day: int, hour: int = 19) -> int:
    return instant(datetime(2019, 5, day, hour, 45, tzinfo=UTC))


SETTLED = Trade(
    position_id=1,
    strategy="condor",
    structure="iron_condor",
    quantity=2,
    opened_at=at(2),
    closed_at=at(13),
    entry_tag="entry",
    exit_reason="expiration",
    entry_cash=450 * USD,
    exit_cash=-120 * USD,
    fees=5_200_000,
    profit=324_800_000,
    legs=(TradeLeg("SPXW  190510P02850000", -2, 450 * USD, -120 * USD, 5_200_000, "settled"),),
    proxy_settled=True,
    left_open=("SPXW  190510P02700000",),
    entry=TradeEntry("SPX", 2917.5, date(2019, 5, 2), 8, 0.16, 29_550 * USD, 30_000 * USD),
    worst=-900 * USD,
    best=400 * USD,
)
OPEN = replace(
    SETTLED,
    position_id=2,
    opened_at=at(14),
    closed_at=None,
    exit_reason="open_at_end",
    exit_cash=0,
    fees=2_600_000,
    profit=-52_600_001,
    proxy_settled=False,
    left_open=(),
)
EXPOSED = Exposure(12.5, -0.25, -310.0, 42.0)
POINT = ExposurePoint(at(15), EXPOSED, None, None)
RESULT = BacktestResult(
    started_at=at(1),
    finished_at=at(15),
    interrupted=False,
    market_events=10,
    days=(date(2019, 5, 1), date(2019, 5, 2)),
    day_starts=(at(1), at(2)),
    levels={"SPX": (2923.73, 2917.52)},
    equity=(
        EquityPoint(at(1), 100_000 * USD, 0, 0),
        EquityPoint(at(2), 100_444_800_000, -500 * USD, 9_000 * USD),
        EquityPoint(at(15), 100_772_200_000, -500_000_001, 5_000 * USD),
    ),
    fills=(),
    trades=(SETTLED, OPEN),
    open_positions=(),
    settlements=(
        SettlementRecord("SPXW", at(10, 20), at(13), 2881.4, SettlementSource.LAST_BEFORE_SETTLEMENT, at(9), 4),
        SettlementRecord("SPX", at(3, 13), at(3), 2924.0, SettlementSource.OFFICIAL, at(3, 13), 2),
    ),
    refusals=(RefusalTally("max_open_positions", 3, at(1), "3 positions would be open, limit 2"),),
    funnel={"condor": {"entry_instant: passed": 9, "signal: undefined:trend": 7, "signal: passed": 2}},
    marks={MarkSource.TWO_SIDED_QUOTE: 18, MarkSource.HALF_ASK: 2},
    blocked_fills={"no_bid": 1},
    totals=AccountTotals(
        initial_cash=100_000 * USD,
        external_flows=0,
        realised=330 * USD,
        unrealised=-50_000_001,
        fees=7_800_000,
        interest=0,
        dividends=0,
        final_cash=100_772_200_000,
        final_market_value=-500_000_001,
    ),
    stretches=stretches_of((), (), (), ()),
    bookings=(),
    event_log=(),
    event_log_hash="ab" * 32,
    orders=(),
    order_list_hash="cd" * 32,
    strategies={"condor": StrategyOutcome(2, 272_199_999, 7_800_000, 0, 9_000 * USD, 1.0)},
    exposure=ExposureBreakdown(
        POINT, {"SPX": EXPOSED}, {"2019-05-31": EXPOSED}, {"iron_condor": EXPOSED}, {"condor": EXPOSED}, None
    ),
    session_exposures=(),
)
_COMPUTED = statistics(RESULT)
STATISTICS = replace(
    _COMPUTED,
    returns=replace(
        _COMPUTED.returns, total=0.002721999999, volatility=0.1234567890123456789, sharpe=float("inf"), sortino=-0.0
    ),
    fills=replace(_COMPUTED.fills, total=replace(_COMPUTED.fills.total, at_mid_usd=300.0, at_touch_usd=-10.0)),
)
ATTRIBUTION = attribution_of(
    stretches_of((), (), (), ()),
    (
        Booking(at(2), BookingKind.SPREAD_COST, -12_500_000, 1),
        Booking(at(2), BookingKind.FEES, -5_200_000, 1),
        Booking(at(15), BookingKind.FINANCING, 1_000_001, None),
    ),
    PricingConfig(),
    session_table(date(2019, 4, 25), date(2019, 5, 28)).date_of,
)
FILES = (
    SourceFile("SPX_20190425.csv.gz", "cboe_table", "ef" * 32, 12_000),
    SourceFile("SPX_20190527.csv.gz", "cboe_table", "fe" * 32, 11_000),
)
FACTS = DataFacts(
    underlyings=("SPX",),
    resolution="eod",
    first=date(2019, 4, 25),
    last=date(2019, 5, 28),
    warm_up_sessions=0,
    snapshots=21,
    counts=QualityCounts(rows=200, no_bid=20),
    sessions_expected=23,
    sessions_present=21,
    missing=(UnderlyingDay(date(2019, 5, 10), "SPX"), UnderlyingDay(date(2019, 5, 17), "SPX")),
    stale_days=(UnderlyingDay(date(2019, 5, 24), "SPX"),),
    skipped=(SkippedRows(date(2019, 5, 27), "SPX", FILES[1], 11_000, "no session on that date"),),
    time_assumed=True,
    estimated_prices=0,
    vendors=("cboe_table",),
    sources=FILES,
    content_hash="cd" * 32,
)
DATA = RunData(
    RecordedSource((), contract_table({}), session_table(date(2019, 4, 25), date(2019, 5, 28)), {}), FACTS, None
)
RECORD = RunRecord(
    id="a1",
    created=datetime(2026, 1, 1, tzinfo=UTC),
    started=datetime(2026, 1, 1, 0, 0, 1, tzinfo=UTC),
    finished=datetime(2026, 1, 1, 0, 0, 3, 500_000, tzinfo=UTC),
    engine_version="0.1.0",
    python="3.11.7",
    platform="Linux x86_64",
)
PARTS = PartNames("spread_fraction(0.75, 0.66, 0.56, 0.53)", "per_contract(0.65 USD)", "maximum_loss")


def finished_run(text: str = CONDOR, **changes: Any) -> FinishedRun:
    """A finished run; `changes` replace fields of `RESULT`."""
    return FinishedRun(
        config=parse_run_request(text).config,
        result=replace(RESULT, **changes),
        statistics=STATISTICS,
        attribution=ATTRIBUTION,
        parts=PARTS,
        data=DATA,
        record=RECORD,
    )
