"""The summary of a run: the contract between the product and programs that read its results.

Assumptions and warnings come first. Money is in USD (`_usd`, exact multiples of 1e-6) or in exact micro-dollars
(`_micros`), times are ISO 8601 UTC, fractions are decimals. `schemas/summary.schema.json` and `docs/summary.md` are
generated from it.
"""

from __future__ import annotations

from typing import Literal

from engine.config import RunConfig
from schemas.sections.accounting import Accounting, MarginCalls, Marks, Settlements
from schemas.sections.assumptions import Assumptions
from schemas.sections.attribution import Attribution
from schemas.sections.base import Count, Hash, Section, Sha256
from schemas.sections.comparison import Benchmark, Regime
from schemas.sections.curve import Drawdown, Periods, Returns, Window
from schemas.sections.data import Data
from schemas.sections.fills import FillSensitivity
from schemas.sections.lifecycle import Lifecycle
from schemas.sections.orders import Orders
from schemas.sections.performance import Capital, Costs, Funnel, Refusals
from schemas.sections.risk import ExposureSection, Protection, StrategyResult
from schemas.sections.robustness import Robustness
from schemas.sections.run import Artifacts, Run
from schemas.sections.trades import Trades
from schemas.sections.trust import Trust


class Summary(Section):
    """Everything worth knowing about one run."""

    schema_version: Literal[1]
    """Version of this schema: within it fields are only added; it rises when one changes its meaning, or disappears."""
    warnings: tuple[str, ...]
    """What to know before believing the figures, one sentence each, most important first."""
    assumptions: Assumptions
    run: Run
    config: RunConfig
    """The full configuration, defaults written out; `run.schema.json` describes it."""
    config_hash: Sha256
    """Hash of the canonical JSON of `config`."""
    data: Data
    trust: Trust
    """How much of the result rests on prices that deserve less trust."""
    capital: Capital
    returns: Returns
    periods: Periods
    rolling: tuple[Window, ...]
    """Windows of 63 and of 252 sessions that end with each month, as soon as the run is that long."""
    drawdown: Drawdown
    benchmark: Benchmark | None
    """The curve beside `config.benchmark`; null: fewer than two values of it."""
    regimes: tuple[Regime, ...]
    """The curve in different markets; empty before there are enough values of the benchmark."""
    robustness: Robustness | None
    """How else the run could have come out; null: fewer than 60 daily returns, which say nothing of it."""
    trades: Trades
    attribution: Attribution
    settlements: Settlements
    marks: Marks
    funnel: dict[str, Funnel]
    """By strategy: why there was no trade, or fewer than expected."""
    refusals: dict[str, Refusals]
    """Refused orders by rule."""
    orders: Orders
    blocked_fills: dict[str, Count]
    """Times that a resting order could not fill, by reason."""
    lifecycle: Lifecycle
    margin_calls: MarginCalls
    strategies: dict[str, StrategyResult]
    """By strategy: what it made of the account."""
    exposure: ExposureSection
    protection: Protection
    costs: Costs
    fill_sensitivity: FillSensitivity
    accounting: Accounting
    event_log_hash: Hash
    """Hash of every event of the run in order, market data included."""
    summary_hash: Sha256
    """Hash of the canonical JSON of this document without itself, `artifacts`, and `run`'s id, times and host."""
    artifacts: Artifacts
