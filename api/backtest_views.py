"""From stored backtests to the shapes of the wire."""

from __future__ import annotations

import numpy as np
from pydantic import ValidationError

from api.decimation import extremes
from data.results.records import BacktestRecord, EquityColumns
from data.results.repository import ResultsRepository
from engine.instants import Instant, utc_datetime
from engine.money import to_usd
from schemas.backtest import (
    Backtest,
    BacktestPage,
    Equity,
    EquityPoint,
    Headline,
    Progress,
    Trade,
    TradePage,
)
from schemas.errors import UnreadableResult, dotted
from schemas.problem import Problem
from schemas.publication import published_text
from schemas.reading import read_summary


def backtest_view(record: BacktestRecord) -> Backtest:
    """A backtest and its state."""
    return Backtest(
        id=record.id,
        name=record.name,
        status=record.status.value,
        created=utc_datetime(record.created),
        started=None if record.started is None else utc_datetime(record.started),
        finished=None if record.finished is None else utc_datetime(record.finished),
        progress=Progress(fraction=record.fraction, simulated_to=record.simulated_to, message=record.message),
        problem=None if record.problem is None else Problem.model_validate_json(record.problem),
        model_prices=record.model_prices,
        headline=None if record.headline is None else Headline.model_validate_json(record.headline),
    )


def backtest_page(results: ResultsRepository, limit: int, before: str | None) -> BacktestPage:
    """Some backtests, newest first. Raises `UnknownBacktest` for an unknown `before`."""
    found = results.newest(limit + 1, before)
    more = len(found) > limit
    return BacktestPage(items=tuple(map(backtest_view, found[:limit])), next=found[limit - 1].id if more else None)


def summary_text(results: ResultsRepository, backtest_id: str) -> str:
    """The summary in today's shape. Raises `UnknownBacktest`, `NotFinished`, `UnreadableResult`."""
    return published_text(read_summary(results.summary(backtest_id)))


def trade_page(results: ResultsRepository, backtest_id: str, offset: int, limit: int) -> TradePage:
    """Some trades of a backtest. Raises as `summary_text`."""
    documents, total = results.trades(backtest_id, offset, limit)
    try:
        return TradePage(items=tuple(map(Trade.model_validate_json, documents)), total=total)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise UnreadableResult(f"trades: {dotted(first['loc'])} is not as today's: {first['msg']}") from None


def equity_view(equity: EquityColumns, points: int) -> Equity:
    """The curve with at most so many points; extremes of net liquidation and drawdown are kept."""
    values, growth = equity.net_liquidation, equity.growth
    start = to_usd(equity.starting_capital)
    drawdowns = growth / np.maximum(np.maximum.accumulate(growth), start) - 1.0 if len(growth) else growth
    kept = extremes((values, drawdowns), points)
    return Equity(points=tuple(_point(equity, int(row), float(drawdowns[row])) for row in kept), total=len(values))


def _point(equity: EquityColumns, row: int, drawdown: float) -> EquityPoint:
    margin = int(equity.margin_requirement[row])
    at: Instant = int(equity.at[row])
    return EquityPoint(
        at=utc_datetime(at),
        net_liquidation_usd=to_usd(int(equity.net_liquidation[row])),
        profit_usd=to_usd(int(equity.net_liquidation[row] - equity.starting_capital - equity.external_flows[row])),
        total_return=float(equity.growth[row]) / to_usd(equity.starting_capital) - 1.0,
        drawdown=drawdown,
        margin_requirement_usd=None if margin < 0 else to_usd(margin),
    )
