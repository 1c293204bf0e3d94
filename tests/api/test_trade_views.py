"""Trades on the wire: legs as they were opened, in the terms of the payoff."""

from collections.abc import Sequence
from datetime import date
from math import fsum

import pytest

from api.trade_views import trade_views
from engine.attribution.components import attribution_of
from engine.instants import utc_datetime, years_between
from engine.model import ChainSnapshot, Leg
from schemas.backtest import Trade
from tests.builders import Quote, call, chain, contract_table, new_york, put, series
from tests.engine.play import config, play

EXPIRY = series(date(2019, 5, 24))
TABLE = contract_table({EXPIRY: range(2700, 2900, 25)})
SHORT, LONG, CALL = put(TABLE, EXPIRY, 2775.0), put(TABLE, EXPIRY, 2750.0), call(TABLE, EXPIRY, 2725.0)
DAYS = [chain(TABLE, new_york(date(2019, 5, 13 + number), "15:45"), 2812.0) for number in range(3)]


def opened(*legs: Leg, days: Sequence[ChainSnapshot] = DAYS) -> Trade:
    run = config()
    result = play(days, {days[0].at: lambda context: context.open(list(legs), tag="entry")}, run=run)
    explained = attribution_of(result.stretches, result.bookings, run.pricing, lambda at: utc_datetime(at).date())
    (view,) = trade_views(run, result, explained)
    return view


def test_the_causes_of_a_trade_add_up_to_its_profit() -> None:
    view = opened(Leg(SHORT, -1), Leg(LONG, 2))
    assert view.causes is not None
    assert view.causes.theta_usd != 0.0
    assert fsum(view.causes.model_dump().values()) == pytest.approx(view.profit_usd, abs=1e-6)


def test_legs_are_said_with_their_sign_price_strike_time_and_volatility() -> None:
    view = opened(Leg(SHORT, -1), Leg(LONG, 2))
    sold, bought = view.payoff.legs
    assert [(leg.kind, leg.quantity, leg.strike, leg.multiplier) for leg in view.payoff.legs] == [
        ("put", -1.0, 2775.0, 100.0),
        ("put", 2.0, 2750.0, 100.0),
    ]
    assert sold.years == bought.years == view.payoff.years == years_between(DAYS[1].at, EXPIRY.settles_at)
    assert (sold.label, bought.label) == (SHORT.symbol, LONG.symbol)
    assert sold.volatility == pytest.approx(0.15, abs=0.002)  # the chains are made with 15 %, quoted in cents
    assert bought.volatility == pytest.approx(0.15, abs=0.002)
    assert view.entry_cash_usd == pytest.approx(100 * (sold.price - 2 * bought.price))
    assert (view.underlying, view.payoff.spot) == ("SPX", 2812.0)


def test_a_price_that_no_volatility_explains_leaves_the_leg_to_the_volatility_of_the_others() -> None:
    below_intrinsic = Quote(80.0, 80.2)  # 87 points in the money
    days = [chain(TABLE, one.at, 2812.0, changes={CALL: below_intrinsic}) for one in DAYS]
    cheap, other = opened(Leg(CALL, 1), Leg(LONG, 1), days=days).payoff.legs
    assert cheap.volatility is None
    assert opened(Leg(CALL, 1), Leg(LONG, 1), days=days).payoff.volatility == other.volatility


def test_the_causes_of_a_trade_add_up_to_its_profit_and_its_legs_to_its_cash() -> None:
    view = opened(Leg(SHORT, -1), Leg(LONG, 2))
    assert view.causes is not None
    causes = [round(usd * 1_000_000) for usd in view.causes.model_dump().values()]
    assert sum(causes) == round(view.profit_usd * 1_000_000) != 0
    assert view.causes.theta_usd < 0
    assert sum(leg.entry_cash_usd for leg in view.legs) == pytest.approx(view.entry_cash_usd)
    assert [(leg.symbol, leg.quantity, leg.exit_kind) for leg in view.legs] == [
        (SHORT.symbol, -1, "open"),
        (LONG.symbol, 2, "open"),
    ]
    assert view.worst_usd <= 0 <= view.best_usd
    assert (view.entry_tag, view.days_to_expiration, view.left_open) == ("entry", 10, ())
