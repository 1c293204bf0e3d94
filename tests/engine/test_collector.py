"""What Python's garbage collector does while runs are on, and that it is as before when they are over."""

import gc
from collections.abc import Iterator

import pytest

from engine.collector import collector_at_rest


@pytest.fixture(autouse=True)
def usual() -> Iterator[tuple[int, int, int]]:
    """Thresholds of the process; put back whatever happens."""
    found = gc.get_threshold()
    yield found
    gc.set_threshold(*found)


def test_it_looks_a_hundred_times_as_seldom_and_then_as_usual_again(usual: tuple[int, int, int]) -> None:
    with collector_at_rest():
        assert gc.get_threshold() == (100_000, *usual[1:])
        assert gc.get_freeze_count() > 0
    assert gc.get_threshold() == usual
    assert gc.get_freeze_count() == 0


def test_runs_that_overlap_leave_what_the_first_one_found(usual: tuple[int, int, int]) -> None:
    first, second = collector_at_rest(), collector_at_rest()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert gc.get_threshold()[0] == 100_000  # the second run is still on
    second.__exit__(None, None, None)
    assert gc.get_threshold() == usual


def test_a_run_that_fails_leaves_nothing_behind(usual: tuple[int, int, int]) -> None:
    with pytest.raises(ZeroDivisionError), collector_at_rest():
        1 / 0  # noqa: B018 - any failure will do
    assert gc.get_threshold() == usual
    assert gc.get_freeze_count() == 0


def test_cycles_made_during_a_run_are_found_afterwards() -> None:
    gc.collect()
    with collector_at_rest():
        cycle: list[object] = []
        cycle.append(cycle)
        del cycle
    assert gc.collect() >= 1
