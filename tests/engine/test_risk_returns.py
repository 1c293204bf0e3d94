"""Daily returns: what betas and correlations are estimated from."""

from datetime import date
from math import exp

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.events import BarArrived
from engine.market import Market
from engine.model import Bar
from engine.risk_rules.daily_returns import DailyReturns
from tests.builders import new_york, session_table, weekdays

DAYS = weekdays(date(2019, 5, 1), date(2019, 7, 31))


class Tape:
    """Feeds bars to the returns and then to the market, as a run does."""

    def __init__(self) -> None:
        self.market = Market(session_table(DAYS[0], DAYS[-1]), {})
        self.returns = DailyReturns(self.market)

    def show(self, day: date, prices: dict[str, float], clock: str = "16:00") -> None:
        for symbol, price in prices.items():
            event = BarArrived(new_york(day, clock), Bar(symbol, price, price, price, price, 0.0))
            self.market.now = event.at
            self.returns.on_bar(event)
            self.market.on_bar(event)

    def open_day(self, day: date) -> DailyReturns:
        """The returns as somebody sees them in the morning of a day."""
        self.market.now = new_york(day, "10:00")
        return self.returns


def played(**moves: list[float]) -> Tape:
    """A tape of daily logarithmic returns from 100 on, one session each, after a first one."""
    tape, levels = Tape(), dict.fromkeys(moves, 0.0)
    tape.show(DAYS[0], dict.fromkeys(moves, 100.0))
    for place in range(max(len(one) for one in moves.values())):
        for symbol, one in moves.items():
            if place < len(one):
                levels[symbol] += one[place]
                tape.show(DAYS[place + 1], {symbol: 100.0 * exp(levels[symbol])})
    return tape


def test_twice_the_move_is_beta_two_and_correlation_one() -> None:
    returns = played(SPX=[0.01, -0.02, 0.005], FUND=[0.02, -0.04, 0.01]).open_day(DAYS[9])
    assert returns.beta("FUND", "SPX", 3) == pytest.approx(2.0)
    assert returns.correlation("FUND", "SPX", 3) == pytest.approx(1.0)
    assert returns.beta("SPX", "FUND", 3) == pytest.approx(0.5)


def test_nothing_of_today_counts() -> None:
    tape = played(SPX=[0.01, -0.02, 0.005], FUND=[0.02, -0.04, 0.01])
    assert tape.open_day(DAYS[3]).beta("FUND", "SPX", 3) is None
    assert tape.open_day(DAYS[4]).beta("FUND", "SPX", 3) == pytest.approx(2.0)


def test_too_few_common_sessions_say_nothing() -> None:
    returns = played(SPX=[0.01, -0.02, 0.005], FUND=[0.02, -0.04]).open_day(DAYS[9])
    assert returns.correlation("FUND", "SPX", 3) is None
    assert returns.correlation("FUND", "OTHER", 2) is None
    assert returns.correlation("FUND", "SPX", 2) == pytest.approx(1.0)


def test_a_price_that_stands_still_says_nothing() -> None:
    returns = played(SPX=[0.0, 0.0, 0.0], FUND=[0.02, -0.04, 0.01]).open_day(DAYS[9])
    assert returns.beta("FUND", "SPX", 3) is None
    assert returns.correlation("FUND", "SPX", 3) is None


def test_the_last_price_of_a_session_makes_its_return() -> None:
    tape = Tape()
    tape.show(DAYS[0], {"A": 100.0, "B": 100.0})
    for day, price in zip(DAYS[1:4], (110.0, 90.0, 95.0), strict=True):
        tape.show(day, {"A": 50.0, "B": price}, "10:00")
        tape.show(day, {"A": price})
    assert tape.open_day(DAYS[9]).beta("A", "B", 3) == pytest.approx(1.0)


def test_a_split_is_no_return() -> None:
    tape = Tape()
    tape.show(DAYS[0], {"A": 100.0, "B": 100.0})
    tape.show(DAYS[1], {"A": 101.0, "B": 101.0})
    tape.market.restate("A", "A", 0.25)
    tape.show(DAYS[2], {"A": 25.0, "B": 100.0})
    tape.show(DAYS[3], {"A": 26.0, "B": 104.0})
    assert tape.open_day(DAYS[9]).beta("A", "B", 3) == pytest.approx(1.0)


MOVES = st.lists(st.tuples(st.floats(-0.1, 0.1), st.floats(-0.1, 0.1)), min_size=4, max_size=20)


@given(MOVES)
def test_estimates_are_those_of_numpy(moves: list[tuple[float, float]]) -> None:
    one, other = (np.array(column) for column in zip(*moves, strict=True))
    returns = played(A=one.tolist(), B=other.tolist()).open_day(DAYS[-1])
    correlation, beta = returns.correlation("A", "B", len(moves)), returns.beta("A", "B", len(moves))
    if min(one.std(), other.std()) > 1e-4:
        assert correlation == pytest.approx(float(np.corrcoef(one, other)[0, 1]), abs=1e-6)
        assert beta == pytest.approx(float(np.cov(one, other)[0, 1] / other.var(ddof=1)), abs=1e-5, rel=1e-5)
