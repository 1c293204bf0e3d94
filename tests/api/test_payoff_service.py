"""The payoff that the service answers with is the engine's."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.payoff import payoff_response
from engine.pricing.errors import PricingInputError
from engine.pricing.payoff import analyse
from engine.pricing.payoff_legs import PayoffLeg
from schemas import payoff as wire

LEGS = st.builds(
    wire.PayoffLeg,
    kind=st.sampled_from(["call", "put"]),
    quantity=st.integers(-5, 5).filter(bool).map(float),
    price=st.floats(0.0, 50.0).map(lambda price: round(price, 2)),
    strike=st.floats(50.0, 200.0).map(lambda strike: float(round(strike))),
    years=st.none() | st.sampled_from([0.1, 0.25]),
    volatility=st.none() | st.floats(0.05, 1.0),
)
REQUESTS = st.builds(
    wire.PayoffRequest,
    legs=st.lists(LEGS, min_size=1, max_size=4).map(tuple),
    spot=st.floats(60.0, 180.0),
    rate=st.floats(-0.02, 0.1),
    dividend_yield=st.floats(0.0, 0.05),
    volatility=st.floats(0.05, 1.0),
    years=st.just(0.25),
    fees_usd=st.floats(0.0, 10.0),
)
SHARES = wire.PayoffRequest(
    legs=(wire.PayoffLeg(kind="stock", quantity=100.0, price=95.0),),
    spot=100.0,
    rate=0.0,
    dividend_yield=0.0,
    volatility=0.2,
    years=0.5,
    fees_usd=0.0,
)


@given(REQUESTS)
def test_every_figure_is_the_engines(request: wire.PayoffRequest) -> None:
    profile = analyse(
        [
            PayoffLeg(leg.kind, leg.quantity, leg.price, strike=leg.strike, years=leg.years, volatility=leg.volatility)
            for leg in request.legs
        ],
        spot=request.spot,
        rate=request.rate,
        dividend_yield=request.dividend_yield,
        volatility=request.volatility,
        years=request.years,
        fees=request.fees_usd,
    )
    answer = payoff_response(request)
    assert (answer.net_debit_usd, answer.breakevens) == (profile.net_debit, profile.breakevens)
    assert (answer.max_profit_usd, answer.max_loss_usd) == (profile.max_profit, profile.max_loss)
    assert answer.profit_intervals == profile.profit_intervals
    assert answer.probability_of_profit == profile.probability_of_profit
    assert answer.probability_of_touch == profile.probability_of_touch
    assert answer.expected_value_usd == profile.expected_value

    spots = np.array(answer.curves.spots)
    assert (np.diff(spots) > 0).all()
    assert {request.spot, *profile.breakevens, *(leg.strike for leg in request.legs)} <= set(answer.curves.spots)
    horizon = profile.distribution.years
    assert answer.curves.expiry_usd == tuple(profile.value_at(spots, horizon).tolist())
    assert answer.curves.today_usd == tuple(profile.value_at(spots, 0.0).tolist())


@given(REQUESTS)
def test_greeks_are_slopes_of_the_value(request: wire.PayoffRequest) -> None:
    def value(spot: float, rate: float = request.rate, years: float = 0.0) -> float:
        changed = request.model_copy(update={"spot": spot, "rate": rate})
        legs = [
            PayoffLeg(leg.kind, leg.quantity, leg.price, strike=leg.strike, years=leg.years, volatility=leg.volatility)
            for leg in changed.legs
        ]
        market = {"rate": rate, "dividend_yield": request.dividend_yield, "volatility": request.volatility}
        return float(analyse(legs, spot=spot, years=request.years, **market).value_at(spot, years))

    greeks, size = payoff_response(request).greeks, 100.0 * math.fsum(abs(leg.quantity) for leg in request.legs)
    step = request.spot * 1e-4
    slope = (value(request.spot + step) - value(request.spot - step)) / (2 * step)
    assert greeks.delta_shares == pytest.approx(slope, abs=1e-3 * size)
    per_percent = (value(request.spot, request.rate + 1e-4) - value(request.spot, request.rate - 1e-4)) / 2e-2
    assert greeks.rho_usd_per_percent == pytest.approx(per_percent, abs=1e-3 * size)
    day = 1.0 / 365.0
    decay = value(request.spot, years=day / 10) - value(request.spot)
    assert greeks.theta_usd_per_day == pytest.approx(10 * decay, rel=0.05, abs=1e-3 * size)


def test_shares_have_delta_and_a_profit_without_end() -> None:
    answer = payoff_response(SHARES)
    assert answer.greeks.delta_shares == 100.0
    assert (answer.greeks.gamma_shares_per_point, answer.greeks.vega_usd_per_point) == (0.0, 0.0)
    assert (answer.max_profit_usd, answer.max_loss_usd) == (None, -9_500.0)
    assert answer.profit_intervals == ((95.0, None),)


def test_numbers_that_lie_too_far_apart_are_a_problem_of_the_request() -> None:
    """Beyond the bounds of the wire, which keep requests away from here as far as anybody knows."""
    legs = [wire.PayoffLeg(kind="call", quantity=1.0, price=1.0, strike=100.0, years=years) for years in (1.0, 9.0)]
    request = SHARES.model_copy(update={"legs": tuple(legs), "volatility": 300.0})
    with pytest.raises(PricingInputError, match="too far apart"):
        payoff_response(request)
