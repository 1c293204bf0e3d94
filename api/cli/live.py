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
from engine.money import MICROS_PER_USD, Micros
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
        self._live = Live(console=console, auto_refresh=False)
        self._pace = Pace(first, last)
        self._curves = AccountCurves(first, self._pace.days, max(console.width - _LABEL, 1) * DOTS_WIDE)
        self._drawn, self._at = self._pace.began, instant(_midnight(first))

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
        """What moves the curves."""
        return {PortfolioMarked: self._curves.on_mark, CashMoved: self._curves.on_flow}

    def observe(self, at: Instant) -> None:
        """Take note of the instant of an event, and draw when it is time."""
        now = time.monotonic()
        self._at = at
        if now - self._drawn >= _EVERY_S:
            self._drawn = now
            self._live.update(self._picture(now), refresh=True)

    def _picture(self, now: float) -> Group:
        title = Text(self._pace.said(self._at, now), style="bold")
        equity, drawdown = self._curves.equity, self._curves.drawdown
        if equity.bounds is None or drawdown.bounds is None:
            return Group(title)
        return Group(
            title,
            *_drawn(equity.lines(_EQUITY_ROWS), [f"{value:,.0f} USD" for value in equity.bounds], "cyan"),
            *_drawn(drawdown.lines(_DRAWDOWN_ROWS), [f"{value:.1%}" for value in drawdown.bounds], "red"),
        )


class AccountCurves:
    """Equity in USD and drawdown as a decimal, by columns of equal simulated time.

    Most marks lie between others of their column and change nothing: they cost two comparisons.
    """

    def __init__(self, first: date, days: int, columns: int) -> None:
        self.equity, self.drawdown = Curve(columns), Curve(columns)
        self._begins, self._per_column = instant(_midnight(first)), max(days * NANOS_PER_DAY // columns, 1)
        self._peak = self._flows = self._value = 0
        self._column, self._column_ends = 0, 0
        self._low = self._high = 0

    def on_mark(self, event: PortfolioMarked) -> None:
        """The account is worth something."""
        value = event.cash + event.market_value
        if event.at >= self._column_ends or not self._low <= value <= self._high:
            self._reach(event.at, value)
        self._value = value

    def on_flow(self, event: CashMoved) -> None:
        """Money came in or went out."""
        self._flows += event.amount
        self._column_ends = 0

    def _reach(self, at: Instant, value: Micros) -> None:
        if at >= self._column_ends:
            if self._column_ends:
                self._draw(self._value)
            self._column = (at - self._begins) // self._per_column
            self._column_ends = self._begins + (self._column + 1) * self._per_column
            self._low = self._high = value
        # After a new peak the same values as before are deeper drawdowns.
        self._low = value if value - self._flows > self._peak else min(self._low, value)
        self._high = max(self._high, value)
        self._draw(value)

    def _draw(self, value: Micros) -> None:
        own = value - self._flows
        self._peak = max(self._peak, own)
        self.equity.reach(self._column, value / MICROS_PER_USD)
        self.drawdown.reach(self._column, own / self._peak - 1 if self._peak > 0 else 0.0)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, clock_time(), UTC)


def _drawn(lines: Sequence[str], bounds: Sequence[str], style: str) -> list[Text]:
    """Lines with the lowest and the highest value beside the last and the first of them."""
    low, high = bounds
    labels = [high, *[""] * (len(lines) - 2), low]
    return [Text.assemble(f"{label:>{_LABEL - 1}} ", (line, style)) for label, line in zip(labels, lines, strict=True)]
