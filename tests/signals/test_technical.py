"""The moving-average trend: arithmetic, warm-up, and no look ahead."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model import Bar
from signals.technical import MovingAverageTrend, MovingAverageTrendParameters
from tests.builders import chain, contract_table, new_york, series, session_table, weekdays

SESSIONS = session_table(date(2019, 1, 1), date(2019, 12, 31))
DAYS = weekdays(date(2019, 1, 1), date(2019, 12, 31))


def trend(fast: int, slow: int) -> MovingAverageTrend:
    return MovingAverageTrend(
        "trend", "SPX", MovingAverageTrendParameters(fast_sessions=fast, slow_sessions=slow), SESSIONS
    )


def closes(signal: MovingAverageTrend, prices: list[float]) -> list[float | None]:
    days = zip(DAYS, prices, strict=False)
    return [signal.on_bar(new_york(day, "16:00"), Bar("SPX", 0, 0, 0, price, 0)) for day, price in days]


def test_value_is_fast_average_over_slow_average_less_one() -> None:
    assert closes(trend(2, 4), [100.0, 100.0, 104.0, 108.0])[-1] == pytest.approx(106.0 / 103.0 - 1.0, abs=1e-12)


def test_value_is_undefined_until_the_slow_average_has_its_sessions() -> None:
    values = closes(trend(2, 4), [100.0] * 5)
    assert values[:3] == [None, None, None]
    assert values[3:] == pytest.approx([0.0, 0.0], abs=1e-12)


def test_present_session_counts_with_its_latest_price() -> None:
    signal = trend(2, 3)
    closes(signal, [100.0, 100.0])
    morning = signal.on_bar(new_york(DAYS[2], "10:00"), Bar("SPX", 0, 0, 0, 130.0, 0))
    evening = signal.on_bar(new_york(DAYS[2], "16:00"), Bar("SPX", 0, 0, 0, 100.0, 0))
    assert morning == pytest.approx(115.0 / 110.0 - 1.0, abs=1e-12)
    assert evening == pytest.approx(0.0, abs=1e-12)


def test_bars_and_chains_are_both_prices_of_the_underlying() -> None:
    table = contract_table({series(date(2019, 5, 10)): [2900]})
    on_bars, on_chains = trend(2, 3), trend(2, 3)
    prices = [2900.0, 2910.0, 2870.0]
    chains = [chain(table, new_york(day, "16:00"), price) for day, price in zip(DAYS, prices, strict=False)]
    assert [on_chains.on_snapshot(one) for one in chains] == closes(on_bars, prices)


def test_fast_average_is_shorter_than_slow_average() -> None:
    with pytest.raises(ValueError, match="fast_sessions 5 must be less than slow_sessions 5"):
        MovingAverageTrendParameters(fast_sessions=5, slow_sessions=5)


PRICES = st.lists(st.floats(1.0, 1e5), min_size=1, max_size=40)


@given(PRICES, PRICES)
def test_t22_values_do_not_change_when_the_future_does(past: list[float], future: list[float]) -> None:
    alone, followed = closes(trend(2, 5), past), closes(trend(2, 5), past + future)
    assert followed[: len(past)] == alone


@given(PRICES)
def test_every_value_agrees_with_plain_means(prices: list[float]) -> None:
    for count, value in enumerate(closes(trend(3, 7), prices), 1):
        seen = prices[:count]
        expected = None if count < 7 else np.mean(seen[-3:]) / np.mean(seen[-7:]) - 1.0
        assert value == (None if expected is None else pytest.approx(expected, rel=1e-9, abs=1e-9))


def test_past_prices_are_read_in_the_unit_of_the_present_after_a_split() -> None:
    signal = trend(2, 3)
    closes(signal, [100.0, 100.0])
    signal.on_adjustment(0.25)
    assert signal.on_bar(new_york(DAYS[2], "16:00"), Bar("SPX", 0, 0, 0, 25.0, 0)) == pytest.approx(0.0, abs=1e-12)
