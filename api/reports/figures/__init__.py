"""Pictures of a run, for a notebook and for both reports.

from api.reports.figures import FIGURES, svg
drawings = {figure.name: svg(figure, run) for figure in FIGURES if figure.applies(run)}

from matplotlib.pyplot import subplots          # in a notebook: any axes will do
from api.reports.figures import equity
equity(run, subplots()[1])
"""

from __future__ import annotations

from typing import Final

from api.reports.figures.account import EQUITY, UNDERWATER, equity, underwater
from api.reports.figures.figure import Figure
from api.reports.figures.svg import svg

__all__ = ["FIGURES", "Figure", "equity", "svg", "underwater"]

FIGURES: Final[tuple[Figure, ...]] = (EQUITY, UNDERWATER)
"""In the order of a report."""
