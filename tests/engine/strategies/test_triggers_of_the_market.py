"""Triggers on delta, price and signals."""

from datetime import date
from math import nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model import UNFLAGGED, UNTRUSTED, ChainSnapshot, OptionContract, Position, QuoteFlag
from engine.strategies.spec import ExpressionCondition, SignalCondition
from engine.strategies.spec.triggers import DeltaBreach, PriceBreach, SignalTrigger, Trigger
from engine.strategies.triggers import Watch, predicate
from tests.builders import Quote, call, chain, contract_table, new_york, put, series
from tests.engine.strategies.marked_run import MarkedRun, opened

MAY_10 = series(date(2019, 5, 10))
TABLE = contract_table({MAY_10: [2800, 2850, 2950]})
AT = new_york(date(2019, 4, 25), "15:45")
LONG, SHORT, CALL = put(TABLE, MAY_10, 2800), put(TABLE, MAY_10, 2850), call(TABLE, MAY_10, 2950)
HELD = opened({"long_put": (LONG, 1, 1.0), "short_put": (SHORT, -1, 1.0), "short_call": (CALL, -1, 1.0)})


def shows(*, delta: float = -0.3, price: float = 2900.0, flags: QuoteFlag = UNFLAGGED) -> ChainSnapshot:
    """The short put with this delta and these flags; the other legs have neither flag nor delta."""

    def quote(contract: OptionContract) -> Quote:
        return Quote(delta=delta, flags=flags) if contract == SHORT else Quote()

    return chain(TABLE, AT, price, quotes=quote)


def asked(trigger: Trigger, *snapshots: ChainSnapshot, signals: dict[str, float] | None = None) -> list[bool]:
    return MarkedRun(*HELD).holds(trigger, *snapshots, signals=signals)


# --- delta --------------------------------------------------------------------------------------------------------


def test_delta_is_breached_from_its_bound_on_whatever_its_sign() -> None:
    trigger = DeltaBreach(kind="delta_breach", leg="short_put", above=0.30, below=0.05)
    deltas = [shows(delta=delta) for delta in (-0.299, -0.30, -0.9, -0.051, -0.05)]
    assert asked(trigger, *deltas) == [False, True, True, False, True]


def test_leg_without_a_delta_or_without_a_name_breaches_nothing() -> None:
    assert asked(DeltaBreach(kind="delta_breach", leg="short_put", below=1.0), shows(delta=nan)) == [False]
    assert asked(DeltaBreach(kind="delta_breach", leg="gone", below=1.0), shows()) == [False]
    unquoted = chain(TABLE, AT, 2900.0, changes={SHORT: None})
    assert asked(DeltaBreach(kind="delta_breach", leg="short_put", below=1.0), unquoted) == [False]


@pytest.mark.parametrize("flag", [*UNTRUSTED, QuoteFlag.NO_ASK], ids=lambda flag: flag.name)
def test_t17_delta_of_a_quote_that_is_not_to_be_trusted_breaches_nothing(flag: QuoteFlag) -> None:
    trigger = DeltaBreach(kind="delta_breach", leg="short_put", above=0.2)
    assert asked(trigger, shows(flags=flag), shows()) == [False, True]


def test_delta_of_a_leg_without_a_bid_is_one() -> None:
    trigger = DeltaBreach(kind="delta_breach", leg="short_put", above=0.2)
    assert asked(trigger, shows(flags=QuoteFlag.NO_BID)) == [True]


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_delta_is_breached_where_it_lies_outside_of_its_bounds(delta: float, one: float, other: float) -> None:
    low, high = sorted((one, other))
    if low < high:
        trigger = DeltaBreach(kind="delta_breach", leg="short_put", above=high, below=low)
        assert asked(trigger, shows(delta=-delta)) == [delta >= high or delta <= low]


# --- price --------------------------------------------------------------------------------------------------------


