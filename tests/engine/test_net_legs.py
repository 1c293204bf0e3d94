"""Books: net by instrument, in parts that stay themselves, whatever way leads to them."""

from collections import Counter
from dataclasses import FrozenInstanceError
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model import Instrument, NetLeg, NetLegs, OptionContract, PartKey, Stock
from tests.builders import call, contract_table, equity_series, put, series

NEAR, LATE, FUND = series(date(2019, 5, 10)), series(date(2019, 6, 21)), equity_series(date(2019, 5, 17), "SPY")
STRIKES = (2800.0, 2850.0, 2900.0)
TABLE = contract_table({NEAR: STRIKES, LATE: STRIKES, FUND: (280.0, 290.0)})
INSTRUMENTS: tuple[Instrument, ...] = (
    *[make(TABLE, one, strike) for one in (NEAR, LATE) for make in (put, call) for strike in STRIKES],
    *[put(TABLE, FUND, strike) for strike in (280.0, 290.0)],
    Stock("SPY"),
)
TRADES = st.lists(
    st.lists(st.builds(NetLeg, st.sampled_from(INSTRUMENTS), st.integers(-2, 2).filter(bool)), min_size=1, max_size=4),
    min_size=1,
    max_size=8,
)


def key_of(instrument: Instrument) -> PartKey:
    if not isinstance(instrument, OptionContract):
        return PartKey(instrument.symbol, date.min, 0, 1)
    one = instrument.series
    return PartKey(one.underlying, one.expires_on, one.settles_at, one.strike_multiplier)


@given(TRADES)
def test_a_book_holds_the_sum_of_all_trades_in_one_order_whatever_way_led_to_it(trades: list[list[NetLeg]]) -> None:
    book, nets = NetLegs(), Counter[Instrument]()
    for trade in trades:
        book = book.after(trade)
        for leg in trade:
            nets[leg.instrument] += leg.quantity
    held = {instrument: quantity for instrument, quantity in nets.items() if quantity}
    assert {leg.instrument: leg.quantity for leg in book} == held
    assert [*book] == sorted(book, key=lambda leg: (key_of(leg.instrument), leg.instrument.symbol))
    assert {key: {key_of(leg.instrument) for leg in legs} for key, legs in book.parts.items()} == {
        key: {key} for key in map(key_of, held)
    }
    at_once = NetLegs.of([leg for trade in trades for leg in trade])
    assert (at_once.legs, [*at_once.parts.items()]) == (book.legs, [*book.parts.items()])
    underlyings = {instrument.underlying for instrument in held}
    assert book.sole_underlying == (underlyings.pop() if len(underlyings) == 1 else None)


@given(TRADES)
def test_a_trade_leaves_the_parts_that_it_does_not_touch_as_they_are(trades: list[list[NetLeg]]) -> None:
    book = NetLegs()
    for trade in trades:
        before, book = book, book.after(trade)
        touched = {key_of(leg.instrument) for leg in trade}
        assert all(book.parts[key] is legs for key, legs in before.parts.items() if key not in touched)


def test_a_trade_leads_from_one_book_to_one_other() -> None:
    held = NetLegs.of([NetLeg(INSTRUMENTS[0], 1)])
    bought, sold = [NetLeg(INSTRUMENTS[1], 1)], [NetLeg(INSTRUMENTS[1], -1)]
    after = held.after(bought)
    assert held.after(list(bought)) is after
    assert [*held.after(sold)] == [NetLeg(INSTRUMENTS[0], 1), NetLeg(INSTRUMENTS[1], -1)]
    assert [*held.after(bought)] == [*after]
    assert NetLegs.of(after) is after


def test_who_looks_at_a_book_cannot_change_what_is_held() -> None:
    (leg,) = NetLegs.of([NetLeg(put(TABLE, NEAR, 2850.0), -1)])
    with pytest.raises(FrozenInstanceError):
        leg.quantity = 5  # type: ignore[misc]  # what is tested
    assert leg.quantity == -1
