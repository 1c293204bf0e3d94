"""Follows a backtest from outside: every change that can be seen in the database, until the last."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Final

from fastapi.concurrency import run_in_threadpool

from data.results.records import BacktestRecord
from data.results.repository import ResultsRepository

_LOOK_EVERY_S: Final = 0.2


async def follow(results: ResultsRepository, backtest_id: str, seen: int) -> AsyncIterator[BacktestRecord]:
    """The backtest at every revision after `seen`; ends after its final state, or at once where that was seen."""
    while True:
        record = await run_in_threadpool(results.backtest, backtest_id)
        if record.revision > seen:
            yield record
            seen = record.revision
        if record.status.is_final:
            return
        await asyncio.sleep(_LOOK_EVERY_S)
