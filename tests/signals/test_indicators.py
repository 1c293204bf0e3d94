"""TA-Lib's functions on session bars: every function agrees with TA-Lib itself, and what is wrong is said."""

from datetime import date
from typing import Any

import numpy as np
import pytest
import talib
from numpy.typing import NDArray
from pydantic import TypeAdapter

from engine.model import Bar
from signals.indicators import Indicator, IndicatorParameters
from signals.session_bars import COLUMNS
from signals.talib_functions import FUNCTIONS, function_facts, lookback
from tests.builders import chain, contract_table, new_york, series, session_table, weekdays

FIRST, LAST = date(2019, 1, 1), date(2019, 12, 31)
SESSIONS = session_table(FIRST, LAST)
DAYS = weekdays(FIRST, LAST)


def indicator(function: str, **more: Any) -> Indicator:
    return Indicator("one", "SPX", IndicatorParameters(function=function, **more), SESSIONS)


def random_bars(count: int) -> NDArray[np.float64]:
    """Open, high, low, close and volume by row."""
    random = np.random.default_rng(5)
    close = 100.0 * np.exp(np.cumsum(random.normal(0.0, 0.01, count)))
    opened = close * (1 + random.normal(0.0, 0.004, count))
    high = np.maximum(opened, close) * (1 + abs(random.normal(0.0, 0.004, count)))
    low = np.minimum(opened, close) * (1 - abs(random.normal(0.0, 0.004, count)))
    return np.array([opened, high, low, close, random.integers(1_000, 9_000, count).astype(float)])


def values(signal: Indicator, bars: NDArray[np.float64]) -> list[float]:
    """The value at each session's close; NaN where there is none."""
    found = []
    for day, row in zip(DAYS, bars.T.tolist(), strict=False):
        value = signal.on_bar(new_york(day), Bar("SPX", *row))
        found.append(np.nan if value is None else value)
    return found


TALIB: Any = talib  # without its type stubs, which want an object for the kind of an average
# MAVP wants a period for every session, which no bar has.
OUTPUTS = [(name, output) for name in FUNCTIONS if name != "MAVP" for output in function_facts(name)["output_names"]]


@pytest.mark.parametrize(("name", "output"), OUTPUTS)
def test_every_function_has_the_values_of_talib_on_the_whole_history(name: str, output: str) -> None:
    facts = function_facts(name)
    bars = random_bars(200)
    inputs = [one for names in facts["input_names"].values() for one in ([names] if isinstance(names, str) else names)]
    columns = [bars[COLUMNS.index(column)] for column in inputs]
    if name in ("ACOS", "ASIN", "EXP", "SINH", "COSH"):  # of numbers that are no prices
        bars, columns = bars / 200.0, [column / 200.0 for column in columns]
    whole = getattr(talib, name)(*columns)
    expected = whole[facts["output_names"].index(output)] if isinstance(whole, list | tuple) else whole
    expected = np.where(np.arange(200) < lookback(name, {}), np.nan, expected)
    found = values(indicator(name, output=output), bars)
    assert np.isfinite(found).any()
    np.testing.assert_allclose(found, np.where(np.isfinite(expected), expected, np.nan), rtol=1e-9, atol=1e-9)


def test_present_session_counts_with_its_latest_price_and_leaves_no_trace_of_earlier_ones() -> None:
    signal = indicator("SMA", options={"timeperiod": 3})
    values(signal, random_bars(60))
    previous = random_bars(60)[3, -2:]
    shown = [
        signal.on_bar(new_york(DAYS[60], clock), Bar("SPX", 1.0, 1.0, 1.0, price, 0.0))
        for clock, price in (("10:00", 500.0), ("12:00", 90.0), ("16:00", 120.0))
    ]
    assert shown == pytest.approx([(previous.sum() + price) / 3 for price in (500.0, 90.0, 120.0)])


def test_chains_without_bars_are_prices_of_the_underlying() -> None:
    table = contract_table({series(date(2019, 5, 10)): [2900]})
    signal = indicator("SMA", options={"timeperiod": 2})
    assert signal.on_snapshot(chain(table, new_york(DAYS[0]), 2900.0)) is None
    assert signal.on_snapshot(chain(table, new_york(DAYS[1]), 2910.0)) == pytest.approx(2905.0)


