"""Trading time by number, and the volatility that does not jump over a weekend."""

from datetime import date
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.instants import NANOS_PER_DAY, years_between
from engine.model import ChainSnapshot, OptionContract
from signals.trading_time import TradingTime
from signals.volatility import AtMaturity, AtTheMoneyIv
from tests.builders import Quote, chain, contract_table, new_york, series, session_table, weekdays

THURSDAY, FRIDAY, MONDAY = date(2019, 4, 25), date(2019, 4, 26), date(2019, 4, 29)
SESSIONS = session_table(date(2019, 1, 1), date(2019, 12, 31), early_closes={THURSDAY: "13:00"})
TIME = TradingTime(SESSIONS)


@pytest.mark.parametrize(
    ("start", "end", "sessions"),
    [
        ((FRIDAY, "09:30"), (FRIDAY, "16:00"), 1.0),
        ((FRIDAY, "12:45"), (FRIDAY, "16:00"), 0.5),
        ((FRIDAY, "16:00"), (MONDAY, "09:30"), 0.0),
        ((FRIDAY, "16:00"), (MONDAY, "16:00"), 1.0),
        ((FRIDAY, "08:00"), (FRIDAY, "20:00"), 1.0),
        ((THURSDAY, "11:15"), (THURSDAY, "13:00"), 0.5),
        ((date(2018, 1, 1), "12:00"), (date(2019, 1, 1), "16:00"), 1.0),
    ],
)
def test_t34_only_open_hours_count_and_every_session_is_a_252nd_of_a_year(
    start: tuple[date, str], end: tuple[date, str], sessions: float
) -> None:
    assert TIME.years_between(new_york(*start), new_york(*end)) == pytest.approx(sessions / 252, abs=1e-15)


INSTANTS = st.integers(new_york(date(2019, 1, 2)), new_york(date(2019, 12, 30)))


@given(INSTANTS, INSTANTS, INSTANTS)
def test_trading_time_adds_up_and_never_runs_back(one: int, two: int, three: int) -> None:
    first, middle, last = sorted((one, two, three))
    parts = TIME.years_between(first, middle) + TIME.years_between(middle, last)
    assert TIME.years_between(first, last) == pytest.approx(parts, abs=1e-12)
    assert TIME.years_between(first, middle) >= 0.0


def quoted_in_trading_time(at: int) -> ChainSnapshot:
    """Every expiration at 16 % a trading year, quoted as markets do: per calendar year."""
    table = contract_table({series(day): [2900] for day in weekdays(FRIDAY, date(2019, 5, 31))})

    def quote(contract: OptionContract) -> Quote:
        settles_at = contract.series.settles_at
        calendar = years_between(at, settles_at)
        trading = TIME.years_between(at, settles_at)
        return Quote(implied_volatility=0.16 * sqrt(trading / calendar) if calendar > 0 else 0.16)

    return chain(table, at, 2900.0, quotes=quote)


def iv(time: str, at: int) -> float | None:
    parameters = AtMaturity(maturity_days=7, time=time)  # type: ignore[arg-type]
    return AtTheMoneyIv("iv", "SPX", parameters, SESSIONS).on_snapshot(quoted_in_trading_time(at))


def test_t34_volatility_of_a_week_is_the_same_before_and_after_a_weekend_in_trading_time() -> None:
    for day in (FRIDAY, MONDAY):
        assert iv("trading", new_york(day)) == pytest.approx(0.16)
        assert iv("calendar", new_york(day)) == pytest.approx(0.16 * sqrt((5 / 252) / (7 / 365)))


def test_t34_a_maturity_of_three_days_jumps_over_the_weekend_in_calendar_time_only() -> None:
    def three_days(time: str, day: date) -> float | None:
        parameters = AtMaturity(maturity_days=3, time=time)  # type: ignore[arg-type]
        return AtTheMoneyIv("iv", "SPX", parameters, SESSIONS).on_snapshot(quoted_in_trading_time(new_york(day)))

    assert three_days("trading", FRIDAY) == pytest.approx(three_days("trading", MONDAY))
    # One session in three days on Friday, three on Monday.
    assert three_days("calendar", FRIDAY) == pytest.approx(0.16 * sqrt((1 / 252) / (3 / 365)))
    assert three_days("calendar", MONDAY) == pytest.approx(0.16 * sqrt((3 / 252) / (3 / 365)))


def test_a_maturity_before_the_market_opens_again_has_no_volatility_in_trading_time() -> None:
    at = new_york(FRIDAY)
    table = contract_table({series(FRIDAY, settles_at=at + NANOS_PER_DAY // 2): [2900], series(MONDAY): [2900]})
    snapshot = chain(table, at, 2900.0, quotes=lambda _: Quote(implied_volatility=0.2))
    signal = AtTheMoneyIv("iv", "SPX", AtMaturity(maturity_days=1, time="trading"), SESSIONS)
    assert signal.on_snapshot(snapshot) is None
