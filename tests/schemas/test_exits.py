"""Exits as YAML says them: what they become, and what is said where they are wrong."""

import json
from datetime import date, time
from typing import get_args

import pytest

from engine.strategies.spec import DeclarativeStrategy, ExitRules, ExpressionCondition, Hold, SignalCondition
from engine.strategies.spec.exits import ClosingKind, ExitRule
from engine.strategies.spec.triggers import (
    BeforeEvent,
    DeltaBreach,
    OnWeekday,
    ProfitTarget,
    SignalTrigger,
    StopLoss,
    TimeOfDay,
    Trigger,
)
from schemas.errors import InvalidConfiguration
from schemas.run_request import parse_run_request
from schemas.shapes import kind_of
from schemas.strategy import parse_strategy
from tests.reference import REPOSITORY
from tests.schemas.examples import CONDOR, changed
from tests.schemas.test_strategy import SPREAD


def said(*rules: str, settings: str = "") -> str:
    listed = "".join(f"\n    - {{{rule}}}" for rule in rules)
    return f"{SPREAD}exit:\n  rules:{listed}\n{settings}"


def exit_of(text: str) -> ExitRules:
    strategy = parse_strategy(text, "put.yaml")
    assert isinstance(strategy, DeclarativeStrategy)
    return strategy.exit


def test_rules_stand_in_the_order_in_which_they_are_written() -> None:
    rules = exit_of(
        said(
            "kind: stop_loss, percent_of_maximum_loss: 60, legs: [short, long]",
            "kind: time_of_day, at: '15:45', on_last_trading_day: true, weekdays: [friday]",
            "kind: delta_breach, leg: short, above: 0.4",
            "kind: before_event, dates: [2018-02-01], sessions: 2",
            "kind: signal, conditions: [{signal: vix, above: 30}, {when: fast < slow}]",
            "kind: weekday, weekdays: [friday]",
            "kind: hold, dte: 1",
            "kind: profit_target, usd: 100",
        )
    ).rules
    assert rules == (
        StopLoss(kind="stop_loss", percent_of_maximum_loss=60, legs=("short", "long")),
        TimeOfDay(kind="time_of_day", at=time(15, 45), on_last_trading_day=True, weekdays=("friday",)),
        DeltaBreach(kind="delta_breach", leg="short", above=0.4),
        BeforeEvent(kind="before_event", dates=(date(2018, 2, 1),), sessions=2),
        SignalTrigger(
            kind="signal",
            conditions=(SignalCondition(signal="vix", above=30), ExpressionCondition(when="fast < slow")),
        ),
        OnWeekday(kind="weekday", weekdays=("friday",)),
        Hold(kind="hold", dte=1),
        ProfitTarget(kind="profit_target", usd=100),
    )


def test_the_short_form_is_three_rules_in_this_order() -> None:
    short = exit_of(f"{SPREAD}exit: {{dte: 21, profit_target_percent: 50, stop_loss_percent: 200}}")
    listed = exit_of(
        said(
            "kind: stop_loss, percent_of_premium: 200",
            "kind: profit_target, percent_of_premium: 50",
            "kind: dte, days: 21",
        )
    )
    assert short.in_order == listed.in_order


