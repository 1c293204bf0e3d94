"""What a figure is: a name, words, and a function that draws it onto axes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

from matplotlib.axes import Axes

from api.runs import StoredRun

WIDTH_INCHES: Final = 6.5
"""All figures are as wide as a column of text, so that their letters are equally large everywhere."""

Says: TypeAlias = Callable[[StoredRun], str]


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture of a run.

    Attributes:
        name: unique; fit for the name of a file and for an id of HTML.
        title: what is seen.
        caption: how to read it: units, conventions, caveats.
        alt: what it shows, in numbers, for who does not see it.
        draw: draws onto axes that are empty; a figure of several panels divides them.
        applies: whether the run has anything to show.
        height: inches, `WIDTH_INCHES` wide.
    """

    name: str
    title: str
    caption: Says
    alt: Says
    draw: Callable[[StoredRun, Axes], None]
    applies: Callable[[StoredRun], bool]
    height: Callable[[StoredRun], float]

    def size(self, run: StoredRun) -> tuple[float, float]:
        """Width and height in inches."""
        return WIDTH_INCHES, self.height(run)


def inches(height: float) -> Callable[[StoredRun], float]:
    """A height that does not depend on the run."""
    return lambda run: height
