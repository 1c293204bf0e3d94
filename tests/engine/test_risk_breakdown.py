"""Exposure as results report it: in whole runs, by what it hangs on, at the ends of sessions."""

from collections.abc import Mapping
from datetime import date
from math import fsum
from typing import Any

import pytest

from api.risk_views import exposure_of
from engine.config import RunConfig
from engine.model import ChainSnapshot, Leg
from engine.result import BacktestResult
from engine.risk import Exposure
from engine.risk_config import BetaConfig, ExposureReport, RiskConfig, StressGrid
from engine.strategy import StrategyContext
from tests.builders import Quote, call, chain, contract_table, new_york, put, series, weekdays
from tests.engine.play import NoMargin, config, play

NEAR, FAR = series(date(2019, 6, 21)), series(date(2019, 7, 19))
TABLE = contract_table({NEAR: [2800, 2900], FAR: [2800]})
DAYS = weekdays(date(2019, 5, 13), date(2019, 5, 17))
PUT, LATER, CALL = put(TABLE, NEAR, 2800), put(TABLE, FAR, 2800), call(TABLE, NEAR, 2900)
ALL = ExposureReport(sessions=True, stress=StressGrid(spot_percent=(-10.0, 10.0), volatility_points=(0.0,)))


def day(place: int) -> ChainSnapshot:
    """A chain on which the near put has a delta of 0.1 more every day."""
    greeks: dict[str, Any] = {"gamma": 0.001, "vega": 300.0, "theta": -365.0, "implied_volatility": 0.2}
    quotes = {
        PUT: Quote(9.0, 11.0, delta=-0.1 * (place + 1), **greeks),
        LATER: Quote(19.0, 21.0, delta=-0.2, **greeks),
        CALL: Quote(4.0, 6.0, delta=0.3, **greeks),
    }
    return chain(TABLE, new_york(DAYS[place], "15:45"), 2850.0, changes=quotes)


def enter(context: StrategyContext) -> None:
    context.open([Leg(PUT, -1), Leg(LATER, 1)], quantity=2, structure="put_calendar")
    context.open([Leg(CALL, 1)], quantity=1, structure="long_call")


def run(risk: RiskConfig) -> tuple[RunConfig, BacktestResult]:
    """Two structures, held from the second day to the fourth."""
    settings = config(risk=risk)
    market = [day(place) for place in range(4)]
    return settings, play(market, {market[0].at: enter}, run=settings, margin=NoMargin())


def test_every_grouping_adds_up_to_the_total() -> None:
    _, result = run(RiskConfig())
    total = result.exposure.point.total
    assert total.delta_shares == pytest.approx(2 * 40 - 2 * 20 + 30)
    assert total.vega_usd_per_point == pytest.approx(300.0)
    groupings: tuple[Mapping[str, Exposure], ...] = (
        result.exposure.by_underlying,
        result.exposure.by_expiration,
        result.exposure.by_structure,
        result.exposure.by_strategy,
    )
    for groups in groupings:
        delta_shares = fsum(part.delta_shares for part in groups.values())
        theta_usd_per_day = fsum(part.theta_usd_per_day for part in groups.values())
        assert delta_shares == pytest.approx(total.delta_shares)
        assert theta_usd_per_day == pytest.approx(total.theta_usd_per_day)
    assert {name: one.delta_shares for name, one in result.exposure.by_expiration.items()} == {
        "2019-06-21": pytest.approx(110.0),
        "2019-07-19": pytest.approx(-40.0),
    }
    assert {name: one.delta_shares for name, one in result.exposure.by_structure.items()} == {
        "long_call": pytest.approx(30.0),
        "put_calendar": pytest.approx(40.0),
    }
    assert list(result.exposure.by_strategy) == ["scripted"]


def test_what_is_not_asked_for_is_not_measured() -> None:
    _, result = run(RiskConfig(exposure=ExposureReport(sessions=False)))
    assert result.session_exposures == ()
    assert result.exposure.stress_gains_usd is None
    assert result.exposure.point.beta_weighted_delta_shares is None


def test_sessions_are_measured_where_asked_for_and_their_extremes_are_in_the_summary() -> None:
    settings, result = run(RiskConfig(exposure=ALL))
    assert [point.total.delta_shares for point in result.session_exposures] == [
        0.0, pytest.approx(30.0), pytest.approx(50.0), pytest.approx(70.0),
    ]  # fmt: skip
    extreme = exposure_of(settings, result).extremes["delta_shares"]
    assert extreme.least == 0.0
    assert extreme.greatest == pytest.approx(70.0)
    assert extreme.average == pytest.approx((0 + 30 + 50 + 70) / 4)
    assert (extreme.least_at.date(), extreme.greatest_at.date()) == (DAYS[0], DAYS[3])


def test_stress_and_its_worst_shock_are_reported() -> None:
    settings, result = run(RiskConfig(exposure=ALL))
    section = exposure_of(settings, result)
    assert section.stress is not None
    assert section.stress.spot_percent == (-10.0, 10.0)
    worst = min(gain for row in section.stress.gains_usd for gain in row)
    assert result.exposure.point.worst_stress_usd == pytest.approx(worst)
    assert result.session_exposures[0].worst_stress_usd == 0.0


def test_deltas_are_weighted_where_there_is_an_index_with_a_price() -> None:
    known, unknown = (run(RiskConfig(beta=BetaConfig(index=index)))[1] for index in ("SPX", "SPY"))
    assert known.exposure.point.beta_weighted_delta_shares == pytest.approx(70.0)
    assert unknown.exposure.point.beta_weighted_delta_shares is None
