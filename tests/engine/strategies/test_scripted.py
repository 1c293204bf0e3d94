"""A script is carried out at its times, by symbol, and says what it cannot do."""

from datetime import date, datetime
from typing import Any

import pytest

from engine.errors import ConfigurationError
from engine.events import CashMoved, ExerciseWaived, TimeReached
from engine.metrics import statistics
from engine.model import Intent
from engine.money import to_micros, to_usd
from engine.result import BacktestResult
from engine.strategies.script import (
    ScriptedCancel,
    ScriptedCash,
    ScriptedExercise,
    ScriptedLeg,
    ScriptedOrder,
    ScriptedReplacement,
    ScriptLine,
    in_order,
)
from engine.strategies.scripted import ScriptPlayer
from tests.builders import Quote, chain, contract_table, new_york, put, series
from tests.engine.play import NoMargin, cancellations, play, refusals

DAY, NEXT, EXPIRY = date(2019, 4, 25), date(2019, 4, 26), date(2019, 5, 10)
SERIES = series(EXPIRY)
TABLE = contract_table({SERIES: [2850, 2900]})
LOW, HIGH = put(TABLE, SERIES, 2850), put(TABLE, SERIES, 2900)
MORNING, AFTERNOON, LATER = (
    chain(TABLE, new_york(day, clock), 2900.0, quotes={LOW: Quote(2.0, 2.2), HIGH: Quote(bid, bid + 0.2)}.get)
    for day, clock, bid in ((DAY, "10:00", 5.0), (DAY, "15:45", 6.0), (NEXT, "15:45", 4.0))
)


def at(clock: str, day: date = DAY) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}")


def order(clock: str, *legs: tuple[str, int], day: date = DAY, **more: Any) -> ScriptedOrder:
    return ScriptedOrder(
        at=at(clock, day), legs=tuple(ScriptedLeg(symbol=name, quantity=many) for name, many in legs), **more
    )


def carried_out(*lines: ScriptLine) -> BacktestResult:
    player = ScriptPlayer("script", lines)
    return play([MORNING, AFTERNOON, LATER], {}, strategies=[player], margin=NoMargin())


def fills(result: BacktestResult) -> list[tuple[int, list[tuple[str, int, float]]]]:
    return [
        (fill.filled_at, [(leg.instrument.symbol, leg.quantity, to_usd(leg.price)) for leg in fill.legs])
        for fill in result.fills
    ]


def test_an_order_is_decided_at_its_time_and_fills_at_the_next_chain() -> None:
    result = carried_out(order("10:02", (HIGH.symbol, 2), (LOW.symbol, -2)))
    assert fills(result) == [(AFTERNOON.at, [(HIGH.symbol, 2, 6.1), (LOW.symbol, -2, 2.1)])]
    (filled,) = result.fills
    assert filled.decided_at == new_york(DAY, "10:02")
    assert filled.quantity == 2


def test_an_order_of_the_instant_of_a_chain_fills_at_the_next_one() -> None:
    assert fills(carried_out(order("10:00", (HIGH.symbol, 1))))[0][0] == AFTERNOON.at


def test_an_order_before_the_first_chain_fills_there() -> None:
    assert fills(carried_out(order("09:31", (HIGH.symbol, 1))))[0][0] == MORNING.at


def test_symbols_are_known_without_their_blanks() -> None:
    compact = HIGH.symbol.replace(" ", "")
    assert fills(carried_out(order("09:31", (compact, 1)))) == [(MORNING.at, [(HIGH.symbol, 1, 5.1)])]


def test_an_order_with_the_label_of_a_position_changes_it() -> None:
    result = carried_out(
        order("09:31", (HIGH.symbol, 3), position="spread"),
        order("10:30", (LOW.symbol, -3), position="spread"),
        order("15:50", (HIGH.symbol, -1), position="spread"),
    )
    assert [fill.intent for fill in result.fills] == [Intent.OPEN, Intent.OPEN, Intent.CLOSE]
    (position,) = result.open_positions
    assert {leg.instrument.symbol: leg.quantity for leg in position.legs} == {HIGH.symbol: 2, LOW.symbol: -3}


def test_an_order_without_a_label_closes_the_oldest_position_that_holds_its_opposite() -> None:
    result = carried_out(
        order("09:31", (HIGH.symbol, 1)), order("09:32", (HIGH.symbol, 1)), order("10:30", (HIGH.symbol, -1))
    )
    assert [position.position_id for position in result.open_positions] == [2]


def test_an_order_that_only_closes_trades_no_more_than_its_position_holds() -> None:
    result = carried_out(
        order("09:31", (HIGH.symbol, 3), position="puts"),
        order("10:30", (HIGH.symbol, -5), (LOW.symbol, 2), position="puts", effect="close"),
    )
    assert [(fill.intent, leg.quantity) for fill in result.fills for leg in fill.legs] == [
        (Intent.OPEN, 3),
        (Intent.CLOSE, -3),
    ]
    assert result.open_positions == ()


