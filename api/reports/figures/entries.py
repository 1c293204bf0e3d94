"""Where the entries that were due ended: how many opened, and what stopped the others."""

from __future__ import annotations

from collections import Counter
from typing import Final

from matplotlib.axes import Axes

from api.reports.figures.bars import Column, bars
from api.reports.figures.figure import Figure
from api.reports.figures.style import AXIS, GAIN
from api.reports.figures.words import plainly
from api.runs import StoredRun

_MOST_ROWS: Final = 12
_LONGEST: Final = 56
_OPENED: Final = "opened"


def entries(run: StoredRun, axes: Axes) -> None:
    """A bar per end of an entry, the most frequent first, those that opened at the top."""
    found = _ends(run)
    colours = [GAIN if name == _OPENED else AXIS for name in found]
    counts = [float(count) for count in found.values()]
    words = [f"{count:,}" for count in found.values()]
    bars(axes, list(map(_short, found)), [Column("Entries", counts, words, colours)])


def _ends(run: StoredRun) -> dict[str, int]:
    """Entries by stage and reason; rare ones together."""
    stages, reasons = run.funnel["stage"], run.funnel["reason"]
    counts = Counter(_name(stage, reason) for stage, reason in zip(stages, reasons, strict=True))
    ranked = sorted(counts.items(), key=lambda one: (one[0] != _OPENED, -one[1], one[0]))
    found = dict(ranked[:_MOST_ROWS])
    rest = sum(count for _, count in ranked[_MOST_ROWS:])
    return {**found, f"{len(ranked) - _MOST_ROWS} other reasons": rest} if rest else found


def _name(stage: str, reason: str) -> str:
    return plainly(f"{stage}:{reason}" if reason else stage)


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}\N{HORIZONTAL ELLIPSIS}"


def _alt(run: StoredRun) -> str:
    said = "; ".join(f"{count:,} {name}" for name, count in _ends(run).items())
    return f"Of {len(run.funnel):,} entries that were due: {said}."


ENTRIES: Final = Figure(
    name="entries",
    title="Where entries ended",
    caption=lambda run: "A bar per stage and reason at which entries ended that were due; blue: a trade was opened.",
    alt=_alt,
    draw=entries,
    applies=lambda run: len(run.funnel) > 0,
    height=lambda run: 0.25 + 0.22 * len(_ends(run)),
)
