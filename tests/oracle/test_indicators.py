"""Published indicator values over twenty years of the S&P 500 and five of VIX, through the product's own signals."""

import csv
import hashlib
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from math import fsum, isnan, nan
from typing import Any

import pytest

from data.calendar import session_table
from engine.events import BarArrived, Event, SignalUpdated
from engine.model import Bar, SessionTable
from schemas.strategy import typed_parameters
from signals.catalogue import default_registry
from signals.service import SignalService
from tests.reference import ABSENT, find_reference_data

INDEX, VOLATILITY_INDEX = "SPX", "VIX"


def ema(sessions: int) -> dict[str, Any]:
    return {"kind": "indicator", "function": "EMA", "options": {"timeperiod": sessions}}


def indicator(function: str, output: str | None = None, **options: float) -> dict[str, Any]:
    return {"kind": "indicator", "function": function, "output": output, "options": options}


def realised(estimator: str, sessions: int) -> dict[str, Any]:
    return {"kind": "realised_volatility", "estimator": estimator, "lookback_sessions": sessions}


MACD = {"fastperiod": 12, "slowperiod": 26, "signalperiod": 9}
BANDS = {"timeperiod": 20, "nbdevup": 2, "nbdevdn": 2}
OF_THE_INDEX: dict[str, dict[str, Any]] = {
    **{f"SMA_{n}": indicator("SMA", timeperiod=n) for n in (5, 20, 50, 200)},
    **{f"EMA_{n}": ema(n) for n in (12, 20, 26)},
    **{f"RSI_{n}": indicator("RSI", timeperiod=n) for n in (2, 14)},
    "MACD_line_12_26_9": indicator("MACD", "macd", **MACD),
    "MACD_signal_12_26_9": indicator("MACD", "macdsignal", **MACD),
    "MACD_hist_12_26_9": indicator("MACD", "macdhist", **MACD),
    "MACD_line_textbook": {"kind": "weighted_sum", "weights": {"EMA_12": 1.0, "EMA_26": -1.0}},
    "ATR_14": indicator("ATR", timeperiod=14),
    "ADX_14": indicator("ADX", timeperiod=14),
    **{f"BB_{line}_20_2": indicator("BBANDS", f"{line}band", **BANDS) for line in ("upper", "middle", "lower")},
    **{f"RV_cc_{n}": realised("close_to_close", n) for n in (10, 20, 30, 60)},
    "RV_cc_zero_mean_20": realised("close_to_close_zero_mean", 20),
    **{f"RV_{one}_20": realised(one, 20) for one in ("parkinson", "garman_klass", "rogers_satchell", "yang_zhang")},
}
OF_THE_VOLATILITY_INDEX: dict[str, dict[str, Any]] = {
    "IV_rank_252_vix": {"kind": "iv_rank", "of": "price", "scale": "percent", "lookback_sessions": 252},
    "IV_percentile_252_vix": {"kind": "iv_percentile", "of": "price", "scale": "percent", "lookback_sessions": 252},
}


FOLDER = find_reference_data()
pytestmark = pytest.mark.skipif(FOLDER is None, reason=ABSENT)


def table(name: str) -> list[dict[str, str]]:
    if FOLDER is None:
        return []
    return list(csv.DictReader((FOLDER / "oracle" / name).read_text().splitlines()))


@cache
def sessions() -> SessionTable:
    return session_table(date(1998, 12, 31), date(2019, 1, 4))


def bars() -> list[tuple[date, Bar]]:
    prices = ("Open", "High", "Low", "Close", "Volume")
    index = [
        (date.fromisoformat(row["Date"]), Bar._make([INDEX, *(float(row[name]) for name in prices)]))
        for row in table("series_sp500_ohlc.csv")
    ]
    volatility = [
        (date.fromisoformat(row["Date"]), Bar._make([VOLATILITY_INDEX, *[float(row["value"])] * 4, 0.0]))
        for row in table("series_vix.csv")
    ]
    return index + volatility


