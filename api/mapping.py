"""From the engine's result to the published summary: the only translator between the two."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from api.account_views import accounting_of, capital_of, costs_of, margin_calls_of
from api.assumptions import PartNames, assumptions_of
from api.attribution_views import attribution_section
from api.cautions import warnings_of
from api.curve_views import (
    benchmark_section,
    drawdown_of,
    periods_of,
    regimes_of,
    returns_of,
    robustness_of,
    rolling_of,
)
from api.data_access import RunData
from api.data_section import data_section
from api.fill_views import fill_sensitivity_of
from api.lifecycle_views import lifecycle_of
from api.risk_views import exposure_of, protection_of, strategies_of
from api.trade_figures import trades_of
from api.trust_views import trust_of
from engine.attribution.components import Attribution
from engine.config import RunConfig
from engine.events import SettlementSource
from engine.fingerprint import content_hash, summary_hash
from engine.instants import utc_datetime
from engine.metrics import Statistics
from engine.metrics.trust import trust
from engine.result import BacktestResult, MarkSource, OrderEnd
from engine.strategies.hedge_positions import HEDGE_TAG
from schemas.run_request import configuration_document
from schemas.sections.accounting import Marks, Settlement, Settlements
from schemas.sections.orders import Orders
from schemas.sections.performance import Funnel, FunnelStage, Refusals
from schemas.sections.run import Artifacts, Host, Run
from schemas.summary import Summary

PASSED: Final = "passed"
"""Reason under which the funnel counts entries that got through a stage: `signal: passed`."""


@dataclass(frozen=True, slots=True)
class RunRecord:
    """When, where and by which version a run happened.

    Attributes:
        created: when it was asked for; all times aware.
    """

    id: str
    created: datetime
    started: datetime
    finished: datetime
    engine_version: str
    python: str
    platform: str


@dataclass(frozen=True, slots=True)
class FinishedRun:
    """Everything that a summary is made from.

    Attributes:
        cautions: warnings that were known before the run.
    """

    config: RunConfig
    result: BacktestResult
    statistics: Statistics
    attribution: Attribution
    parts: PartNames
    data: RunData
    record: RunRecord
    cautions: tuple[str, ...] = ()


def summarise(run: FinishedRun, artifacts: Artifacts | None = None) -> Summary:
    """The summary of a run, hash included."""
    config, result, statistics = run.config, run.result, run.statistics
    trusted = trust(result, model_quotes=run.data.model is not None)
    blank = Summary(
        schema_version=1,
        warnings=(*warnings_of(config, result, statistics, trusted, run.data), *run.cautions),
        assumptions=assumptions_of(config, run.parts, run.data),
        run=_run(run),
        config=config,
        config_hash=content_hash(configuration_document(config)),
        data=data_section(config, run.data),
        trust=trust_of(trusted),
        capital=capital_of(result, statistics.account),
        returns=returns_of(statistics.returns),
        periods=periods_of(statistics.periods),
        rolling=rolling_of(statistics.rolling),
        drawdown=drawdown_of(statistics.drawdown, statistics.account.deepest_fall),
        benchmark=benchmark_section(statistics.comparison, run.data.benchmark),
        regimes=regimes_of(statistics.regimes),
        robustness=robustness_of(statistics.robustness),
        trades=trades_of(result, statistics),
        attribution=attribution_section(run.attribution, result.trades),
        settlements=_settlements(result),
        marks=_marks(result),
        funnel={name: _funnel(name, result) for name in result.funnel},
        refusals=_refusals(result),
        orders=_orders(result),
        blocked_fills=dict(sorted(result.blocked_fills.items())),
        lifecycle=lifecycle_of(result),
        margin_calls=margin_calls_of(result),
        strategies=strategies_of(result),
        exposure=exposure_of(config, result),
        protection=protection_of(result),
        costs=costs_of(result, statistics),
        fill_sensitivity=fill_sensitivity_of(statistics),
        accounting=accounting_of(result.totals),
        event_log_hash=result.event_log_hash,
        summary_hash="0" * 64,
        artifacts=artifacts or Artifacts(),
    )
    return blank.model_copy(update={"summary_hash": summary_hash(json.loads(blank.model_dump_json()))})


def _run(run: FinishedRun) -> Run:
    record, equity = run.record, run.result.equity
    return Run(
        id=record.id,
        created=record.created,
        started=record.started,
        finished=record.finished,
        elapsed_s=round((record.finished - record.started).total_seconds(), 3),
        host=Host(python=record.python, platform=record.platform),
        engine_version=record.engine_version,
        status="interrupted" if run.result.interrupted else "complete",
        seed=run.config.seed,
        simulated_from=utc_datetime(equity[0].at) if equity else None,
        simulated_to=utc_datetime(equity[-1].at) if equity else None,
        market_events=run.result.market_events,
    )


def _refusals(result: BacktestResult) -> dict[str, Refusals]:
    return {
        one.rule: Refusals(count=one.count, first_at=utc_datetime(one.first_at), first_reason=one.first_reason)
        for one in result.refusals
    }


def _settlements(result: BacktestResult) -> Settlements:
    settled = tuple(
        Settlement(
            root=one.root,
            settles_at=utc_datetime(one.settles_at),
            settled_at=utc_datetime(one.settled_at),
            price=one.price,
            source=one.source.value,
            settlement_proxy=one.source is not SettlementSource.OFFICIAL,
            priced_at=utc_datetime(one.priced_at),
            contracts=one.contracts,
        )
        for one in result.settlements
    )
    return Settlements(
        count=len(settled),
        proxies=sum(one.settlement_proxy for one in settled),
        by_source=dict(sorted(Counter(one.source for one in settled).items())),
        settled=settled,
    )


def _marks(result: BacktestResult) -> Marks:
    count = sum(result.marks.values())
    return Marks(
        count=count,
        not_two_sided=count - result.marks.get(MarkSource.TWO_SIDED_QUOTE, 0),
        by_source={source.value: result.marks.get(source, 0) for source in MarkSource},
    )


def _funnel(strategy: str, result: BacktestResult) -> Funnel:
    passed: Counter[str] = Counter()
    declined: dict[str, dict[str, int]] = {}
    for key, count in result.funnel[strategy].items():
        stage, _, reason = key.partition(": ")
        reasons = declined.setdefault(stage, {})
        if reason == PASSED:
            passed[stage] += count
        else:
            reasons[reason] = count
    return Funnel(
        stages=tuple(
            FunnelStage(stage=stage, passed=passed[stage], declined=dict(sorted(reasons.items())))
            for stage, reasons in declined.items()
        ),
        opened=sum(trade.strategy == strategy and trade.entry_tag != HEDGE_TAG for trade in result.trades),
    )


def _orders(result: BacktestResult) -> Orders:
    ends = Counter(record.end for record in result.orders)
    return Orders(
        count=len(result.orders),
        filled=ends[OrderEnd.FILLED],
        cancelled=ends[OrderEnd.CANCELLED],
        refused=ends[OrderEnd.REFUSED],
        filled_in_part=sum(0 < record.filled < record.approved for record in result.orders),
        model_priced_fills=sum(any(leg.theoretical for leg in fill.legs) for fill in result.fills),
        list_hash=result.order_list_hash,
    )
