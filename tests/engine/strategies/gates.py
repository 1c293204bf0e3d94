"""Gates and a run that stands before them: sessions, legs, and what a gate answers."""

from datetime import date

from engine.model import Leg
from engine.strategies.entries import EntryGate
from engine.strategies.event_dates import EventDates
from engine.strategies.spec import ExpressionCondition, SignalCondition
from tests.builders import chain, contract_table, new_york, put, series, session_table
from tests.engine.strategies.fake_run import FakeRun

EASTER = session_table(date(2019, 1, 2), date(2019, 12, 31), holidays=[date(2019, 4, 19)])
MAY_10, MAY_17 = series(date(2019, 5, 10)), series(date(2019, 5, 17))
TABLE = contract_table({MAY_10: [2800, 2850], MAY_17: [2800, 2850]})
LONG, SHORT = Leg(put(TABLE, MAY_10, 2800), 1), Leg(put(TABLE, MAY_10, 2850), -1)
LATER = Leg(put(TABLE, MAY_17, 2850), -1)
MONDAY = date(2019, 4, 22)
FOMC = EventDates({"FOMC": [date(2019, 5, 1), date(2019, 3, 20)], "earnings": [date(2019, 4, 20)]})
RANK, TREND = SignalCondition(signal="rank", above=0.3), ExpressionCondition(when="trend > 0")


def run_at(day: date = MONDAY, clock: str = "15:45") -> FakeRun:
    run = FakeRun()
    move(run, day, clock)
    return run


def move(run: FakeRun, day: date, clock: str = "15:45") -> None:
    run.clock.advance(chain(TABLE, new_york(day, clock), 2900.0).at)


def shut(gate: EntryGate, run: FakeRun) -> str | None:
    declined = gate.shut(run.context)
    return None if declined is None else f"{declined.stage}: {declined.reason}"
