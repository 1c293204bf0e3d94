"""Rates, dividends and forwards as they were known: curves through their nodes, and never a look ahead."""

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import EngineError
from engine.instants import NANOS_PER_DAY, instant, years_between
from engine.pricing import price
from engine.pricing.curves import CashDividend, DividendSchedule, ForwardCurve, RateCurve, RateHistory
from engine.pricing.forwards import ParityQuotes, parity_forward

NOW = instant(datetime(2020, 3, 2, 14, 30, tzinfo=UTC))
EXPIRY = NOW + 182 * NANOS_PER_DAY
STRIKES = np.arange(80.0, 121.0, 5.0)
STEPS = st.lists(st.floats(0.01, 5.0), min_size=1, max_size=8)
DAYS = st.integers(-400, 400)


def day(count: int) -> int:
    return NOW + count * NANOS_PER_DAY


@st.composite
def curves(draw: st.DrawFn, lowest: float = -0.05) -> RateCurve:
    """Curves with forward rates above the lowest."""
    steps = np.array(draw(STEPS))
    forwards = np.array(draw(st.lists(st.floats(lowest, 0.2), min_size=steps.size, max_size=steps.size)))
    tenors = np.cumsum(steps)
    return RateCurve(tuple(tenors.tolist()), tuple((np.cumsum(forwards * steps) / tenors).tolist()))


declarations = st.builds(
    lambda ex, notice, amount: CashDividend(day(ex - notice), day(ex), amount),
    DAYS,
    st.integers(0, 60),
    st.floats(0.0, 5.0),
)
histories = st.dictionaries(DAYS, st.floats(-0.02, 0.2), min_size=1, max_size=10).map(
    lambda rates: tuple((day(at), RateCurve.flat(rate)) for at, rate in sorted(rates.items()))
)


@given(curves())
def test_a_curve_goes_through_its_nodes(curve: RateCurve) -> None:
    assert curve.rate(curve.tenors) == pytest.approx(np.array(curve.rates), rel=1e-14, abs=1e-16)
    expected = np.exp(-np.array(curve.rates) * np.array(curve.tenors))
    assert curve.discount(curve.tenors) == pytest.approx(expected, rel=1e-14)


@given(curves(lowest=1e-4), st.lists(st.floats(0.0, 50.0), min_size=2, max_size=20))
def test_positive_forward_rates_mean_falling_discount_factors(curve: RateCurve, years: list[float]) -> None:
    times = np.unique(np.round(years, 3))
    assert np.all(np.diff(curve.discount(times)) < 0.0)
    assert np.all(curve.discount(times) <= 1.0)


@given(curves(), st.floats(0.0, 1.0))
def test_between_two_tenors_the_forward_rate_is_constant(curve: RateCurve, share: float) -> None:
    nodes = np.array([0.0, *curve.tenors])
    inside = nodes[:-1] + share * np.diff(nodes)
    logs = np.log(curve.discount(nodes))
    assert np.log(curve.discount(inside)) == pytest.approx(logs[:-1] + share * np.diff(logs), abs=1e-13)


def test_beyond_the_ends_the_zero_rate_is_flat() -> None:
    curve = RateCurve((0.25, 2.0), (0.05, 0.03))
    assert np.array_equal(curve.rate([0.0, 0.1, 2.0, 30.0]), [0.05, 0.05, 0.03, 0.03])
    assert curve.discount(0.0) == 1.0
    assert np.isnan(curve.discount([-0.1, np.nan])).all()


def test_a_flat_curve_has_its_rate_to_the_last_bit() -> None:
    times = np.random.default_rng(1).uniform(0.0, 30.0, 1_000)
    assert np.all(RateCurve.flat(0.0437).rate(times) == 0.0437)


@given(histories, DAYS)
def test_later_publications_change_no_earlier_answer(
    publications: tuple[tuple[int, RateCurve], ...], asked: int
) -> None:
    known = tuple(one for one in publications if one[0] <= day(asked))
    if known:
        found = RateHistory(publications).known_at(day(asked))
        assert found is RateHistory(known).known_at(day(asked)) is known[-1][1]
    else:
        with pytest.raises(EngineError, match="no rate was known"):
            RateHistory(publications).known_at(day(asked))


def test_a_rate_is_known_from_the_instant_of_its_publication() -> None:
    history = RateHistory(((day(0), RateCurve.flat(0.01)), (day(1), RateCurve.flat(0.02))))
    assert history.known_at(day(1)).rates == (0.02,)
    assert history.known_at(day(1) - 1).rates == (0.01,)
    assert RateHistory.constant(0.03).known_at(day(-20_000)).rates == (0.03,)


@given(
    st.lists(declarations, max_size=12, unique_by=lambda one: (one.declared_at, one.ex_at)),
    DAYS,
    st.integers(0, 300),
    st.none() | st.integers(20, 120),
)
def test_later_declarations_change_no_earlier_schedule(
    declared: list[CashDividend], asked: int, length: int, repeat_days: int | None
) -> None:
    now, expiry = day(asked), day(asked + length)
    known = tuple(one for one in declared if one.declared_at <= now)
    found = DividendSchedule(tuple(declared), repeat_days).between(now, expiry)
    assert found == DividendSchedule(known, repeat_days).between(now, expiry)
    assert all(0.0 < years <= years_between(now, expiry) for years, _ in found)
    assert [years for years, _ in found] == sorted({years for years, _ in found})


