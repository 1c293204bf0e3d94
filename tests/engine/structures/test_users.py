"""What uses the names: trades, and strategies that are said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from engine.model import Leg
from engine.strategies.spec import SharesSpec
from tests.builders import chain, contract_table, new_york, put, series
from tests.engine.play import play
from tests.engine.strategies.test_spec import SHORT, SPREAD

NEAR = series(date(2019, 5, 10))
TABLE = contract_table({NEAR: range(2800, 2960, 25)})
DAYS = [chain(TABLE, new_york(date(2019, 5, day), "15:45"), 2900.0) for day in (6, 7)]


def test_a_trade_is_called_what_it_is_whatever_the_strategy_called_it() -> None:
    legs = [Leg(put(TABLE, NEAR, 2875.0), -2), Leg(put(TABLE, NEAR, 2850.0), 2)]

    def enter(context: object) -> None:
        context.open(legs, structure="my_favourite")  # type: ignore[attr-defined]

    result = play(DAYS, {DAYS[0].at: enter})
    assert [fill.structure for fill in result.fills] == ["my_favourite"]
    assert [trade.structure for trade in result.trades] == ["put_credit_spread"]


def test_a_specification_may_use_an_alias() -> None:
    legs = replace(SPREAD, structure="bull_put_spread").legs
    assert legs == SPREAD.legs
    with pytest.raises(ValueError, match=r"structure put_debit_spread .* takes its legs in this order"):
        replace(SPREAD, structure="bear_put_spread")


def test_a_specification_has_a_leg_for_the_shares_of_its_structure() -> None:
    call = replace(SHORT, name="short_call", right="call")
    covered = replace(
        SPREAD, structure="covered_call", legs=(SharesSpec(name="stock", instrument="shares", side="buy"), call)
    )
    assert covered.legs[1] == call
    with pytest.raises(ValueError, match=r"covered_call .* in this order; the specification has: sell 1 call$"):
        replace(covered, legs=(call,))
    with pytest.raises(ValueError, match=r"protective_put .* in this order; the specification has: buy 1 shares, sell"):
        replace(covered, structure="protective_put")