def test_an_order_that_only_closes_is_declined_where_nothing_is_held() -> None:
    result = carried_out(order("10:30", (HIGH.symbol, -1), position="puts", effect="close"))
    assert result.fills == ()
    assert result.funnel["script"] == {"script: close: nothing held": 1}


def test_a_day_order_ends_with_its_session_and_a_lasting_one_does_not() -> None:
    gone = contract_table({SERIES: [2850, 2900, 2950]})
    missing = put(gone, SERIES, 2950).symbol

    def waits(**more: Any) -> BacktestResult:
        days = [
            chain(
                gone,
                new_york(day, "15:45"),
                2900.0,
                quotes=({} if day == DAY else {put(gone, SERIES, 2950): Quote()}).get,
            )
            for day in (DAY, NEXT)
        ]
        lines = [order("09:31", (missing, 1), **more)]
        return play(days, {}, strategies=[ScriptPlayer("script", lines)], margin=NoMargin())

    assert cancellations(waits()) == ["the day ended"]
    assert len(waits(time_in_force="gtc").fills) == 1


def test_cash_moves_and_the_books_balance() -> None:
    result = carried_out(
        ScriptedCash(at=at("09:45"), amount_usd=500.0, reason="gift"), ScriptedCash(at=at("11:00"), amount_usd=-125.5)
    )
    moved = [(event.amount, event.reason) for event in result.event_log if isinstance(event, CashMoved)]
    assert moved == [(to_micros(500.0), "gift"), (to_micros(-125.5), "external")]
    assert result.totals.external_flows == to_micros(374.5)
    assert result.totals.final_cash == result.totals.initial_cash + to_micros(374.5)


def test_an_instruction_not_to_exercise_reaches_the_position_that_holds_the_contract() -> None:
    result = carried_out(
        order("09:31", (HIGH.symbol, 1)),
        ScriptedExercise(at=at("11:00"), symbol=HIGH.symbol, instruction="do_not_exercise"),
    )
    assert [event.position_id for event in result.event_log if isinstance(event, ExerciseWaived)] == [1]


def test_an_instruction_on_what_nobody_holds_is_counted() -> None:
    result = carried_out(ScriptedExercise(at=at("11:00"), symbol=HIGH.symbol, instruction="do_not_exercise"))
    assert result.funnel["script"] == {"script: do_not_exercise: nothing held": 1}


def test_a_symbol_that_the_data_do_not_hold_is_named_before_the_first_order() -> None:
    with pytest.raises(ConfigurationError, match=r"2019-04-25 09:31 SPXW  190510P09999000: .* is not in the data"):
        carried_out(order("09:31", ("SPXW  190510P09999000", 1)))


def test_a_day_without_a_session_is_named() -> None:
    with pytest.raises(ConfigurationError, match=r"2019-04-27 10:00 .*: the exchange has no session on that day"):
        carried_out(order("10:00", (HIGH.symbol, 1), day=date(2019, 4, 27)))


def test_an_order_larger_than_cash_is_refused_at_its_fill() -> None:
    player = ScriptPlayer("script", [order("09:31", (HIGH.symbol, 1_000))])
    result = play([MORNING, AFTERNOON], {}, strategies=[player])
    assert refusals(result) == ["buying_power"]
    assert not result.fills


def test_lines_of_one_time_move_cash_first_then_instruct_then_order() -> None:
    cash = ScriptedCash(at=at("10:00"), amount_usd=1.0)
    exercise, trade = ScriptedExercise(at=at("10:00"), symbol="X"), order("10:00", ("X", 1))
    assert in_order([trade, exercise, cash]) == (cash, exercise, trade)


def test_a_time_with_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="has a time zone; write the exchange's clock time"):
        ScriptedCash(at=datetime.fromisoformat("2019-04-25T10:00Z"), amount_usd=1.0)


def test_a_time_that_nobody_asked_for_is_not_in_the_log() -> None:
    assert not [event for event in play([MORNING], {}).event_log if isinstance(event, TimeReached)]


def test_deposits_and_withdrawals_are_no_returns() -> None:
    trade = order("09:31", (HIGH.symbol, 10))
    plain = statistics(carried_out(trade))
    moved = statistics(carried_out(trade, ScriptedCash(at=at("11:00"), amount_usd=50_000.0)))
    first_day = (6.1 - 5.1) * 1_000  # made in the afternoon, after the deposit
    second_day = (4.1 - 6.1) * 1_000
    assert plain.returns.total == pytest.approx((1 + first_day / 100_000) * (1 + second_day / 101_000) - 1)
    assert moved.returns.total == pytest.approx((1 + first_day / 150_000) * (1 + second_day / 151_000) - 1)
    assert moved.drawdown.max == pytest.approx(second_day / 151_000)


