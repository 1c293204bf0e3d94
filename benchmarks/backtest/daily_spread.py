"""A put spread of thirty days opened on every session of five years, and held to expiration; everything on.

About 42 legs of 21 positions are open; the spreads of a week share an expiration and often strikes, so that they are
about 14 contracts.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from benchmarks.data.generated import FIRST, LAST
from data.parquet_store import ParquetStore
from data.replay import open_range
from data.selection import ReadOptions
from engine.config import AccountConfig, DataSelection, RunConfig
from engine.costs.fees import fee_model
from engine.execution.fills import fill_model
from engine.margin.choice import margin_model
from engine.result import BacktestResult
from engine.risk import position_sizer
from engine.risk_config import RiskConfig, RiskLimits
from engine.runner import Models, run_backtest_sync
from engine.sources import RecordedSource
from engine.strategies.declarative import SpecifiedStrategy
from engine.strategies.spec import DeclarativeStrategy, DeltaTarget, EntryRules, ExpirationSpec, LegSpec

Margin = Literal["maximum_loss", "regulation_t"]

SPEC = DeclarativeStrategy(
    name="daily",
    structure="put_credit_spread",
    underlying="SPX",
    expirations={"month": ExpirationSpec(target_dte=30, min_dte=20, max_dte=40)},
    legs=(
        LegSpec(name="long", side="buy", right="put", expiration="month", delta=DeltaTarget(target=0.15)),
        LegSpec(name="short", side="sell", right="put", expiration="month", delta=DeltaTarget(target=0.30)),
    ),
    entry=EntryRules(max_open_positions=1_000),
)

# Limits that are never reached: the Greeks of the book are measured at every request and every fill.
LIMITS = RiskLimits(max_open_positions=1_000, max_abs_delta_shares=1e9, max_abs_vega_usd_per_point=1e9)


def load(folder: Path) -> RecordedSource:
    """Every chain of the store in memory."""
    stored = open_range(ParquetStore(folder), ["SPX"], "eod", FIRST, LAST, ReadOptions(greeks="own"))
    return RecordedSource(list(stored), stored.contracts, stored.sessions, stored.underlyings)


def run(source: RecordedSource, margin: Margin) -> BacktestResult:
    """One backtest of the whole source."""
    config = RunConfig(
        name="daily",
        start=FIRST,
        end=LAST,
        data=DataSelection(underlyings=("SPX",)),
        strategies=(SPEC,),
        account=AccountConfig(initial_cash_usd=10_000_000.0),
        risk=RiskConfig(margin=margin, limits=LIMITS),
    )
    models = Models(
        fill_model(config.execution.fills),
        fee_model(config.execution.fees),
        margin_model(config.risk, config.pricing),
        {SPEC.name: position_sizer(SPEC.sizing)},
    )
    return run_backtest_sync(config, source, [SpecifiedStrategy(SPEC)], models)
