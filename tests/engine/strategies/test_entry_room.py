"""Whether there is room for one more position, and who leaves for it."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model import Intent, Leg, Order, Position
from engine.strategies.entries import EntryGate, full_expiration, room_to_make
from engine.strategies.hedge_positions import HEDGE_TAG
from engine.strategies.spec import EntryRules, EntrySchedule
from tests.engine.strategies.fake_run import position
from tests.engine.strategies.gates import LATER, LONG, SHORT, run_at, shut

FIRST, SECOND = position(LONG, SHORT), position(LATER, position_id=2)
HEDGE = replace(position(LONG, position_id=3), tag=HEDGE_TAG)


def closing_order(position_id: int) -> Order:
    return Order(50, "test", Intent.CLOSE, (LONG, SHORT), 1, 0, position_id)


def opening_order(*legs: Leg) -> Order:
    return Order(51, "test", Intent.OPEN, legs, 1, 0)


@pytest.mark.parametrize(
    ("positions", "pending", "leaving", "most", "out"),
    [
        ((), (), (), 1, ()),
        ((FIRST, SECOND), (), (), 3, ()),
        ((FIRST, SECOND), (), (), 2, (1,)),
        ((FIRST, SECOND), (), (), 1, (1, 2)),
        ((FIRST, SECOND), (closing_order(1),), (), 2, ()),
        ((FIRST, SECOND), (closing_order(1),), (), 1, (2,)),
        ((FIRST, SECOND), (), (1,), 2, ()),
        ((FIRST,), (opening_order(LATER),), (), 2, (1,)),
        ((), (opening_order(LATER),), (), 1, None),
        ((position(LONG, closing=True), SECOND), (), (), 1, (2,)),
        ((FIRST, SECOND), (replace(closing_order(1), legs=(SHORT,)),), (), 2, (2,)),
        ((FIRST,), (replace(closing_order(1), legs=(SHORT,)),), (), 1, None),
        ((FIRST,), (replace(closing_order(1), intent=Intent.ADJUST),), (), 1, None),
        ((HEDGE, FIRST), (), (), 1, (1,)),
    ],
)
def test_the_oldest_leave_as_far_as_room_is_needed(
    positions: tuple[Position, ...],
    pending: tuple[Order, ...],
    leaving: tuple[int, ...],
    most: int,
    out: tuple[int, ...] | None,
) -> None:
    made = room_to_make(positions, pending, most, leaving)
    assert (None if made is None else tuple(one.position_id for one in made)) == out


@given(
    st.lists(st.sampled_from(["stays", "closing", "leaving", "leftover"]), max_size=6),
    st.integers(0, 3),
    st.integers(1, 6),
)
def test_after_room_was_made_one_more_is_not_too_many_and_nobody_leaves_needlessly(
    states: list[str], opening: int, most: int
) -> None:
    positions = tuple(
        position(LONG, *([] if state == "leftover" else [SHORT]), position_id=number, closing=state == "leftover")
        for number, state in enumerate(states)
    )
    pending = (
        *(closing_order(number) for number, state in enumerate(states) if state == "closing"),
        *(replace(opening_order(LATER), order_id=100 + number) for number in range(opening)),
    )
    leaving = [number for number, state in enumerate(states) if state == "leaving"]
    made = room_to_make(positions, pending, most, leaving)
    staying = states.count("stays")
    if made is None:
        assert opening + 1 > most
        return
    assert opening + staying - len(made) + 1 <= most
    assert not made or opening + staying - len(made) + 1 == most
    assert [one.position_id for one in made] == [n for n, state in enumerate(states) if state == "stays"][: len(made)]


def test_a_full_gate_is_shut_or_makes_room_as_said() -> None:
    run = run_at()
    run.positions = (FIRST,)
    stays, leaves = EntryGate(EntryRules()), EntryGate(EntryRules(when_full="close_oldest"))
    assert (shut(stays, run), stays.room_to_make(run.context)) == ("max_open: reached", ())
    assert (shut(leaves, run), leaves.room_to_make(run.context)) == (None, (FIRST,))
    assert leaves.room_to_make(run.context, [1]) == ()


def test_room_is_counted_for_each_expiration() -> None:
    near, far = {"near": date(2019, 5, 10)}, {"far": date(2019, 5, 17)}
    assert full_expiration(near, (FIRST, SECOND), (), 1) == "near"
    assert full_expiration(near, (FIRST, SECOND), (), 2) is None
    assert full_expiration(far | near, (FIRST,), (opening_order(LATER),), 1) == "far"
    assert full_expiration({"other": date(2019, 5, 24)}, (FIRST, SECOND), (), 1) is None
    assert full_expiration(near, (position(LONG, closing=True),), (), 1) is None


def test_an_expiration_that_does_not_fit_is_named() -> None:
    run = run_at()
    run.positions = (FIRST,)
    gate = EntryGate(EntryRules(max_open_positions=9, max_open_per_expiration=1))
    unfit = gate.unfit(run.context, {"near": date(2019, 5, 10)})
    assert unfit is not None
    assert (unfit.stage, unfit.reason) == ("expiration", "near:max_open_reached")
    assert gate.minds_expirations
    assert gate.unfit(run.context, {"near": date(2019, 5, 17)}) is None
    exact = EntryGate(EntryRules(max_open_positions=9, schedule=EntrySchedule(dte={"near": 18})))
    assert shut(exact, run) is None
    assert exact.unfit(run.context, {"near": date(2019, 5, 10)}) is None
    unfit = exact.unfit(run.context, {"near": date(2019, 5, 11)})
    assert unfit is not None
    assert unfit.reason == "near:other_dte"
    assert exact.minds_expirations
    free = EntryGate(EntryRules(max_open_positions=9))
    assert not free.minds_expirations
    assert free.unfit(run.context, {"near": date(2019, 5, 10)}) is None
