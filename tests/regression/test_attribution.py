"""Causes of profit on the real SPX days: nearly everything that moves a position has a name."""

from pathlib import Path

import pytest

from api.mapping import FinishedRun, summarise
from api.wiring import play, prepare
from engine.attribution.components import Component
from schemas.run_request import parse_run_request
from tests.regression.spx_2019 import finished

CONFIGURATION = """\
name: held to half its credit or to three weeks
start: 2019-04-25
end: 2019-05-28
data: {underlyings: [SPX], resolution: eod}
strategies:
  - name: held
    kind: declarative
    structure: STRUCTURE
    underlying: SPX
    expirations: {monthly: {target_dte: 45, min_dte: 30, max_dte: 60}}
    legs:
LEGS
    entry: {max_open_positions: 30}
    exit: {profit_target_percent: 50, dte: 21}
    sizing: {contracts: 1}
account: {initial_cash_usd: 10000000}
risk: {margin: regulation_t}
"""
WINGS = {"long_put": ("buy", "put", 0.05), "long_call": ("buy", "call", 0.05)}
BODY = {"short_put": ("sell", "put", 0.16), "short_call": ("sell", "call", 0.16)}
STRUCTURES = {
    "short_strangle": BODY,
    "iron_condor": {"long_put": WINGS["long_put"], **BODY, "long_call": WINGS["long_call"]},
}


def held(structure: str, store: Path) -> FinishedRun:
    legs = "\n".join(
        f"      - {{name: {name}, side: {side}, right: {right}, expiration: monthly, delta: {{target: {delta}}}}}"
        for name, (side, right, delta) in STRUCTURES[structure].items()
    )
    text = CONFIGURATION.replace("STRUCTURE", structure).replace("LEGS", legs)
    return play(prepare(parse_run_request(text, "held"), store))


@pytest.mark.parametrize("structure", sorted(STRUCTURES))
def test_a_position_held_to_half_its_credit_or_three_weeks_is_explained(structure: str, store: Path) -> None:
    """Of the sizes of all amounts per position and day, what has no name is below 5 %, higher orders included."""
    run = held(structure, store)
    daily = run.attribution.daily
    assert daily.position_days > 100
    assert daily.unexplained_fraction is not None
    assert daily.higher_order_fraction is not None
    assert daily.unexplained_fraction < 1e-6
    assert daily.unexplained_fraction + daily.higher_order_fraction < 0.05
    total = run.attribution.total
    assert total[Component.THETA] > 0 > total[Component.GAMMA]
    assert sum(total.values()) == run.result.totals.net_liquidation - run.result.totals.initial_cash


def test_the_steps_and_what_is_booked_are_the_profit(store: Path) -> None:
    section = summarise(held("iron_condor", store)).attribution
    causes, steps = section.causes, section.steps
    booked = causes.spread_cost_usd + causes.fees_usd + causes.financing_usd + causes.unexplained_usd
    parts = causes.model_dump().values()
    assert steps.time_usd + steps.spot_usd + steps.volatility_usd + booked == pytest.approx(sum(parts), abs=1e-6)
    assert section.by_structure["iron_condor"].model_dump() == causes.model_dump()


@pytest.mark.parametrize("name", ["spx_rolled_strangle", "spx_moved_put_spread", "spx_strangle_to_condor"])
def test_an_adjusted_position_is_explained_to_the_micro_dollar(name: str, store: Path) -> None:
    run = finished(name, store)
    for trade in run.result.trades:
        assert sum(run.attribution.by_position[trade.position_id].values()) == trade.profit
