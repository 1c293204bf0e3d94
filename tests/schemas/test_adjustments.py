"""Mistakes in adjustments, hedges and wheels are named where they stand."""

from __future__ import annotations

import pytest

from engine.strategies.spec import DeclarativeStrategy, Roll, WheelStrategy
from schemas.errors import InvalidConfiguration
from schemas.run_request import parse_run_request
from schemas.strategy import parse_strategy

STRANGLE = """\
name: strangle
structure: short_strangle
underlying: SPX
expirations: {front: {target_dte: 45, min_dte: 30, max_dte: 60}}
legs:
  - {name: short_put, side: sell, right: put, expiration: front, delta: {target: 0.16}}
  - {name: short_call, side: sell, right: call, expiration: front, delta: {target: 0.16}}
adjustments:
  - name: out
    when: [{kind: dte, days: 21}]
    action: {kind: roll, expiration: front, strikes: same_delta}
  - name: move
    when: [{kind: delta_breach, leg: short_put, above: 0.3}]
    action: {kind: move_leg, to: [{name: short_put, side: sell, right: put, expiration: front, delta: {target: 0.1}}]}
  - name: wings
    when: [{kind: stop_loss, percent_of_premium: 100}]
    action: {kind: add_leg, legs: [{name: wing, side: buy, right: put, expiration: front, delta: {target: 0.05}}]}
hedge:
  using: {kind: options, legs: [{name: h, side: buy, right: put, expiration: front, delta: {target: 0.3}}]}
  when: {kind: band, delta_shares: 20}
"""


def test_an_adjusted_strategy() -> None:
    strategy = parse_strategy(STRANGLE)
    assert isinstance(strategy, DeclarativeStrategy)
    assert strategy.adjustments[0].action == Roll(kind="roll", expiration="front", strikes="same_delta")
    plain = parse_strategy(STRANGLE.partition("adjustments:")[0])
    assert isinstance(plain, DeclarativeStrategy)
    assert (plain.adjustments, plain.hedge) == ((), None)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "kind: roll,",
            "kind: rol,",
            "s.yaml:11: adjustments[0].action.kind: unknown kind 'rol'; did you mean 'roll'?",
        ),
        ("days: 21", "dais: 21", "s.yaml:10: adjustments[0].when[0].dais: unknown key; did you mean 'days'?"),
        (
            "expiration: front, strikes",
            "expiration: fornt, strikes",
            "s.yaml:11: adjustments[0].action.expiration: adjustment 'out': unknown expiration 'fornt': "
            "did you mean 'front'?",
        ),
        (
            "leg: short_put, above",
            "leg: shrt_put, above",
            "s.yaml:13: adjustments[1].when[0].leg: adjustment 'move': unknown leg 'shrt_put': did you mean",
        ),
        ("- name: move", "- name: out", "two adjustments are named 'out'; their names are unique"),
        (
            "to: [{name: short_put, side: sell, right: put",
            "to: [{name: short_put, side: sell, right: call",
            "leg 'short_put' is a sell put and cannot move to a sell call; remove it and add another, or convert",
        ),
        (
            "days: 21}]",
            "days: 21}]\n    at_most: 0",
            "adjustments[0].at_most: expected a value greater than or equal to 1",
        ),
        ("above: 0.3}]", "above: 0.3}, {kind: dtr, days: 3}]", "unknown kind 'dtr'; did you mean 'dte'?"),
        (
            "right: put, expiration: front, delta: {target: 0.3}}]}",
            "right: put, expiration: frnt, delta: {target: 0.3}}]}",
            "hedge: unknown expiration 'frnt': did you mean 'front'?",
        ),
        ("{kind: band, delta_shares: 20}", "{kind: schedule}", "schedule needs exactly one of `times`"),
        (
            "{kind: add_leg, legs: [",
            "{kind: convert, structure: iron_condor, legs: [",
            "convert: iron_condor (buy 1 put K1 T1",
        ),
    ],
)
def test_a_mistake_is_named_where_it_stands(old: str, new: str, message: str) -> None:
    assert old in STRANGLE
    with pytest.raises(InvalidConfiguration) as caught:
        parse_strategy(STRANGLE.replace(old, new, 1), "s.yaml")
    assert message in str(caught.value)


WHEEL = """\
name: wheel
kind: wheel
underlying: XFUND
put: {expiration: {target_dte: 30, min_dte: 20, max_dte: 45}, delta: {target: 0.4}}
call: {expiration: {target_dte: 30, min_dte: 20, max_dte: 45}, delta: {target: 0.3}}
"""


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("put: {expiration: {target_dte: 30, min_dte: 20, max_dte: 45}, delta: {target: 0.4}}\n", "", "needs `put`"),
        ("delta: {target: 0.4}}", "delta: {target: 0.4}, dte: 20}", "would be bought back at once; let dte 20 be less"),
        ("never", "never", ""),
    ],
)
def test_a_mistake_in_a_wheel_is_named(old: str, new: str, message: str) -> None:
    if not message:
        assert isinstance(parse_strategy(WHEEL), WheelStrategy)
        return
    with pytest.raises(InvalidConfiguration) as caught:
        parse_strategy(WHEEL.replace(old, new, 1))
    assert message in str(caught.value)


def run_of(strategy: str, *more: str) -> str:
    indented = "".join(f"    {line}\n" for line in strategy.splitlines())
    head = "name: run\nstart: 2016-01-04\nend: 2016-03-31\ndata: {source: model, underlyings: [XFUND, SPX]}\n"
    return "\n".join([head + "strategies:\n  -\n" + indented, *more])


def test_a_wheel_keeps_its_shares() -> None:
    with pytest.raises(InvalidConfiguration) as caught:
        parse_run_request(run_of(WHEEL, "exercise: {early_assignment: off}"), "run.yaml")
    assert "exercise.delivered_shares: strategy 'wheel' is a wheel" in str(caught.value)
    assert "expected delivered_shares: keep" in str(caught.value)
    parse_run_request(run_of(WHEEL, "exercise: {delivered_shares: keep}"))


def test_a_wheel_on_a_market_that_the_run_does_not_read() -> None:
    with pytest.raises(InvalidConfiguration, match=r"strategies\[0\].underlying: 'XFUN' is not among data.underlyings"):
        parse_run_request(run_of(WHEEL.replace("XFUND", "XFUN"), "exercise: {delivered_shares: keep}"))


def test_signals_of_adjustments_are_signals_of_the_run() -> None:
    asked = STRANGLE.replace("{kind: dte, days: 21}", "{kind: signal, conditions: [{signal: trend, above: 0}]}")
    with pytest.raises(InvalidConfiguration, match=r"adjustments\[0\].when\[0\].*unknown signal 'trend'"):
        parse_run_request(run_of(asked))
