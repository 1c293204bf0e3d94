"""Stress: gains under shocks, by hand at the end of a contract's life and against the pricing kernel before it."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.config import PricingConfig
from engine.instants import years_between
from engine.market import Market
from engine.model import ChainSnapshot, NetLeg, Stock
from engine.pricing import price
from engine.risk import ExposureCalculator
from engine.risk_config import StressGrid
from tests.builders import (
    Quote,
    call,
    chain,
    contract_table,
    equity_series,
    new_york,
    publish_prices,
    put,
    series,
    session_table,
)

NOW = new_york(date(2019, 4, 25), "15:45")
NEAR = series(date(2019, 5, 10))
TABLE = contract_table({NEAR: range(2800, 3010, 50)})
SPY = equity_series(date(2019, 6, 21), "SPY")
SPY_TABLE = contract_table({SPY: [290.0]})
SPX_AT = 2900.0
RATES = PricingConfig(rate=0.05, dividend_yield=0.01)
SHOCKS = StressGrid(spot_percent=(-10.0, 0.0, 5.0), volatility_points=(-5.0, 0.0, 10.0))


def market(*snapshots: ChainSnapshot, **prices: float) -> Market:
    """A market that has seen these chains."""
    made = Market(
        session_table(date(2019, 4, 1), date(2019, 7, 31)), {}, snapshots={one.underlying: one for one in snapshots}
    )
    publish_prices(made, NOW, **prices)
    return made


def stress(*legs: NetLeg, on: Market, shocks: StressGrid = SHOCKS, pricing: PricingConfig = RATES) -> list[list[float]]:
    """Gains, one row per spot."""
    gains: list[list[float]] = ExposureCalculator(pricing).stress(legs, on, shocks).tolist()
    return gains


def quoted(volatility: float = 0.2) -> Market:
    """A chain on which everything has one volatility."""
    return market(chain(TABLE, NOW, SPX_AT, quotes=lambda _: Quote(implied_volatility=volatility)))


def test_shares_gain_what_their_price_does_whatever_volatility_does() -> None:
    gains = stress(NetLeg(Stock("SPY"), -100), on=market(SPY=290.0))
    assert gains == [[pytest.approx(2_900.0)] * 3, [0.0] * 3, [pytest.approx(-1_450.0)] * 3]


def test_without_a_volatility_a_contract_gains_what_its_intrinsic_value_does() -> None:
    gains = stress(NetLeg(put(TABLE, NEAR, 2850), -2), on=quoted(float("nan")))
    assert gains == [[pytest.approx(-2 * 100 * (2850 - 2610))] * 3, [0.0] * 3, [0.0] * 3]


def test_a_contract_is_revalued_by_the_kernel_at_each_spot_and_volatility() -> None:
    contract, years = put(TABLE, NEAR, 2850), years_between(NOW, NEAR.settles_at)
    gains = stress(NetLeg(contract, 3), on=quoted(0.2))
    for row, move in zip(gains, SHOCKS.spot_percent, strict=True):
        for gain, points in zip(row, SHOCKS.volatility_points, strict=True):
            spot, volatility = SPX_AT * (1 + move / 100), 0.2 + points / 100
            values = price(-1, [spot, SPX_AT], 2850.0, years, 0.05, 0.01, [volatility, 0.2])
            assert gain == pytest.approx(300 * float(values[0] - values[1]), abs=1e-6)
    assert gains[1][1] == 0.0


def test_american_options_are_valued_with_their_right_to_exercise() -> None:
    contract = put(SPY_TABLE, SPY, 290.0)
    seen = market(chain(SPY_TABLE, NOW, 290.0, quotes=lambda _: Quote(implied_volatility=0.2), underlying="SPY"))
    years = years_between(NOW, SPY.settles_at)
    ((gain,),) = stress(
        NetLeg(contract, 1), on=seen, shocks=StressGrid(spot_percent=(-20.0,), volatility_points=(0.0,))
    )
    american, european = (
        100 * float(np.diff(price(-1, [290.0, 232.0], 290.0, years, 0.05, 0.01, 0.2, style=style))[0])
        for style in ("american", "european")
    )
    assert gain == pytest.approx(american, abs=1e-6)
    assert gain > european + 50.0


def test_volatility_does_not_fall_below_zero() -> None:
    ((gain,),) = stress(
        NetLeg(put(TABLE, NEAR, 3000), 1), on=quoted(0.2),
        shocks=StressGrid(spot_percent=(0.0,), volatility_points=(-50.0,)), pricing=PricingConfig(),
    )  # fmt: skip
    now = float(price(-1, SPX_AT, 3000.0, years_between(NOW, NEAR.settles_at), 0.0, 0.0, 0.2))
    assert gain == pytest.approx(100 * (100.0 - now), abs=1e-6)


def test_what_has_no_price_yet_gains_nothing() -> None:
    assert stress(NetLeg(put(TABLE, NEAR, 2850), 1), NetLeg(Stock("SPY"), 1), on=market()) == [[0.0] * 3] * 3
    assert stress(on=market()) == [[0.0] * 3] * 3


def test_a_calculator_measures_american_greeks_where_the_chain_has_none() -> None:
    contract = put(SPY_TABLE, SPY, 290.0)
    seen = market(chain(SPY_TABLE, NOW, 232.0, quotes=lambda _: Quote(implied_volatility=0.2), underlying="SPY"))
    assert ExposureCalculator(RATES).measure([NetLeg(contract, 1)], seen).delta_shares == pytest.approx(-100.0)


LEGS = st.lists(
    st.tuples(st.sampled_from([put, call]), st.sampled_from(range(2800, 3010, 50)), st.integers(-5, 5)), max_size=5
)


@given(LEGS, LEGS, st.integers(1, 20))
def test_gains_are_linear_in_what_is_held(
    first: list[tuple[object, int, int]], second: list[tuple[object, int, int]], packages: int
) -> None:
    """What sizes are solved by."""
    one, other = (
        [NetLeg((put if make is put else call)(TABLE, NEAR, strike), quantity) for make, strike, quantity in legs]
        for legs in (first, second)
    )
    many = [NetLeg(leg.instrument, leg.quantity * packages) for leg in one]
    together = np.array(stress(*other, *many, on=quoted()))
    apart = np.array(stress(*other, on=quoted())) + packages * np.array(stress(*one, on=quoted()))
    assert together == pytest.approx(apart, abs=1e-5)
