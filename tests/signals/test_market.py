"""Price, gap, and counted contracts of a market."""

from datetime import date
from math import isnan, nan
from typing import Any

import pytest

from engine.model import Bar, OptionContract, QuoteFlag, Right
from signals.market import (
    Gap,
    GapParameters,
    Level,
    OpenInterest,
    OpenInterestParameters,
    PutCallRatio,
    PutCallRatioParameters,
)
from tests.builders import Quote, chain, contract_table, new_york, series, session_table

MONDAY, TUESDAY, WEDNESDAY = date(2019, 4, 22), date(2019, 4, 23), date(2019, 4, 24)
SESSIONS = session_table(date(2019, 4, 1), date(2019, 4, 30))
NEAR, FAR = series(date(2019, 4, 26)), series(date(2019, 6, 21))
TABLE = contract_table({NEAR: [2900.0, 2950.0], FAR: [2900.0]})


def bar(opened: float, close: float) -> Bar:
    return Bar("VIX", opened, max(opened, close), min(opened, close), close, 0.0)


# --- level ------------------------------------------------------------------------------------------------------


def test_the_level_is_the_last_price_of_bars_and_chains() -> None:
    level = Level("vix", "VIX", None, SESSIONS)
    assert level.on_bar(new_york(MONDAY, "10:00"), bar(13.0, 12.5)) == 12.5
    assert level.on_snapshot(chain(TABLE, new_york(MONDAY, "10:01"), 2900.0)) == 2900.0


# --- gap --------------------------------------------------------------------------------------------------------


def gap(**parameters: Any) -> Gap:
    signal = Gap("gap", "VIX", GapParameters(**parameters), SESSIONS)
    shown = [
        signal.on_bar(new_york(MONDAY, "15:59"), bar(12.0, 12.2)),
        signal.on_bar(new_york(MONDAY, "16:00"), bar(12.2, 12.5)),
    ]
    assert shown[1] is None
    return signal


@pytest.mark.parametrize(("measure", "expected"), [("fraction", 13.0 / 12.5 - 1.0), ("points", 0.5), ("minutes", 2.0)])
def test_t35_the_gap_is_the_first_print_after_the_open_against_the_close_before(measure: str, expected: float) -> None:
    signal = gap(measure=measure)
    assert signal.on_bar(new_york(TUESDAY, "09:32"), bar(13.0, 13.4)) == pytest.approx(expected)
    assert signal.on_bar(new_york(TUESDAY, "09:33"), bar(13.4, 15.0)) is None


def test_t35_nothing_is_known_of_a_first_print_before_it_and_yesterdays_gap_is_taken_back() -> None:
    signal = gap()
    assert isnan(signal.on_bar(new_york(TUESDAY, "09:30"), bar(20.0, 20.0)) or 0.0)
    assert signal.on_bar(new_york(TUESDAY, "09:32"), bar(13.0, 13.4)) == pytest.approx(0.04)
    assert signal.on_bar(new_york(TUESDAY, "18:00"), bar(30.0, 30.0)) is None


def test_t35_a_late_first_print_is_flagged_and_is_no_opening() -> None:
    assert isnan(gap().on_bar(new_york(TUESDAY, "09:36"), bar(13.0, 13.4)) or 0.0)
    assert gap(within_minutes=6.0).on_bar(new_york(TUESDAY, "09:36"), bar(13.0, 13.4)) == pytest.approx(0.04)
    assert gap(measure="minutes").on_bar(new_york(TUESDAY, "09:36"), bar(13.0, 13.4)) == 6.0


def test_daily_bars_have_no_gap() -> None:
    assert isnan(gap().on_bar(new_york(TUESDAY, "16:00"), bar(13.0, 13.4)) or 0.0)


def test_the_first_session_has_no_close_before() -> None:
    first = Gap("gap", "VIX", GapParameters(), SESSIONS)
    assert isnan(first.on_bar(new_york(MONDAY, "09:31"), bar(13.0, 13.4)) or 0.0)


def test_the_price_beside_a_chain_is_a_print_too() -> None:
    signal = gap(measure="points")
    assert signal.on_snapshot(chain(TABLE, new_york(TUESDAY, "09:31"), 15.0)) == pytest.approx(2.5)


def test_a_split_over_night_is_no_gap() -> None:
    signal = gap()
    signal.on_adjustment(0.5)
    assert signal.on_bar(new_york(TUESDAY, "09:31"), bar(6.25, 6.0)) == pytest.approx(0.0)


# --- counts -----------------------------------------------------------------------------------------------------

COUNTS = {
    (NEAR, 2900.0, Right.PUT): (30.0, 300.0),
    (NEAR, 2900.0, Right.CALL): (10.0, 200.0),
    (NEAR, 2950.0, Right.PUT): (nan, nan),
    (NEAR, 2950.0, Right.CALL): (10.0, 200.0),
    (FAR, 2900.0, Right.PUT): (5.0, 100.0),
    (FAR, 2900.0, Right.CALL): (50.0, 50.0),
}


def counted(contract: OptionContract) -> Quote:
    volume, interest = COUNTS[contract.series, contract.strike, contract.right]
    return Quote(volume=volume, open_interest=interest, flags=QuoteFlag.CROSSED)


SNAPSHOT = chain(TABLE, new_york(MONDAY, "15:45"), 2900.0, quotes=counted)
UNCOUNTED = chain(TABLE, new_york(MONDAY, "15:45"), 2900.0)


@pytest.mark.parametrize(
    ("of", "max_dte", "expected"),
    [("volume", None, 35 / 70), ("volume", 4, 30 / 20), ("open_interest", None, 400 / 450), ("volume", 60, 35 / 70)],
)
def test_the_ratio_is_puts_over_calls(of: Any, max_dte: int | None, expected: float) -> None:
    signal = PutCallRatio("ratio", "SPX", PutCallRatioParameters(of=of, max_dte=max_dte), SESSIONS)
    assert signal.on_snapshot(SNAPSHOT) == pytest.approx(expected)


def test_without_calls_there_is_no_ratio() -> None:
    signal = PutCallRatio("ratio", "SPX", PutCallRatioParameters(max_dte=3), SESSIONS)
    assert isnan(signal.on_snapshot(SNAPSHOT) or 0.0)
    assert isnan(signal.on_snapshot(UNCOUNTED) or 0.0)


@pytest.mark.parametrize(
    ("right", "max_dte", "expected"), [("both", None, 850.0), ("put", None, 400.0), ("call", 4, 400.0)]
)
def test_open_interest_is_the_sum_of_open_contracts(right: Any, max_dte: int | None, expected: float) -> None:
    signal = OpenInterest("open", "SPX", OpenInterestParameters(right=right, max_dte=max_dte), SESSIONS)
    assert signal.on_snapshot(SNAPSHOT) == expected


def test_a_chain_that_counts_nothing_has_no_open_interest() -> None:
    signal = OpenInterest("open", "SPX", OpenInterestParameters(), SESSIONS)
    assert isnan(signal.on_snapshot(UNCOUNTED) or 0.0)
