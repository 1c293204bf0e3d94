"""Signals of implied volatility on chains whose volatility is known."""

from datetime import date, timedelta
from math import nan
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.instants import NANOS_PER_DAY
from engine.model import Bar
from signals.iv_standing import IvPercentile, IvRank, IvRankParameters
from tests.builders import chain, contract_table, new_york, series, weekdays
from tests.signals.smiles import AT, SESSIONS, STRIKES, TODAY, after, flat, smile

# --- IV rank ----------------------------------------------------------------------------------------------------

DAYS = weekdays(TODAY, date(2019, 6, 28))
NEAR, FAR = series(date(2019, 5, 1)), series(date(2019, 9, 20))
TABLE = contract_table(dict.fromkeys((NEAR, FAR), STRIKES))


def rank(lookback: int) -> IvRank:
    return IvRank("iv_rank", "SPX", IvRankParameters(lookback_sessions=lookback), SESSIONS)


def on_days(signal: IvRank | IvPercentile, volatilities: list[float], clock: str = "15:45") -> list[float | None]:
    """One chain a day, flat at these volatilities; NaN: a chain without volatilities."""
    far = series(date(2019, 9, 20))
    shown = []
    for day, volatility in zip(DAYS, volatilities, strict=False):
        table = contract_table(dict.fromkeys((series(day + timedelta(days=1)), far), STRIKES))
        shown.append(signal.on_snapshot(chain(table, new_york(day, clock), 2910.0, quotes=flat(volatility))))
    return shown


def test_rank_is_the_place_between_low_and_high_of_the_lookback() -> None:
    assert on_days(rank(3), [0.10, 0.20, 0.15])[-1] == pytest.approx(0.5)
    assert on_days(rank(3), [0.10, 0.20, 0.30])[-1] == pytest.approx(1.0)
    assert on_days(rank(3), [0.10, 0.20, 0.05])[-1] == pytest.approx(0.0)


def test_rank_forgets_what_lies_before_the_lookback() -> None:
    assert on_days(rank(3), [0.90, 0.10, 0.20, 0.15])[-1] == pytest.approx(0.5)


def test_rank_is_undefined_until_the_lookback_is_full_and_while_nothing_moves() -> None:
    assert on_days(rank(3), [0.10, 0.20])[-1] is None
    unmoved = rank(2)
    assert unmoved.on_snapshot(smile(lambda contract: 0.25, 2910.0, after(30))) is None
    next_day = contract_table({after(31): STRIKES})
    assert unmoved.on_snapshot(chain(next_day, AT + NANOS_PER_DAY, 2910.0, quotes=flat(0.25))) is None


def test_chain_without_volatility_is_no_observation() -> None:
    assert on_days(rank(3), [0.10, nan, 0.20, 0.15]) == [None, None, None, pytest.approx(0.5)]


def test_present_session_has_one_observation_its_latest() -> None:
    signal = rank(2)
    on_days(signal, [0.10])
    friday = [
        chain(TABLE, new_york(DAYS[1], clock), 2910.0, quotes=flat(iv))
        for clock, iv in (("10:00", 0.50), ("15:45", 0.20))
    ]
    assert [signal.on_snapshot(one) for one in friday] == [pytest.approx(1.0), pytest.approx(1.0)]
    assert on_days(signal, [nan, nan, 0.15])[-1] == pytest.approx(0.0)  # against 0.20, not against 0.50 or 0.10


VOLATILITIES = st.lists(st.floats(0.05, 1.0), min_size=1, max_size=8)


@given(VOLATILITIES, VOLATILITIES)
def test_t22_rank_does_not_change_when_the_future_does(past: list[float], future: list[float]) -> None:
    alone, followed = on_days(rank(3), past), on_days(rank(3), past + future)
    assert followed[: len(past)] == alone


@given(VOLATILITIES)
def test_rank_lies_between_zero_and_one(volatilities: list[float]) -> None:
    assert all(value is None or 0.0 <= value <= 1.0 for value in on_days(rank(3), volatilities))


# --- percentile -------------------------------------------------------------------------------------------------


def percentile(**parameters: Any) -> IvPercentile:
    return IvPercentile("p", "SPX", IvRankParameters(**parameters), SESSIONS)


def test_percentile_is_the_share_of_earlier_sessions_that_were_lower() -> None:
    shown = on_days(percentile(lookback_sessions=4), [0.10, 0.20, 0.30, 0.20, 0.20, 0.40])
    assert shown == [None] * 4 + [pytest.approx(1 / 4), pytest.approx(1.0)]


def test_standing_in_percent_is_a_hundred_times_the_fraction() -> None:
    assert on_days(percentile(lookback_sessions=2, scale="percent"), [0.1, 0.3, 0.2])[-1] == pytest.approx(50.0)


# --- of a price -------------------------------------------------------------------------------------------------


def of_prices(signal: IvRank | IvPercentile, prices: list[float]) -> list[float | None]:
    days = zip(DAYS, prices, strict=False)
    return [signal.on_bar(new_york(day), Bar("VIX", price, price, price, price, 0.0)) for day, price in days]


def test_an_index_of_volatility_is_ranked_by_its_price() -> None:
    signal = IvRank("rank", "VIX", IvRankParameters(lookback_sessions=3, of="price"), SESSIONS)
    assert of_prices(signal, [10.0, 20.0, 15.0]) == [None, None, pytest.approx(0.5)]
    table = contract_table({FAR: STRIKES})
    assert signal.on_snapshot(chain(table, new_york(DAYS[2], "16:01"), 18.0)) == pytest.approx(0.8)


def test_the_rank_of_a_price_minds_a_split_and_that_of_a_volatility_does_not() -> None:
    def after_a_split(signal: IvRank | IvPercentile, price: float) -> float | None:
        signal.on_adjustment(0.1)
        return signal.on_bar(new_york(DAYS[2]), Bar("VIX", price, price, price, price, 0.0))

    signal = percentile(lookback_sessions=2, of="price")
    of_prices(signal, [10.0, 20.0])
    assert after_a_split(signal, 1.5) == pytest.approx(0.5)
    unmoved = rank(2)
    on_days(unmoved, [0.10])
    unmoved.on_adjustment(0.1)
    assert on_days(unmoved, [nan, 0.05])[-1] == pytest.approx(0.0)


def test_bars_say_nothing_of_a_chains_volatility() -> None:
    assert rank(2).on_bar(AT, Bar("SPX", 1, 1, 1, 1, 0)) is None
