"""Kelly's rule from given odds and from the trades of the run."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.money import to_micros
from engine.risk_rules.kelly import KellyFraction, Odds, odds_of
from engine.risk_rules.trade import Package
from tests.engine.risk_measures import Stub, package


def asked(*profits: float, maximum_loss: float | None = 1_000.0, others: tuple[float, ...] = ()) -> Package:
    """A package of a strategy whose closed trades made these profits, USD, in an account of 100,000."""
    closed = {"puts": [to_micros(one) for one in profits], "calls": [to_micros(one) for one in others]}
    return package(maximum_loss, Stub(profits=closed))


@pytest.mark.parametrize(
    ("win_rate", "payoff_ratio", "stake"),
    [(0.6, 1.0, 0.2), (0.5, 2.0, 0.25), (0.5, 1.0, 0.0), (0.9, 0.1, -0.1), (0.6, float("inf"), 0.6), (0.0, 0.0, 0.0)],
)
def test_the_stake_is_win_rate_less_loss_rate_by_payoff(win_rate: float, payoff_ratio: float, stake: float) -> None:
    assert Odds(win_rate, payoff_ratio).stake == pytest.approx(stake, abs=1e-12)


def test_a_fraction_of_the_stake_is_risked() -> None:
    assert KellyFraction(Odds(0.6, 1.0), 0.5, 50.0, None).size(asked()) == 10  # half of 20 % of 100,000
    assert KellyFraction(Odds(0.6, 1.0), 1.0, 50.0, None).size(asked()) == 20


def test_the_cap_holds_whatever_the_odds() -> None:
    assert KellyFraction(Odds(0.9, 3.0), 1.0, 4.0, None).size(asked()) == 4


def test_odds_that_promise_no_gain_get_nothing_and_say_so() -> None:
    sizer = KellyFraction(Odds(0.5, 0.8), 0.5, 5.0, None)
    assert sizer.size(asked()) == 0
    assert sizer.numbers(asked()) == (
        "win rate 50 % and payoff ratio 0.8 (as given) stake -12.5 %; one loses at most 1,000.00 USD; net liquidation "
        "is 100,000.00 USD"
    )


def test_a_loss_without_bound_gets_nothing() -> None:
    assert KellyFraction(Odds(0.9, 3.0), 0.5, 5.0, None).size(asked(maximum_loss=None)) == 0


def test_odds_are_learned_from_the_strategys_own_closed_trades_once_there_are_enough() -> None:
    sizer = KellyFraction(Odds(0.5, 1.2), 1.0, 100.0, 4)  # given: stake 8.33 %
    wins_and_losses = (300.0, 300.0, 300.0, -450.0)  # 75 % at 2 to 3: stake 37.5 %
    assert sizer.size(asked(*wins_and_losses[:3])) == 8
    assert sizer.size(asked(*wins_and_losses)) == 37
    assert sizer.size(asked(others=wins_and_losses)) == 8
    assert "(of 4 closed trades) stake 37.5 %" in sizer.numbers(asked(*wins_and_losses))


@pytest.mark.parametrize(
    ("profits", "win_rate", "payoff_ratio"),
    [
        ((100, 200, -50), 2 / 3, 3.0),
        ((100, 0, -50), 1 / 3, 2.0),
        ((100, 200), 1.0, float("inf")),
        ((-100, -200), 0.0, 0.0),
        ((0,), 0.0, 0.0),
    ],
)
def test_odds_of_closed_trades(profits: tuple[int, ...], win_rate: float, payoff_ratio: float) -> None:
    assert odds_of(profits) == Odds(pytest.approx(win_rate), pytest.approx(payoff_ratio), len(profits))  # type: ignore[arg-type]  # compared


@given(st.floats(0.01, 0.99), st.floats(0.05, 20.0), st.floats(0.05, 1.0), st.floats(0.5, 50.0))
def test_never_more_is_risked_than_fraction_and_cap_allow(
    win_rate: float, payoff_ratio: float, fraction: float, cap_percent: float
) -> None:
    odds = Odds(win_rate, payoff_ratio)
    size = KellyFraction(odds, fraction, cap_percent, None).size(asked(maximum_loss=10.0))
    allowed = min(100_000.0 * fraction * max(odds.stake, 0.0), 100_000.0 * cap_percent / 100.0)
    assert size * 10.0 <= allowed + 1e-3
    assert size == 10_000 or (size + 1) * 10.0 > allowed - 1e-3
