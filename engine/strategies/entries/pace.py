"""How soon after the last one: rests after closings, and entries per day and week."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from engine.strategies.entries.room import is_leftover
from engine.strategies.hedge_positions import is_hedge
from engine.strategies.spec.entry import CoolDown, EntryRules
from engine.strategy import StrategyContext


class _Rest:
    """One cool-down: counts closings, and knows when entries may go on."""

    def __init__(self, said: CoolDown) -> None:
        self.reason = f"after_{said.after}"
        self.until = -1
        self._said = said
        self._count = 0

    def closed(self, lost: bool, session: int) -> None:
        """A position was closed in the session of this number."""
        if self._said.after == "loss" and not lost:
            self._count = 0
            return
        self._count += 1
        if self._count >= self._said.in_a_row:
            self._count, self.until = 0, session + self._said.sessions


class EntryPace:
    """What the positions and entries of the past allow now; `look` on every chain, then ask."""

    def __init__(self, rules: EntryRules) -> None:
        self._rests = [_Rest(one) for one in rules.cool_down]
        self._per_day, self._per_week = rules.max_entries_per_day, rules.max_entries_per_week
        self._entries: dict[int, date] = {}
        self._over: set[int] = set()
        self._read = 0

    def entered(self, order_id: int, today: date) -> None:
        """An entry was requested."""
        if self._per_day is not None or self._per_week is not None:
            self._entries[order_id] = today

    def too_soon(self, context: StrategyContext) -> str | None:
        """Why no entry may follow yet: `after_loss`, `after_close`, `entries_of_day`, `entries_of_week`; or None."""
        today = context.today
        session = _session(context, today)
        resting = next((rest for rest in self._rests if session < rest.until), None)
        if resting is not None:
            return resting.reason
        return self._too_many(context, today) if self._entries else None

    # --- closings ---------------------------------------------------------------------------------------------------

    def look(self, context: StrategyContext) -> None:
        """Hear of what was closed since the last chain."""
        for position_id, lost, session in self._new_closings(context):
            if position_id not in self._over:
                self._over.add(position_id)
                for rest in self._rests:
                    rest.closed(lost, session)

    def _new_closings(self, context: StrategyContext) -> Iterator[tuple[int, bool, int]]:
        """Id, whether it lost, and session of what was closed since the last look, leftovers included."""
        closed = context.closed
        for one in closed[self._read :]:
            if not is_hedge(one.position):
                day = context.market.sessions.date_of(one.closed_at)
                yield one.position.position_id, one.profit < 0, _session(context, day)
        self._read = len(closed)
        for position in context.positions if self._rests else ():
            if is_leftover(position) and position.position_id not in self._over:
                lost = context.value_of(position).profit < position.fees
                yield position.position_id, lost, _session(context, context.today)

    # --- entries ----------------------------------------------------------------------------------------------------

    def _too_many(self, context: StrategyContext, today: date) -> str | None:
        monday = today - timedelta(days=today.weekday())
        self._entries = {order_id: on for order_id, on in self._entries.items() if on >= monday}
        alive = {one.order_id for one in context.pending} | {one.position_id for one in context.positions}
        days = [on for order_id, on in self._entries.items() if order_id in alive | self._over]
        if self._per_day is not None and days.count(today) >= self._per_day:
            return "entries_of_day"
        return "entries_of_week" if self._per_week is not None and len(days) >= self._per_week else None


def _session(context: StrategyContext, day: date) -> int:
    """Number of the session of a date, or of the one before where it has none."""
    return context.market.sessions.number_of(day + timedelta(days=1)) - 1