# --- terms, changes -------------------------------------------------------------------------------------------------


def spent(result: BacktestResult) -> list[tuple[int, float]]:
    return [(fill.filled_at, to_usd(-fill.cash) / 100 / fill.quantity) for fill in result.fills]


@pytest.mark.parametrize(
    ("legs", "terms", "filled"),
    [
        ([(HIGH.symbol, 1)], {"limit_usd": 5.0, "time_in_force": "gtc"}, [(LATER.at, 4.2)]),  # the ask, better than 5
        ([(HIGH.symbol, 2), (LOW.symbol, -2)], {"limit_usd": 3.5, "time_in_force": "gtc"}, [(LATER.at, 2.2)]),
        ([(HIGH.symbol, 1)], {"limit_usd": 5.0}, []),
        ([(HIGH.symbol, 1)], {"stop_usd": 6.0}, [(AFTERNOON.at, 6.1)]),
        ([(HIGH.symbol, 1)], {"stop_usd": 7.0, "time_in_force": "gtc"}, []),
        ([(HIGH.symbol, -1)], {"stop_usd": -4.5, "time_in_force": "gtc"}, [(LATER.at, -4.1)]),
        ([(HIGH.symbol, 1)], {"stop_usd": 6.0, "limit_usd": 6.05, "time_in_force": "gtc"}, [(LATER.at, 4.2)]),
        ([(HIGH.symbol, 1)], {"kind": "market_on_close"}, [(AFTERNOON.at, 6.1)]),
        ([(HIGH.symbol, 1)], {"limit_usd": 5.0, "good_until": NEXT}, [(LATER.at, 4.2)]),
        ([(HIGH.symbol, 1)], {"limit_usd": 5.0, "good_until": DAY}, []),
    ],
)
def test_an_order_names_its_terms(
    legs: list[tuple[str, int]], terms: dict[str, Any], filled: list[tuple[int, float]]
) -> None:
    assert spent(carried_out(order("10:02" if "kind" not in terms else "09:31", *legs, **terms))) == filled


def test_a_cancelled_order_does_not_trade() -> None:
    resting = order("09:31", (HIGH.symbol, 1), label="cheap", limit_usd=5.0, time_in_force="gtc")
    assert len(carried_out(resting).fills) == 1
    result = carried_out(resting, ScriptedCancel(at=at("16:00"), order="cheap"))
    assert not result.fills
    assert cancellations(result) == ["script"]


def test_a_replaced_order_has_other_terms_under_its_old_label() -> None:
    result = carried_out(
        order("09:31", (HIGH.symbol, 1), label="cheap", position="put", limit_usd=3.0, time_in_force="gtc"),
        ScriptedReplacement(at=at("11:00"), order="cheap", limit_usd=3.5),
        ScriptedReplacement(at=at("12:00"), order="cheap", limit_usd=6.2, quantity=2),
        order("09:31", (HIGH.symbol, -2), day=NEXT, position="put"),
    )
    assert cancellations(result) == ["replaced by order 2", "replaced by order 3"]
    assert [(fill.order_id, fill.position_id, fill.quantity) for fill in result.fills] == [(3, 3, 2), (4, 3, 2)]
    assert not result.open_positions


def test_a_change_of_an_order_that_is_over_is_counted() -> None:
    result = carried_out(
        order("09:31", (HIGH.symbol, 1), label="one"),
        ScriptedCancel(at=at("11:00"), order="one"),
        ScriptedReplacement(at=at("11:00"), order="one", limit_usd=1.0),
    )
    assert result.funnel["script"] == {
        "script: cancel: the order is over": 1,
        "script: replace: the order is over": 1,
    }
    assert len(result.fills) == 1


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([ScriptedCancel(at=at("11:00"), order="one")], "2019-04-25 11:00 cancel one: no earlier order is labelled"),
        (
            [order("12:00", (HIGH.symbol, 1), label="one"), ScriptedCancel(at=at("11:00"), order="one")],
            "cancel one: no earlier order is labelled 'one'",
        ),
        ([order("12:00", (HIGH.symbol, 1), label="one")] * 2, "two orders are labelled 'one'"),
    ],
)
def test_a_label_that_is_not_clear_is_named_before_the_first_order(lines: list[ScriptLine], said: str) -> None:
    with pytest.raises(ConfigurationError, match=said):
        carried_out(*lines)


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ({"kind": "market_on_close", "limit_usd": 1.0}, "takes neither limit_usd nor stop_usd"),
        ({"good_until": NEXT, "time_in_force": "gtc"}, "leave one out"),
        ({"good_until": date(2019, 4, 24)}, "good_until 2019-04-24 is before the order"),
        ({"limit_usd": float("nan")}, "limit_usd is nan; write a net price"),
    ],
)
def test_terms_that_contradict_each_other_are_refused(terms: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        order("09:31", (HIGH.symbol, 1), **terms)
