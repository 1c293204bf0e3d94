"""Bars over splits and dividends, as they look from each moment, and features of them."""

from datetime import date
from itertools import pairwise
from math import log, sqrt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.errors import NotRunnable
from data.importing import import_files
from data.parquet_store import ParquetStore
from data.preprocessing import FeatureRequest, PriceStep, adjusted_bars, features, price_steps
from data.underlying_records import Bars
from data.underlying_rows import CorporateEvent
from engine.instants import NANOS_PER_DAY
from tests.builders import NEW_YORK, new_york

DAYS = [date(2014, 6, day) for day in (4, 5, 6, 9, 10)]
CLOSES = [640.0, 650.0, 645.4, 93.7, 94.25]
"""AAPL around its split of 7 for 1, ex 2014-06-09."""
SPLIT = CorporateEvent("AAPL", DAYS[3], 0.0, 7.0)
DIVIDEND = CorporateEvent("AAPL", DAYS[1], 6.4, 1.0)


def bars(closes: list[float] = CLOSES, days: list[date] = DAYS) -> Bars:
    ends = np.array([new_york(day) for day in days], np.int64)
    price = np.array(closes)
    return Bars("AAPL", "eod", ends, dict.fromkeys(("open", "high", "low", "close"), price) | {"volume": price * 0 + 7})


def test_before_its_ex_date_a_split_shows_nowhere() -> None:
    steps = price_steps(bars(), [SPLIT], "splits", NEW_YORK)
    seen = adjusted_bars(bars(), steps, new_york(DAYS[2]))
    assert seen.columns["close"].tolist() == CLOSES[:3]
    assert seen.columns["volume"].tolist() == [7.0] * 3


def test_from_its_ex_date_on_the_past_is_in_the_new_unit() -> None:
    steps = price_steps(bars(), [SPLIT], "splits", NEW_YORK)
    seen = adjusted_bars(bars(), steps, new_york(DAYS[4]))
    assert seen.columns["close"].tolist() == pytest.approx([640 / 7, 650 / 7, 645.4 / 7, 93.7, 94.25])
    assert seen.columns["volume"].tolist() == [49.0, 49.0, 49.0, 7.0, 7.0]
    (step,) = steps
    assert step == PriceStep(new_york(DAYS[3], "00:00"), DAYS[3], 1 / 7, 7.0)


def test_a_dividend_counts_by_the_close_before_it_and_only_where_it_is_asked_for() -> None:
    both = price_steps(bars(), [SPLIT, DIVIDEND], "splits_and_dividends", NEW_YORK)
    assert [(step.day, round(step.factor, 12), step.shares) for step in both] == [
        (DAYS[1], 0.99, 1.0),
        (DAYS[3], round(1 / 7, 12), 7.0),
    ]
    assert [step.day for step in price_steps(bars(), [SPLIT, DIVIDEND], "splits", NEW_YORK)] == [DAYS[3]]
    assert price_steps(bars(), [SPLIT, DIVIDEND], "none", NEW_YORK) == ()


def test_a_dividend_before_the_first_bar_adjusts_nothing_and_one_above_the_price_is_refused() -> None:
    early = CorporateEvent("AAPL", DAYS[0], 6.4, 1.0)
    assert price_steps(bars(), [early], "splits_and_dividends", NEW_YORK) == ()
    wrong = CorporateEvent("AAPL", DAYS[1], 640.0, 1.0)
    with pytest.raises(
        NotRunnable, match=r"AAPL: the dividend of 2014-06-05, 640 USD, is not below the close before it"
    ):
        price_steps(bars(), [wrong], "splits_and_dividends", NEW_YORK)


def test_features_are_columns_by_bar_and_the_split_is_no_return() -> None:
    steps = price_steps(bars(), [SPLIT, DIVIDEND], "splits_and_dividends", NEW_YORK)
    found = features(bars(), steps, FeatureRequest(realised_volatility=(2,)))
    returns = [log(650 / (640 * 0.99)), log(645.4 / 650), log(93.7 * 7 / 645.4), log(94.25 / 93.7)]
    assert list(found) == ["log_return", "realised_volatility_2"]
    assert np.isnan(found["log_return"].iloc[0])
    assert found["log_return"].iloc[1:].tolist() == pytest.approx(returns)
    expected = [sqrt(252 * (one**2 + two**2) / 2) for one, two in pairwise(returns)]
    assert found["realised_volatility_2"].iloc[2:].tolist() == pytest.approx(expected)
    assert found.index[0].isoformat() == "2014-06-04T20:00:00+00:00"


PRICES = st.lists(st.floats(1.0, 1e4), min_size=2, max_size=30)
STEPS = st.lists(st.tuples(st.integers(0, 29), st.floats(0.05, 20.0)), max_size=4, unique_by=lambda one: one[0])


@given(PRICES, STEPS, st.integers(1, 29))
def test_t14_t22_what_was_seen_does_not_change_when_the_future_does(
    prices: list[float], steps: list[tuple[int, float]], known: int
) -> None:
    start = new_york(DAYS[0])
    ends = start + NANOS_PER_DAY * np.arange(len(prices))
    columns = {name: np.array(prices) for name in ("open", "high", "low", "close", "volume")}
    whole = Bars("AAPL", "eod", ends, columns)
    cut = Bars("AAPL", "eod", ends[:known], {name: column[:known] for name, column in columns.items()})
    taken = [
        PriceStep(start + NANOS_PER_DAY * after + 1, DAYS[0], factor, 1 / factor) for after, factor in sorted(steps)
    ]
    past = [step for step in taken if step.at <= cut.ends_at[-1]]
    now = int(cut.ends_at[-1])
    for name in columns:
        assert np.array_equal(
            adjusted_bars(whole, taken, now).columns[name], adjusted_bars(cut, past, now).columns[name]
        )
    wanted = FeatureRequest(realised_volatility=(2, 5))
    assert features(whole, taken, wanted).iloc[:known].equals(features(cut, past, wanted))


def test_returns_of_spy_with_dividends_are_those_of_the_vendors_adjusted_closes(
    reference_data: Path, tmp_path: Path
) -> None:
    """The quotient of two neighbours of its adjusted closes knows no future. On ex-dates this vendor reinvests at the
    close of that day, which is known at its end only; here the dividend comes off the close before."""
    file = reference_data / "market" / "spy_eod_2021" / "spy_stock_2021.csv"
    store = ParquetStore(tmp_path / "store")
    import_files([file], "auto", store)
    with store.underlyings() as records:
        assert records is not None
        raw, events = records.bars("SPY", "eod"), records.events("SPY")
    steps = price_steps(raw, events, "splits_and_dividends", NEW_YORK)
    assert [step.day for step in steps] == [date(2021, 3, 19), date(2021, 6, 18)]
    found = features(raw, steps, FeatureRequest())["log_return"]
    vendor = np.diff(np.log(pd.read_csv(file)["adjClose"].to_numpy()))
    differs = np.abs(found.to_numpy()[1:] - vendor)
    on_ex_date = np.isin(raw.ends_at[1:], [new_york(step.day) for step in steps])
    assert differs[~on_ex_date].max() < 1e-12
    assert differs[on_ex_date].max() < 5e-5
