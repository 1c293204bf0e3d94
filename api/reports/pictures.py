"""The figures of a run as pictures of its report, drawn when a chapter takes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.reports.blocks import Picture
from api.reports.figures import FIGURES, Figure, svg

if TYPE_CHECKING:
    from api.runs import StoredRun


class Gallery:
    """Hands out the figures of a run by name, each once."""

    def __init__(self, run: StoredRun) -> None:
        self._run = run
        self._waiting = {figure.name: figure for figure in FIGURES}

    def take(self, *names: str) -> tuple[Picture, ...]:
        """Pictures of these names; those that have nothing to show of this run are left out."""
        figures = [self._waiting.pop(name) for name in names]
        return tuple(self._picture(figure) for figure in figures if figure.applies(self._run))

    def _picture(self, figure: Figure) -> Picture:
        run = self._run
        return Picture(figure.name, figure.title, svg(figure, run), figure.alt(run), figure.caption(run))