def test_a_schedule_holds_what_was_declared_from_tomorrow_to_expiry() -> None:
    schedule = DividendSchedule(
        (
            CashDividend(day(-30), day(0), 0.1),
            CashDividend(day(-30), day(91), 0.3),
            CashDividend(day(-1), day(182), 0.4),
            CashDividend(day(-1), day(183), 0.5),
            CashDividend(day(1), day(60), 9.0),
        )
    )
    assert schedule.between(NOW, EXPIRY) == ((91 / 365, 0.3), (182 / 365, 0.4))


def test_a_later_declaration_replaces_or_cancels() -> None:
    first = CashDividend(day(-30), day(40), 0.5)
    raised, cancelled = CashDividend(day(-20), day(40), 0.6), CashDividend(day(-10), day(40), 0.0)
    schedule = DividendSchedule((cancelled, first, raised))
    assert [amount for _, amount in schedule.between(day(-25), EXPIRY)] == [0.5]
    assert [amount for _, amount in schedule.between(day(-15), EXPIRY)] == [0.6]
    assert schedule.between(day(-5), EXPIRY) == ()


def test_the_last_known_dividend_repeats_where_that_is_assumed() -> None:
    declared = CashDividend(day(-150), day(-100), 0.25)
    found = DividendSchedule((declared,), repeat_days=91).between(NOW, EXPIRY)
    assert found == ((82 / 365, 0.25), (173 / 365, 0.25))
    assert DividendSchedule((declared,)).between(NOW, EXPIRY) == ()


def parity_quotes(rate: float, carry: float, cash: tuple[tuple[float, float], ...]) -> ParityQuotes:
    years = years_between(NOW, EXPIRY)
    terms = (100.0, STRIKES, years, rate, carry, 0.25)
    call, put = (price(right, *terms, dividends=cash, method="accurate") for right in (1, -1))
    return ParityQuotes(STRIKES, call - 0.01, call + 0.01, put - 0.01, put + 0.01)


@pytest.mark.parametrize("amounts", [(), (1.5, 2.0)])
def test_the_forward_is_the_one_that_parity_finds_in_prices(amounts: tuple[float, ...]) -> None:
    schedule = DividendSchedule(tuple(CashDividend(NOW, day(50 + 80 * k), amount) for k, amount in enumerate(amounts)))
    rates = RateHistory(((day(-1), RateCurve((0.1, 1.0), (0.045, 0.045))),))
    curve = ForwardCurve(rates, 0.02, schedule)
    quotes = parity_quotes(0.045, 0.02, tuple(schedule.between(NOW, EXPIRY)))
    found = parity_forward(quotes, years=years_between(NOW, EXPIRY), rate=0.045, fallback=0.0)
    limit = 1e-3 if amounts else 1e-10
    assert curve.forward(100.0, now=NOW, expiry=EXPIRY) == pytest.approx(found.forward, abs=limit)


def test_the_forward_answers_where_parity_has_no_pairs() -> None:
    curve = ForwardCurve(RateHistory.constant(0.04), 0.015)
    fallback = curve.forward(100.0, now=NOW, expiry=EXPIRY)
    found = parity_forward(ParityQuotes(STRIKES, 0.0, 1.0, 0.0, 1.0), years=0.5, rate=0.04, fallback=fallback)
    assert (found.source, found.forward) == ("curve", fallback)
    assert fallback == pytest.approx(100.0 * np.exp(0.025 * 182 / 365))


def test_at_expiry_the_forward_is_spot() -> None:
    assert ForwardCurve(RateHistory.constant(0.04), 0.015).forward(97.0, now=NOW, expiry=NOW) == 97.0


def test_what_cannot_be_a_curve_is_refused() -> None:
    with pytest.raises(EngineError, match="a rate for each tenor"):
        RateCurve((1.0, 2.0), (0.04,))
    with pytest.raises(EngineError, match="ascending"):
        RateCurve((1.0, 1.0), (0.04, 0.04))
    with pytest.raises(EngineError, match="positive"):
        RateCurve((0.0, 1.0), (0.04, 0.04))
    with pytest.raises(EngineError, match="finite"):
        RateCurve((1.0,), (float("nan"),))
    with pytest.raises(EngineError, match="at least one"):
        RateHistory(())
    with pytest.raises(EngineError, match="ascending at 2020-03-02"):
        RateHistory(((NOW, RateCurve.flat(0.01)), (NOW, RateCurve.flat(0.02))))


def test_what_cannot_be_a_dividend_or_a_forward_is_refused() -> None:
    with pytest.raises(EngineError, match="not an amount"):
        CashDividend(NOW, NOW, -0.1)
    with pytest.raises(EngineError, match="declared later"):
        CashDividend(day(1), NOW, 0.1)
    with pytest.raises(EngineError, match="twice"):
        DividendSchedule((CashDividend(NOW, NOW, 0.1), CashDividend(NOW, NOW, 0.2)))
    with pytest.raises(EngineError, match="at least a day"):
        DividendSchedule((), 0)
    with pytest.raises(EngineError, match="finite"):
        ForwardCurve(RateHistory.constant(0.04), float("inf"))
    with pytest.raises(EngineError, match="not before"):
        ForwardCurve(RateHistory.constant(0.04)).forward(100.0, now=EXPIRY, expiry=NOW)