def test_strike_of_a_put_is_touched_from_above_and_that_of_a_call_from_below() -> None:
    prices = [shows(price=price) for price in (2949.99, 2950.0, 2850.01, 2850.0, 2700.0)]
    put_touched = PriceBreach(kind="price_breach", leg="short_put")
    assert asked(put_touched, *prices) == [False, False, False, True, True]
    call_touched = PriceBreach(kind="price_breach", leg="short_call")
    assert asked(call_touched, *prices) == [False, True, False, False, False]


def test_strike_is_breached_from_a_distance_exactly() -> None:
    prices = [shows(price=price) for price in (2860.31, 2860.3)]
    assert asked(PriceBreach(kind="price_breach", leg="short_put", within_usd=10.3), *prices) == [False, True]
    prices = [shows(price=price) for price in (2878.51, 2878.5)]
    assert asked(PriceBreach(kind="price_breach", leg="short_put", within_percent=1), *prices) == [False, True]


def test_price_needs_no_mark_and_a_missing_price_breaches_nothing() -> None:
    trigger = PriceBreach(kind="price_breach", leg="short_put")
    assert asked(trigger, shows(price=2800.0, flags=QuoteFlag.MISSING), shows(price=nan)) == [True, False]
    assert asked(PriceBreach(kind="price_breach", leg="gone"), shows(price=1.0)) == [False]


@given(st.integers(2_700_00, 3_100_00), st.integers(0, 200_00))
def test_price_is_exact_to_the_cent(cents: int, distance: int) -> None:
    trigger = PriceBreach(kind="price_breach", leg="short_call", within_usd=distance / 100)
    assert asked(trigger, shows(price=cents / 100)) == [cents >= 2_950_00 - distance]


# --- signals ------------------------------------------------------------------------------------------------------

CALM = SignalCondition(signal="iv_rank", below=0.2)
RANK = SignalTrigger(kind="signal", conditions=(ExpressionCondition(when="iv_rank < 0.2"),))


def test_all_conditions_must_hold_expressions_among_them() -> None:
    trigger = SignalTrigger(kind="signal", conditions=(CALM, ExpressionCondition(when="fast < slow or vix > 40")))
    assert asked(trigger, shows(), signals={"iv_rank": 0.1, "fast": 1.0, "slow": 2.0, "vix": 10.0}) == [True]
    assert asked(trigger, shows(), signals={"iv_rank": 0.1, "fast": 2.0, "slow": 1.0, "vix": 10.0}) == [False]
    assert asked(trigger, shows(), signals={"iv_rank": 0.3, "fast": 1.0, "slow": 2.0, "vix": 10.0}) == [False]


def test_signal_without_a_value_closes_nothing() -> None:
    assert asked(SignalTrigger(kind="signal", conditions=(CALM,)), shows()) == [False]
    assert asked(RANK, shows()) == [False]
    assert asked(RANK, shows(), signals={"iv_rank": nan}) == [False]


def test_expression_looks_back_one_chain_also_where_nothing_was_held_then() -> None:
    run = MarkedRun(*HELD)
    trigger = SignalTrigger(kind="signal", conditions=(ExpressionCondition(when="vix > previous(vix)"),))
    assert run.holds(trigger, shows(), signals={"vix": 20.0}) == [False]  # nothing came before
    held, run.positions = run.positions, ()
    assert two_chains(run, trigger, held, 20.0, 21.0)
    assert not two_chains(run, trigger, held, 21.0, 20.0)


def two_chains(run: MarkedRun, trigger: SignalTrigger, held: tuple[Position, ...], before: float, now: float) -> bool:
    """The answer on the second of two chains, of which the first found no position."""
    watch = Watch([trigger], run.names)
    run.positions = ()
    run.see(shows(), {"vix": before})
    assert watch.holdings(run.context, shows()) == []
    run.positions = held
    run.see(shows(), {"vix": now})
    (holding,) = watch.holdings(run.context, shows())
    return predicate(trigger)(holding)
