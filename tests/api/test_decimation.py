"""The decimator never loses an extreme, never shows more than was asked for, and never makes a point up."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from api.decimation import extremes

CURVES = st.integers(1, 400).flatmap(
    lambda length: st.lists(arrays(np.int64, length, elements=st.integers(-50, 50)), min_size=1, max_size=3)
)


@given(CURVES, st.integers(8, 500))
def test_extremes_and_ends_are_kept_within_the_number_asked_for(curves: list[np.ndarray], points: int) -> None:
    rows = extremes(curves, points)
    assert len(rows) <= points
    assert (np.diff(rows) > 0).all()
    assert (rows[0], rows[-1]) == (0, len(curves[0]) - 1)
    for curve in curves:
        assert curve[rows].min() == curve.min()
        assert curve[rows].max() == curve.max()


@given(CURVES, st.integers(8, 500))
def test_every_stretch_between_two_rows_lies_within_what_is_shown_near_it(
    curves: list[np.ndarray], points: int
) -> None:
    """Between rows that are shown, nothing sticks out of the extremes of its own stretch, which are shown."""
    rows = extremes(curves[:1], points)
    length = len(curves[0])
    stretches = 1 if length <= points else (points - 2) // 2
    bounds = np.linspace(0, length, stretches + 1).astype(int)
    for low, high in pairwise(bounds.tolist()):
        shown = curves[0][rows[(rows >= low) & (rows < high)]]
        assert shown.min() == curves[0][low:high].min()
        assert shown.max() == curves[0][low:high].max()


def test_a_short_curve_is_shown_whole() -> None:
    assert extremes([np.array([3.0, 1.0, 2.0])], 10).tolist() == [0, 1, 2]


def test_a_spike_of_one_point_survives() -> None:
    curve = np.zeros(100_000)
    curve[77_777] = 1.0
    assert 77_777 in extremes([curve], 100)


def test_too_few_points_are_refused() -> None:
    with pytest.raises(ValueError, match="5 points cannot show 2 curves; at least 6"):
        extremes([np.zeros(9), np.zeros(9)], 5)
