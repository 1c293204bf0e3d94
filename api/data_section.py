"""What is known about the data of a run, as the section `data` of its summary."""

from __future__ import annotations

from api.data_access import RunData
from data.facts import DataFacts
from data.model_market import ModelMarket
from data.preprocessing import Adjustment
from data.underlying_records import Bars
from engine.config import RunConfig
from schemas.sections.data import (
    BarSeries,
    Contracts,
    Data,
    DataFile,
    Dividend,
    MonthlyRate,
    OverrideFile,
    PriceAdjustment,
    Quality,
    Sessions,
    SettlementFile,
    SkippedRows,
    UnderlyingDay,
)
from schemas.sections.data import ModelMarket as ModelSection


def data_section(config: RunConfig, data: RunData) -> Data:
    """Files, sessions and quality of the range that was read, warm-up included."""
    facts, sessions, values = data.facts, data.source.sessions, data.settlement_values
    return Data(
        prices="quoted" if data.model is None else "model",
        model=None if data.model is None else _model(data.model, facts),
        vendors=facts.vendors,
        underlyings=facts.underlyings,
        resolution=facts.resolution,
        start=facts.first,
        end=facts.last,
        snapshots=facts.snapshots,
        calendar=sessions.calendar,
        timezone=sessions.timezone,
        content_hash=facts.content_hash,
        files=tuple(
            DataFile(name=one.name, format=one.format, sha256=one.sha256, rows=one.rows) for one in facts.sources
        ),
        settlement_values=None
        if values is None
        else SettlementFile(origin=values.origin, name=values.name, sha256=values.sha256),
        overrides=_overrides(data),
        bars=_bars(config, data),
        contracts=tuple(
            Contracts(underlying=one.underlying, quoted=one.quoted, expired=one.expired, read=one.read)
            for one in facts.contracts
        ),
        skipped=tuple(
            SkippedRows(name=one.source.name, day=one.day, underlying=one.underlying, rows=one.rows, reason=one.reason)
            for one in facts.skipped
        ),
        sessions=_sessions(facts),
        quality=Quality(**{name: getattr(facts.counts, name) for name in Quality.model_fields}),
    )


def _model(model: ModelMarket, facts: DataFacts) -> ModelSection:
    days = [day for day in model.market.days if facts.first <= day <= facts.last]
    months = {day.replace(day=1): model.rate_on(day) for day in days}
    return ModelSection(
        version=model.version,
        seed=model.seed,
        dividend_yields={name: model.underlying(name).dividend_yield for name in facts.underlyings},
        rates=tuple(MonthlyRate(month=month, rate=rate) for month, rate in months.items()),
        dividends=tuple(
            Dividend(underlying=name, ex_date=one.ex_date, amount_usd=one.amount_usd)
            for name in facts.underlyings
            for one in model.underlying(name).dividends
            if facts.first <= one.ex_date <= facts.last
        ),
    )


def _bars(config: RunConfig, data: RunData) -> tuple[BarSeries, ...]:
    adjust = {(one.symbol, one.resolution): one.adjust for one in config.data.bars}
    return tuple(_bar_series(one, adjust.get((one.symbol, one.resolution), "none"), data) for one in data.bars)


def _bar_series(bars: Bars, adjust: Adjustment, data: RunData) -> BarSeries:
    steps = data.price_steps.get(bars.symbol, ()) if adjust != "none" else ()
    return BarSeries(
        symbol=bars.symbol,
        resolution=bars.resolution,
        bars=len(bars.ends_at),
        sha256=bars.sha256,
        adjust=adjust,
        adjustments=tuple(PriceAdjustment(day=step.day, factor=step.factor) for step in steps),
    )


def _overrides(data: RunData) -> OverrideFile | None:
    file = data.overrides
    if file is None:
        return None
    in_force = len(data.facts.overridden)
    return OverrideFile(name=file.name, sha256=file.sha256, lines=len(file.lines), in_force=in_force)


def _sessions(facts: DataFacts) -> Sessions:
    return Sessions(
        expected=facts.sessions_expected,
        present=facts.sessions_present,
        missing=tuple(UnderlyingDay(day=one.day, underlying=one.underlying) for one in facts.missing),
        stale=tuple(UnderlyingDay(day=one.day, underlying=one.underlying) for one in facts.stale_days),
        warm_up=facts.warm_up_sessions,
    )
