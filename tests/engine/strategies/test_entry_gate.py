"""What keeps an entry from being made, in the order in which it is asked, and the reason that is named."""

from datetime import time

from engine.strategies.entries import EntryGate
from engine.strategies.spec import EntryRules, EntrySchedule, ExpressionCondition
from tests.engine.strategies.fake_run import FakeRun
from tests.engine.strategies.gates import MONDAY, RANK, TREND, move, run_at, shut


def test_an_open_gate_counts_the_stages_that_are_used() -> None:
    run = run_at()
    assert shut(EntryGate(EntryRules()), run) is None
    assert run.funnel == {"entry_instant: passed": 1, "signal: passed": 1, "max_open: passed": 1}
    shut(EntryGate(EntryRules(max_entries_per_day=1)), run)
    assert run.funnel["pace: passed"] == 1


def test_the_schedule_comes_first_and_names_its_reason() -> None:
    run = run_at()
    gate = EntryGate(EntryRules(schedule=EntrySchedule(times=(time(10),)), conditions=(RANK,)))
    assert shut(gate, run) == "entry_instant: not_at_this_time"
    assert run.funnel == {}


def test_the_first_condition_that_does_not_hold_is_named() -> None:
    gate, run = EntryGate(EntryRules(conditions=(RANK, TREND))), run_at()
    assert shut(gate, run) == "signal: signal_undefined:rank"
    run.market.signals.update(rank=0.5, trend=-1.0)
    assert shut(gate, run) == "signal: not_met:trend > 0"
    run.market.signals.update(trend=1.0)
    assert shut(gate, run) is None


def test_previous_looks_at_the_chain_before_even_where_no_entry_was_due() -> None:
    rules = EntryRules(
        schedule=EntrySchedule(times=(time(15, 45),)),
        conditions=(ExpressionCondition(when="trend > 0 and previous(trend) <= 0"),),
    )
    gate, run = EntryGate(rules), FakeRun()
    said = []
    for clock, trend in (("10:00", -1.0), ("15:45", 1.0)):
        move(run, MONDAY, clock)
        run.market.signals["trend"] = trend
        said.append(shut(gate, run))
    assert said == ["entry_instant: not_at_this_time", None]


def test_t35_a_gap_that_has_no_first_print_yet_meets_no_condition() -> None:
    gate, run = EntryGate(EntryRules(conditions=(ExpressionCondition(when="vix < 30 and vix_gap > 0.5"),))), run_at()
    run.market.signals["vix"] = 15.0
    assert shut(gate, run) == "signal: signal_undefined:vix_gap:vix < 30 and vix_gap > 0.5"
    run.market.signals["vix_gap"] = 0.8
    assert shut(gate, run) is None