def played(service: SignalService) -> dict[str, dict[date, float]]:
    """Every value that was published, by signal and date."""
    published: dict[str, dict[date, float]] = {}
    today: list[date] = []

    def publish(event: Event) -> None:
        assert isinstance(event, SignalUpdated)
        published.setdefault(event.name, {})[today[-1]] = event.value

    handler: Callable[[Any], Any] = service.handlers(publish)[BarArrived]
    for day, bar in bars():
        session = sessions().on(day)
        assert session is not None
        today.append(day)
        try:
            handler(BarArrived(session.closes_at, bar)).send(None)
        except StopIteration:
            continue
    return published


@cache
def computed() -> dict[str, list[float]]:
    """The value of every signal at every bar, NaN where it is undefined."""
    registry, made = default_registry(), []
    markets = dict.fromkeys(OF_THE_INDEX, INDEX) | dict.fromkeys(OF_THE_VOLATILITY_INDEX, VOLATILITY_INDEX)
    for name, said in (OF_THE_INDEX | OF_THE_VOLATILITY_INDEX).items():
        kind = registry.kind(said["kind"])
        values: Mapping[str, Any] = {key: value for key, value in said.items() if key != "kind"}
        parameters = typed_parameters(kind.parameters, dict(values), ())
        market = None if kind.combines else markets[name]
        made.append(kind.factory(name, market, parameters, sessions()))
    published = played(SignalService(made))
    days = {symbol: [day for day, bar in bars() if bar.symbol == symbol] for symbol in (INDEX, VOLATILITY_INDEX)}
    return {name: [published[name].get(day, nan) for day in days[symbol]] for name, symbol in markets.items()}


@pytest.mark.parametrize("case", table("indicator_cases.csv"), ids=lambda case: case["id"])
def test_a_value_is_the_published_one(case: dict[str, str]) -> None:
    found = computed()[case["indicator"]][int(case["bar"])]
    if case["value"]:
        assert found == pytest.approx(float(case["value"]), rel=0, abs=float(case["abs_tol"]))
    else:
        assert isnan(found)


@pytest.mark.parametrize("row", table("indicator_checksums.csv"), ids=lambda row: row["indicator"])
def test_the_whole_series_is_the_published_one(row: dict[str, str]) -> None:
    series = computed()[row["indicator"]]
    defined = [value for value in series if not isnan(value)]
    assert [not isnan(value) for value in series].index(True) == int(row["first_valid_bar"])
    assert len(defined) == int(row["n_valid"])
    assert fsum(defined) == pytest.approx(float(row["sum"]), rel=1e-12)
    assert (min(defined), max(defined)) == pytest.approx((float(row["min"]), float(row["max"])), rel=1e-12)
    assert defined[-1] == pytest.approx(float(row["last"]), rel=1e-12)
    exact = at_ties(defined, int(row["indicator"][4:])) if row["indicator"].startswith("SMA_") else defined
    printed = ",".join(f"{value:.6f}" for value in exact)
    assert hashlib.sha256(printed.encode()).hexdigest() == row["sha256_6dp"]


def at_ties(averages: list[float], length: int) -> list[float]:
    """Moving averages, replaced by the plain mean, which must be the same to 1e-11, where they lie between two numbers
    of six decimals: a mean of fifty prices of six decimals often does, and there the last bit decides what is printed.
    """
    closes = [bar.close for _, bar in bars() if bar.symbol == INDEX]
    exact = []
    for index, average in enumerate(averages):
        if abs(average * 1e6 % 1.0 - 0.5) < 1e-4:
            mean = fsum(closes[index : index + length]) / length
            assert mean == pytest.approx(average, rel=0, abs=1e-11)
            exact.append(mean)
        else:
            exact.append(average)
    return exact


def test_every_published_indicator_is_asked_for() -> None:
    published = {row["indicator"] for name in ("indicator_cases.csv", "indicator_checksums.csv") for row in table(name)}
    assert published <= set(OF_THE_INDEX | OF_THE_VOLATILITY_INDEX)
