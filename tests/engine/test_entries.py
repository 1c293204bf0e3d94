"""Entries through the whole engine: said and programmed alike, on the exchange's clock, after losses, with room."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from engine.events import OrderRequested
from engine.instants import iso
from engine.model import ChainSnapshot, ContractTable, Leg, Right
from engine.result import BacktestResult
from engine.strategies.declarative import SpecifiedStrategy
from engine.strategies.entries import EntryGate
from engine.strategies.event_dates import EventDates
from engine.strategies.exits import Exits
from engine.strategies.named_legs import NamedLegs
from engine.strategies.selectors import NoMatch, select_expiration, select_strike
from engine.strategies.spec import (
    CoolDown,
    DeclarativeStrategy,
    DeltaTarget,
    EntryRules,
    EntrySchedule,
    EventCondition,
    ExitRules,
    ExpirationSpec,
    LegSpec,
    NoneOf,
)
from engine.strategy import Strategy, StrategyContext
from tests.builders import chain, contract_table, model_quotes, new_york, series, weekdays
from tests.engine.play import NoMargin, config, play

SHORT_DELTA = DeltaTarget(target=0.3)
SHORT_PUT = LegSpec(name="short_put", side="sell", right="put", expiration="weekly", delta=SHORT_DELTA)
WEEKLY = ExpirationSpec(target_dte=14, min_dte=8, max_dte=20)
SALE = DeclarativeStrategy(
    name="sale", structure="short_put", underlying="SPX", expirations={"weekly": WEEKLY}, legs=(SHORT_PUT,)
)


def market(
    first: date, last: date, clocks: Sequence[str] = ("15:30", "15:45"), step: float = 0.0
) -> list[ChainSnapshot]:
    """Chains of every weekday of the range, the price by `step` higher from day to day."""
    days = weekdays(first, last)
    fridays = [day for day in weekdays(first, last + timedelta(days=21)) if day.weekday() == 4]
    table = contract_table({series(day): range(2600, 2900, 25) for day in fridays})
    return [_quoted(table, day, clock, 2800.0 + step * number) for number, day in enumerate(days) for clock in clocks]


def _quoted(table: ContractTable, day: date, clock: str, price: float) -> ChainSnapshot:
    at = new_york(day, clock)
    return chain(table, at, price, quotes=model_quotes(at, price, half_spread=0.05))


def played(
    strategies: Sequence[Strategy], chains: Sequence[ChainSnapshot], first: date = date(2019, 1, 2)
) -> BacktestResult:
    return play(chains, {}, strategies=strategies, run=config(start=first), margin=NoMargin())


def entries(result: BacktestResult) -> list[str]:
    """When entries were decided, UTC."""
    return [iso(one.at) for one in result.event_log if isinstance(one, OrderRequested) and one.order.tag == "entry"]


# --- clocks -----------------------------------------------------------------------------------------------------

AT_A_QUARTER_TO_FOUR = EntryRules(
    schedule=EntrySchedule(times=(time(15, 45),), tolerance_minutes=0, weekdays=("friday", "monday")),
    max_open_positions=9,
)


@pytest.mark.parametrize(
    ("first", "last", "decided"),
    [
        (date(2019, 3, 7), date(2019, 3, 12), ["2019-03-08T20:45:00Z", "2019-03-11T19:45:00Z"]),
        (date(2019, 10, 31), date(2019, 11, 5), ["2019-11-01T19:45:00Z", "2019-11-04T20:45:00Z"]),
    ],
)
def test_t29_entries_stay_at_a_quarter_to_four_in_runs_across_the_change_of_clocks(
    first: date, last: date, decided: list[str]
) -> None:
    strategy = SpecifiedStrategy(replace(SALE, entry=AT_A_QUARTER_TO_FOUR))
    assert entries(played([strategy], market(first, last))) == decided


AT_EXACT_DTE = replace(
    SALE,
    entry=EntryRules(schedule=EntrySchedule(times=(time(15, 45),), dte={"weekly": 14}), max_open_positions=9),
)


@pytest.mark.usefixtures("tokyo")
def test_t28_days_to_expiration_are_exchange_dates_on_a_machine_in_tokyo() -> None:
    """At 15:45 in New York it is the next day in Tokyo, from which the same expiration is a day nearer."""
    assert datetime.fromtimestamp(new_york(date(2019, 3, 8), "15:45") // 10**9).day == 9  # noqa: DTZ006
    result = played([SpecifiedStrategy(AT_EXACT_DTE)], market(date(2019, 3, 4), date(2019, 3, 15)))
    assert entries(result) == ["2019-03-08T20:45:00Z", "2019-03-15T19:45:00Z"]
    assert [trade.legs[0].symbol.split()[1][:6] for trade in result.trades] == ["190322"]


# --- said and programmed ----------------------------------------------------------------------------------------


class ProgrammedSale(Strategy):
    """The sale as a program: exits, then the gate, then expiration and strike."""

    def __init__(self, rules: EntryRules, exits: ExitRules, events: EventDates) -> None:
        super().__init__("sale", None)
        self.gate, self.exits, self.when_full = EntryGate(rules, events), Exits(exits, NamedLegs()), rules.when_full

    def on_snapshot(self, context: StrategyContext, snapshot: ChainSnapshot) -> None:
        leaving = self.exits.act(context, snapshot).whole
        legs = self.gate.shut(context) or self.chosen(context, snapshot)
        if isinstance(legs, NoMatch):
            context.decline(legs.stage, legs.reason)
            return
        for position in self.gate.room_to_make(context, leaving):
            context.close(position, tag="room_for_entry")
        self.gate.entered(context, context.open(legs, structure="short_put"))

    def chosen(self, context: StrategyContext, snapshot: ChainSnapshot) -> tuple[Leg, ...] | NoMatch:
        expiration = select_expiration(snapshot, context.today, WEEKLY)
        if isinstance(expiration, NoMatch):
            return NoMatch(expiration.stage, f"weekly:{expiration.reason}")
        unfit = self.gate.unfit(context, {"weekly": snapshot.contracts.series[expiration].expires_on})
        if unfit is not None:
            return unfit
        context.passed("expiration")
        sold = select_strike(snapshot, expiration, Right.PUT, "sell", SHORT_DELTA)
        if isinstance(sold, NoMatch):
            return NoMatch(sold.stage, f"short_put:{sold.reason}")
        context.passed("legs")
        context.passed("geometry")
        return (Leg(sold, -1),)


FOMC = EventDates({"FOMC": [date(2019, 3, 20), date(2019, 5, 1)]})
RULES = {
    "schedule": EntryRules(
        schedule=EntrySchedule(minutes_before_close=(15,), sessions_of_week=(1, -1)), max_open_positions=4
    ),
    "events": EntryRules(
        conditions=(NoneOf(none_of=(EventCondition(event="FOMC", from_sessions=-2, to_sessions=1),)),),
        max_entries_per_day=1,
        max_open_positions=6,
    ),
    "rests": EntryRules(
        cool_down=(CoolDown(after="loss", sessions=3), CoolDown(after="close")), max_entries_per_week=3
    ),
    "room": EntryRules(max_open_positions=2, max_entries_per_day=1, when_full="close_oldest"),
    "expirations": EntryRules(max_open_positions=5, max_open_per_expiration=1),
}


@pytest.mark.parametrize("name", RULES)
def test_said_and_programmed_entries_have_the_same_event_log_and_funnel(name: str) -> None:
    rules, exits = RULES[name], ExitRules(stop_loss_percent=60, profit_target_percent=40, dte=3)
    chains = market(date(2019, 3, 4), date(2019, 4, 5), step=-4.0)
    said = played([SpecifiedStrategy(replace(SALE, entry=rules, exit=exits, event_dates="fomc.csv"), FOMC)], chains)
    programmed = played([ProgrammedSale(rules, exits, FOMC)], chains)
    assert said.event_log_hash == programmed.event_log_hash
    assert said.funnel == programmed.funnel
    assert len(said.trades) > 2
    assert any(not key.endswith(": passed") for key in said.funnel["sale"])


# --- what the book remembers ------------------------------------------------------------------------------------


class Reader(SpecifiedStrategy):
    """Writes down what it is told of positions that are over."""

    closed: tuple[tuple[int, int, str], ...] = ()

    def on_snapshot(self, context: StrategyContext, snapshot: ChainSnapshot) -> None:
        super().on_snapshot(context, snapshot)
        self.closed = tuple(
            (one.position.position_id, one.position.realised - one.position.fees, iso(one.closed_at)[:10])
            for one in context.closed
        )


def test_the_book_remembers_what_every_position_brought_closed_or_expired() -> None:
    exits = ExitRules(profit_target_percent=60)
    reader = Reader(replace(SALE, entry=EntryRules(max_open_positions=3, max_entries_per_day=1), exit=exits))
    result = played([reader], market(date(2019, 3, 4), date(2019, 4, 12), step=4.0))
    over = [trade for trade in result.trades if trade.exit_reason != "open_at_end"]
    assert {trade.exit_reason for trade in over} <= {"profit_target", "expiration"}
    assert len(over) > 2
    assert sorted((number, profit) for number, profit, _ in reader.closed) == [
        (trade.position_id, trade.profit) for trade in over
    ]


def test_a_loss_keeps_the_strategy_out_for_its_sessions() -> None:
    exits = ExitRules(stop_loss_percent=30)
    chains = market(date(2019, 3, 4), date(2019, 3, 29), ("15:45",), step=-12.0)
    hasty = played([SpecifiedStrategy(replace(SALE, exit=exits))], chains)
    rules = EntryRules(cool_down=(CoolDown(after="loss", sessions=4),))
    rested = played([SpecifiedStrategy(replace(SALE, entry=rules, exit=exits))], chains)
    closed = [trade.closed_at for trade in rested.trades if trade.exit_reason == "stop_loss"]
    decided = entries(rested)
    assert len(closed) >= 2
    assert len(decided) < len(entries(hasty))
    for at in closed:
        assert at is not None
        day = date.fromisoformat(iso(at)[:10])
        following = [date.fromisoformat(text[:10]) for text in decided if text > iso(at)]
        assert all(len(weekdays(day, entry)) > 4 for entry in following)
    assert rested.funnel["sale"]["pace: after_loss"] >= 4


def test_with_close_oldest_there_is_an_entry_every_day_and_never_more_open_than_allowed() -> None:
    rules = EntryRules(max_open_positions=2, max_entries_per_day=1, when_full="close_oldest")
    result = played([SpecifiedStrategy(replace(SALE, entry=rules))], market(date(2019, 3, 4), date(2019, 3, 15)))
    assert len(entries(result)) == 10
    assert [trade.exit_reason for trade in result.trades] == ["room_for_entry"] * 8 + ["open_at_end"] * 2
    for older, younger in zip(result.trades[:-2], result.trades[2:], strict=True):
        assert older.closed_at == younger.opened_at
