"""A figure as SVG: the same bytes every time, text as text, small, and fit to stand in a page beside others."""

from __future__ import annotations

import io
import re
from html import escape
from typing import Any, Final, TextIO

from matplotlib import rc_context, rcParams, rcParamsDefault
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.figure import Figure as Canvas

from api.reports.figures.figure import Figure
from api.reports.figures.style import FONTS, SETTINGS
from api.runs import StoredRun

_RENDERER: Final[Any] = RendererSVG
_POINTS_PER_INCH: Final = 72
_PAD_POINTS: Final = 3.0
_BEGINNING: Final = (0.12, 0.15, 0.8, 0.75)
"""Where axes stand before it is known how much room their words take."""

_METADATA: Final = re.compile(r"\s*<metadata>.*?</metadata>\s*<defs>\s*<style.*?</style>\s*</defs>", re.DOTALL)
_GROUP_ID: Final = re.compile(r'<g id="[^"]*">')
_FAMILY: Final = re.compile(r" ?font-family: [^;\"]*;?")
_NO_TURN: Final = re.compile(r' transform="rotate\(-?0 [^"]*"')
_IN_QUOTES: Final = re.compile(r'="[^"]*"')
_LONG_DECIMALS: Final = re.compile(r"(\d\.\d\d)\d+")
_ID: Final = re.compile(r'(id="|url\(#|href="#)(\w+)')
_MARKERS: Final = re.compile(r'(<g[^>]*)>((?:\s*<use [^>]*?(style="[^"]*")/>)+\s*)</g>')
_SPACE: Final = re.compile(r"\s*\n\s*")


def svg(figure: Figure, run: StoredRun) -> str:
    """An `<svg>` element with the figure's `alt` as its label.

    Its ids begin with the figure's name, so that several figures can stand in one page. The letters are asked for from
    `FONTS`; a page may name others on the element. The same run gives the same bytes in any process.
    """
    text = io.StringIO()
    drawn(figure, run, text)
    return _element(text.getvalue(), figure.name, figure.alt(run))


def drawn(figure: Figure, run: StoredRun, text: TextIO) -> Canvas:
    """The figure on a canvas of its own, its words inside of it, written as a document of SVG."""
    with rc_context({**_originals(), **SETTINGS, "svg.hashsalt": figure.name}):
        canvas = Canvas(figsize=figure.size(run), dpi=_POINTS_PER_INCH)
        axes = canvas.add_axes(_BEGINNING)
        figure.draw(run, axes)
        # One renderer measures and draws: it measures every word once.
        renderer: Any = _RENDERER(canvas.bbox.width, canvas.bbox.height, text, metadata={"Date": None})
        _make_room(canvas, axes, renderer)
        canvas.draw(renderer)
        renderer.finalize()
    return canvas


def _originals() -> Any:
    """What matplotlib has for every setting that a notebook, a library or a file of the user has changed.

    But for the backend: to ask for it is to load one.
    """
    kept = {name: value for name, value in rcParamsDefault.items() if not name.startswith("backend")}
    return {name: value for name, value in kept.items() if rcParams[name] != value}


def _make_room(canvas: Canvas, axes: Axes, renderer: Any) -> None:
    """Give the words around the axes the room that they need, and the axes what is left."""
    width, height = canvas.bbox.width, canvas.bbox.height
    needed = axes.get_tightbbox(renderer)
    box = axes.get_window_extent()
    if needed is None:
        return
    left, below = box.x0 - needed.x0 + _PAD_POINTS, box.y0 - needed.y0 + _PAD_POINTS
    right, above = needed.x1 - box.x1 + _PAD_POINTS, needed.y1 - box.y1 + _PAD_POINTS
    axes.set_position(
        (left / width, below / height, 1.0 - (left + right) / width, 1.0 - (below + above) / height),
    )


def _element(document: str, name: str, label: str) -> str:
    """What matplotlib writes, without what says nothing or would disturb its neighbours in a page."""
    drawing = _METADATA.sub("", document[document.index("<svg") :])
    drawing = _NO_TURN.sub("", _FAMILY.sub("", _GROUP_ID.sub("<g>", drawing)))
    drawing = _IN_QUOTES.sub(lambda value: _LONG_DECIMALS.sub(r"\1", value[0]), drawing)
    numbers: dict[str, int] = {}
    drawing = _ID.sub(lambda one: f"{one[1]}{name}-{numbers.setdefault(one[2], len(numbers) + 1)}", drawing)
    drawing = _MARKERS.sub(_styled_once, drawing)
    root = (
        f'<svg role="img" aria-label="{escape(label)}" font-family="{FONTS}" '
        'style="stroke-linejoin: round; stroke-linecap: butt" '
    )
    return _SPACE.sub("\n", drawing.replace("<svg ", root, 1))


def _styled_once(markers: re.Match[str]) -> str:
    """A group of markers whose style stands at the group instead of at each of them."""
    beginning, drawn_markers, style = markers.groups()
    return f"{beginning} {style}>{drawn_markers.replace(f' {style}', '')}</g>"