def test_every_kind_that_closes_can_be_named_as_one_that_goes_to_the_market() -> None:
    assert [kind_of(one) for one in get_args(Trigger)] == list(get_args(ClosingKind))
    assert get_args(ExitRule) == (*get_args(Trigger), Hold)


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("percent_of_premium: 50", "exit.rules[0]: `kind` is missing; one of profit_target, stop_loss, trailing_stop"),
        ("kind: stop_los, usd: 1", "exit.rules[0].kind: unknown kind 'stop_los'; did you mean 'stop_loss'?"),
        ("kind: stop_loss, percent: 5", "exit.rules[0].percent: unknown key; did you mean 'percent_of_premium'?"),
        (
            "kind: stop_loss, percent_of_maximum_profit: 5",
            "exit.rules[0].percent_of_maximum_profit: unknown key for kind 'stop_loss'; 'percent_of_maximum_profit' "
            "belongs to `kind: profit_target`",
        ),
        ("kind: stop_loss, usd: 0", "exit.rules[0].usd: expected a value greater than 0, got 0"),
        (
            "kind: profit_target, usd: 5, net_price_usd: 1",
            "exit.rules[0]: profit_target needs exactly one of `percent_of_premium`, `percent_of_maximum_profit`, "
            "`usd`, `net_price_usd`; it has `usd` and `net_price_usd`",
        ),
        (
            "kind: break_even_stop",
            "exit.rules[0]: break_even_stop needs exactly one of `arm_percent_of_premium`, "
            "`arm_percent_of_maximum_profit`, `arm_usd`; it has none of them",
        ),
        (
            "kind: trailing_stop, arm_usd: 5",
            "exit.rules[0]: trailing_stop needs exactly one of `give_back_percent_of_premium`, "
            "`give_back_percent_of_peak`, `give_back_usd`; it has none of them",
        ),
        (
            "kind: time_of_day, at: '15:45+02:00'",
            "exit.rules[0]: 15:45:00+02:00 has a time zone; write the exchange's clock time, e.g. 15:45",
        ),
        ("kind: time_of_day, at: 25 o clock", "exit.rules[0].at: "),
        (
            "kind: weekday, weekdays: [fryday]",
            "exit.rules[0].weekdays[0]: unknown value 'fryday'; did you mean 'friday'?",
        ),
        (
            "kind: delta_breach, leg: short",
            "exit.rules[0]: delta_breach of leg 'short' needs `above`, `below`, or both",
        ),
        (
            "kind: delta_breach, leg: short, above: 0.1, below: 0.3",
            "exit.rules[0]: delta_breach of leg 'short': any delta is above 0.1 or below 0.3; `above` must be the "
            "greater",
        ),
        (
            "kind: price_breach, leg: short, within_usd: 1, within_percent: 1",
            "exit.rules[0]: price_breach of leg 'short' takes `within_usd` or `within_percent`; leave one out",
        ),
        (
            "kind: price_breach, leg: shrt",
            "exit.rules[0].leg: exit.rules[0]: unknown leg 'shrt': did you mean 'short'? valid: long, short",
        ),
        (
            "kind: dte, days: 5, legs: [shrt]",
            "exit.rules[0]: unknown leg 'shrt': did you mean 'short'? valid: long, short",
        ),
        ("kind: signal", "exit.rules[0]: required key 'conditions' is missing"),
        ("kind: signal, conditions: [{when: rank >}]", "exit.rules[0].conditions[0]: 'rank >' is no expression"),
        (
            "kind: before_event",
            "exit.rules[0]: before_event needs exactly one of `event`, `dates`; it has none of them",
        ),
        ("kind: before_event, event: FOMC", "exit.rules ask for 'FOMC'; name the file of its dates: `event_dates`"),
    ],
)
def test_a_wrong_rule_is_named_with_its_path_and_what_was_expected(rule: str, message: str) -> None:
    with pytest.raises(InvalidConfiguration) as caught:
        exit_of(said(rule))
    assert f": {message}" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            said("kind: dte, days: 5", settings="  dte: 5\n"),
            "exit: `rules` stands for all exits; write `dte` as one of its rules, where its turn is",
        ),
        (
            said("kind: hold", "kind: dte, days: 5"),
            "exit: no rule below rules[0] can ever close; give `hold` a `dte`, or make it the last",
        ),
        (
            said("kind: dte, days: 5", settings="  market_after_sessions: 1\n"),
            "exit: `market_after_sessions` needs `limit_spread_fraction`: without it every exit is at the market",
        ),
        (
            said("kind: dte, days: 5", settings="  at_market: [dte]\n"),
            "exit: `at_market` needs `limit_spread_fraction`: without it every exit is at the market",
        ),
    ],
)
def test_exits_that_contradict_themselves_are_refused(text: str, message: str) -> None:
    with pytest.raises(InvalidConfiguration) as caught:
        exit_of(text)
    assert message in str(caught.value)


NAKED = """\
name: naked
structure: short_strangle
underlying: SPX
expirations: {near: {target_dte: 30, min_dte: 20, max_dte: 45}}
legs:
  - {name: short_put, side: sell, right: put, expiration: near, delta: {target: 0.16}}
  - {name: short_call, side: sell, right: call, expiration: near, delta: {target: 0.16}}
exit: {rules: [{kind: stop_loss, percent_of_maximum_loss: 50}]}
"""


CALENDAR = """\
name: calendar
structure: long_call_calendar
underlying: SPX
expirations:
  near: {target_dte: 30, min_dte: 20, max_dte: 45}
  far: {target_dte: 60, min_dte: 50, max_dte: 70}
legs:
  - {name: sold, side: sell, right: call, expiration: near, delta: {target: 0.5}}
  - {name: bought, side: buy, right: call, expiration: far, delta: {target: 0.5}}
exit: {rules: [{kind: stop_loss, percent_of_maximum_loss: 50}]}
"""


def test_percentage_of_an_extreme_that_a_structure_does_not_have_is_refused() -> None:
    with pytest.raises(InvalidConfiguration, match=r"exit.rules\[0\]: short_strangle has no maximum loss"):
        parse_strategy(NAKED)
    parse_strategy(changed("percent_of_maximum_loss: 50", "percent_of_maximum_loss: 50, legs: [short_put]", NAKED))
    parse_strategy(CALENDAR)
    of_profit = changed("stop_loss, percent_of_maximum_loss", "profit_target, percent_of_maximum_profit", CALENDAR)
    with pytest.raises(InvalidConfiguration, match="long_call_calendar has no maximum profit"):
        parse_strategy(of_profit)


@pytest.mark.parametrize(
    ("rule", "path"),
    [
        ("{kind: signal, conditions: [{signal: trent, above: 0}]}", "rules[0].conditions[0].signal"),
        ("{kind: signal, conditions: [{any_of: [{when: trent > trend}]}]}", "rules[0].conditions[0].any_of[0].when"),
    ],
)
def test_signal_that_the_run_does_not_have_is_named(rule: str, path: str) -> None:
    text = changed("      profit_target_percent: 50\n      dte: 7\n", f"      rules: [{rule}]\n", CONDOR)
    with pytest.raises(InvalidConfiguration) as caught:
        parse_run_request(text)
    assert f"strategies[0].exit.{path}: unknown signal 'trent'; did you mean 'trend'?" in str(caught.value)


def test_time_of_day_is_published_as_a_clock_time_without_a_zone() -> None:
    schema = json.loads((REPOSITORY / "schemas" / "strategy.schema.json").read_text())
    at = schema["$defs"]["TimeOfDay"]["properties"]["at"]
    assert {"type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$"} in at["anyOf"]