def test_t22_values_do_not_change_when_the_future_does() -> None:
    bars = random_bars(150)
    other = bars.copy()
    other[:, 90:] *= 3.0
    assert values(indicator("ADX"), bars)[:90] == pytest.approx(values(indicator("ADX"), other)[:90], nan_ok=True)


def test_a_split_leaves_the_value_in_the_unit_of_the_present_also_where_the_whole_history_counts() -> None:
    bars = random_bars(120)
    unsplit, split = indicator("EMA"), indicator("EMA")
    values(split, bars[:, :80])
    split.on_adjustment(0.25)
    after = bars[:, 80:].copy()
    after[:4] *= 0.25
    shown = [split.on_bar(new_york(DAYS[80 + n]), Bar("SPX", *row)) for n, row in enumerate(after.T.tolist())]
    assert shown == pytest.approx([0.25 * value for value in values(unsplit, bars)[80:]])


def test_a_value_that_is_no_number_takes_the_last_one_back() -> None:
    signal = indicator("LN")
    assert signal.on_bar(new_york(DAYS[0]), Bar("SPX", 1, 1, 1, 1.0, 0)) == 0.0
    assert np.isnan(signal.on_bar(new_york(DAYS[1]), Bar("SPX", 0, 0, 0, 0.0, 0)) or 0.0)


def test_inputs_are_chosen_by_talibs_names() -> None:
    bars = random_bars(60)
    found = values(indicator("SMA", options={"timeperiod": 5}, inputs={"price": "high"}), bars)
    np.testing.assert_allclose(found, talib.SMA(bars[1], 5))
    found = values(indicator("ATR", inputs={"prices": ("close", "close", "close")}), bars)
    np.testing.assert_allclose(found, talib.ATR(bars[3], bars[3], bars[3]))


def test_a_moving_average_is_named_where_talib_wants_its_number() -> None:
    bars = random_bars(60)
    found = values(indicator("BBANDS", output="upperband", options={"matype": "EMA"}), bars)
    np.testing.assert_allclose(found, TALIB.BBANDS(bars[3], matype=1)[0])


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"function": "RSSI"}, "unknown TA-Lib function 'RSSI': did you mean 'RSI'"),
        ({"function": "RSI", "options": {"period": 3}}, "RSI has no parameter 'period'; did you mean 'timeperiod'?"),
        ({"function": "RSI", "options": {"timeperiod": 2.5}}, "RSI: timeperiod is 2.5; write a whole number"),
        ({"function": "RSI", "options": {"timeperiod": "x"}}, "RSI: timeperiod is 'x'; write a number"),
        ({"function": "RSI", "options": {"timeperiod": 0}}, "RSI does not accept timeperiod 0; its default is 14"),
        (
            {"function": "MA", "options": {"timeperiod": 9, "matype": "EMMA"}},
            "MA: matype: unknown moving average 'EMMA': did you mean",
        ),
        ({"function": "MACD"}, "MACD has several outputs; choose one with `output`: macd, macdsignal, macdhist"),
        ({"function": "MACD", "output": "hist"}, "MACD has no output 'hist'; did you mean 'macdhist'?"),
        ({"function": "SMA", "inputs": {"prize": "high"}}, "SMA has no input 'prize'; did you mean 'price'?"),
        ({"function": "SMA", "inputs": {"price": "hihg"}}, "SMA: input 'price': unknown column 'hihg': did you mean"),
        ({"function": "ATR", "inputs": {"prices": ["high"]}}, "ATR: input 'prices' is 1 columns; it takes 3"),
        ({"function": "MAVP"}, "MAVP: input 'periods': unknown column 'periods'"),
    ],
)
def test_what_talib_does_not_know_is_said(said: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match="(?s)" + message.replace("(", r"\(").replace("?", r"\?").replace("`", ".")):
        TypeAdapter(IndicatorParameters).validate_python(said)
