"""What the summary says of the curve: returns, falls, and the curve beside others."""

from __future__ import annotations

from dataclasses import asdict

from api.figures import figure
from engine.instants import utc_datetime
from engine.metrics.table import DrawdownRecord, DrawdownStatistics, ReturnStatistics
from schemas.sections.curve import Drawdown, Fall, Returns


def returns_of(statistics: ReturnStatistics) -> Returns:
    """Returns, field by field."""
    return Returns(**{name: figure(value) for name, value in asdict(statistics).items()})


def drawdown_of(statistics: DrawdownStatistics) -> Drawdown:
    """Falls, the deepest of them at the top."""
    deepest = [_fall(record) for record in statistics.deepest]
    worst = deepest[0] if deepest else None
    return Drawdown(
        max=worst.depth if worst else 0.0,
        start=worst.start if worst else None,
        trough=worst.trough if worst else None,
        recovered=worst.recovered if worst else None,
        count=statistics.count,
        average=figure(statistics.average),
        longest_days=statistics.longest_days,
        average_days=figure(statistics.average_days),
        recovery_factor=figure(statistics.recovery_factor),
        closed_trades=figure(statistics.closed_trades),
        deepest=tuple(deepest),
    )


def _fall(record: DrawdownRecord) -> Fall:
    return Fall(
        depth=figure(record.depth) or 0.0,
        start=utc_datetime(record.start),
        trough=utc_datetime(record.trough),
        recovered=None if record.recovered is None else utc_datetime(record.recovered),
        days=record.days,
    )
