"""`ironfly run --live`: equity and drawdown, drawn in the terminal while the run goes on."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from datetime import time as clock_time
from types import TracebackType
from typing import Any, ClassVar, Final, Literal

from rich.console import Console, Group
from rich.live import Live
from rich.text import Text

from api.cli.braille import DOTS_WIDE, Curve
from api.cli.progress import Pace
from engine.bus import Handler, Publish
from engine.events import CashMoved, PortfolioMarked
from engine.instants import NANOS_PER_DAY, Instant, instant
from engine.money import MICROS_PER_USD
from engine.runner import Listener

_EVERY_S: Final = 0.5
_LABEL: Final = 14
_EQUITY_ROWS: Final = 10
_DRAWDOWN_ROWS: Final = 4


def can_draw() -> bool:
    """Whether stderr is a terminal with the characters that curves are made of."""
    return sys.stderr.isatty() and not Console(stderr=True).options.ascii_only


class LiveEquity:
    """Follows a run, and draws at most twice a second what the account was worth.

    Drawdowns are those of net liquidation less what was deposited and withdrawn since the start.
    """

    slot: ClassVar[Literal["observers"]] = "observers"

    def __init__(self, first: date, last: date) -> None:
        console = Console(stderr=True)
        columns = max(console.width - _LABEL, 1) * DOTS_WIDE
        self._live = Live(console=console, auto_refresh=False)
        self._pace = Pace(first, last)
        self._begins = instant(datetime.combine(first, clock_time(), UTC))
        self._per_column = max(self._pace.days * NANOS_PER_DAY // columns, 1)
        self._equity, self._drawdown = Curve(columns), Curve(columns)
        self._peak, self._flows = 0, 0
        self._drawn, self._at = self._pace.began, self._begins

    def __enter__(self) -> LiveEquity:
        self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._live.update(self._picture(time.monotonic()), refresh=True)
        self._live.stop()

    @property
    def listeners(self) -> tuple[Listener, ...]:
        """It follows the account itself."""
        return (self,)

    def handlers(self, publish: Publish) -> Mapping[type[Any], Handler]:
        """What moves the curves; a mark costs some comparisons, however many there are."""

        def on_mark(event: PortfolioMarked) -> None:
            self._take(event.at, event.cash + event.market_value)

        def on_flow(event: CashMoved) -> None:
            self._flows += event.amount

        return {PortfolioMarked: on_mark, CashMoved: on_flow}

    def observe(self, at: Instant) -> None:
        """Take note of the instant of an event, and draw when it is time."""
        now = time.monotonic()
        self._at = at
        if now - self._drawn >= _EVERY_S:
            self._drawn = now
            self._live.update(self._picture(now), refresh=True)

    def _take(self, at: Instant, value: int) -> None:
        column = (at - self._begins) // self._per_column
        own = value - self._flows
        self._peak = max(self._peak, own)
        self._equity.reach(column, value / MICROS_PER_USD)
        self._drawdown.reach(column, own / self._peak - 1 if self._peak > 0 else 0.0)

    def _picture(self, now: float) -> Group:
        title = Text(self._pace.said(self._at, now), style="bold")
        equity, drawdown = self._equity, self._drawdown
        if equity.bounds is None or drawdown.bounds is None:
            return Group(title)
        return Group(
            title,
            *_drawn(equity.lines(_EQUITY_ROWS), [f"{value:,.0f} USD" for value in equity.bounds], "cyan"),
            *_drawn(drawdown.lines(_DRAWDOWN_ROWS), [f"{value:.1%}" for value in drawdown.bounds], "red"),
        )


def _drawn(lines: Sequence[str], bounds: Sequence[str], style: str) -> list[Text]:
    """Lines with the lowest and the highest value beside the last and the first of them."""
    low, high = bounds
    labels = [high, *[""] * (len(lines) - 2), low]
    return [Text.assemble(f"{label:>{_LABEL - 1}} ", (line, style)) for label, line in zip(labels, lines, strict=True)]
