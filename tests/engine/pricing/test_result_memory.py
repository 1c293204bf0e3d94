"""Memory of large results is used again, but never while somebody holds an array on it."""

import gc

import numpy as np
import pytest

from engine.pricing import greeks, price
from engine.pricing.result_memory import LARGE, result_rows
from engine.pricing.windows import BLOCK

ROWS = 6
SIZE = LARGE // ROWS + 3  # large, and no multiple of a cache line


def test_memory_of_a_dropped_result_is_used_again() -> None:
    first = result_rows(ROWS, SIZE)
    place = first.ctypes.data
    del first
    gc.collect()
    assert result_rows(ROWS, SIZE).ctypes.data == place


def test_memory_is_not_used_again_while_a_slice_of_it_lives() -> None:
    first = result_rows(ROWS, SIZE)
    part = first[2, 5:9]
    part[:] = 7.0
    del first
    others = [result_rows(ROWS, SIZE) for _ in range(4)]
    for other in others:
        other[:] = 0.0
    assert part.tolist() == [7.0] * 4


def test_a_small_result_does_not_take_the_memory_of_a_large_one() -> None:
    large = result_rows(4 * ROWS, SIZE)
    place = large.ctypes.data
    del large
    assert result_rows(ROWS, SIZE).ctypes.data != place


def test_every_large_row_begins_a_cache_line() -> None:
    rows = result_rows(ROWS, SIZE)
    assert rows.shape[0] == ROWS
    assert rows.shape[1] >= SIZE
    assert {row.ctypes.data % 64 for row in rows} == {0}


@pytest.mark.parametrize("count", [200_003, 1_563 * BLOCK])
def test_large_results_have_the_bits_of_small_ones(count: int) -> None:
    """Blocks of large results wait to be written; the last one is a short or a whole one."""
    strikes = np.random.default_rng(3).uniform(50.0, 200.0, count)
    whole = greeks(1, 100.0, strikes, 0.5, 0.03, 0.01, 0.25)
    parts = [greeks(1, 100.0, piece, 0.5, 0.03, 0.01, 0.25) for piece in np.array_split(strikes, 40)]
    for name, column in whole._asdict().items():
        joined = np.concatenate([getattr(part, name) for part in parts])
        assert column.shape == (count,)
        assert column.tobytes() == joined.tobytes()


def test_large_results_keep_the_shape_of_their_inputs() -> None:
    strikes = np.linspace(50.0, 200.0, 1_501 * 401).reshape(1_501, 401)
    values = price(-1, 100.0, strikes, 0.5, 0.03, 0.01, 0.25)
    assert values.shape == strikes.shape
    assert np.array_equal(values[1_500], price(-1, 100.0, strikes[1_500], 0.5, 0.03, 0.01, 0.25))
