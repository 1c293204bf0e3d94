"""Books of a run at the prices of its market: as the portfolio marks them, whatever a chain holds."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from engine.margin.priced_books import BookPricer, OrderedBook
from engine.margin.priced_plan import Held
from engine.market import Market
from engine.marks import mark_option
from engine.model import ChainSnapshot, NetLeg, NetLegs, OptionContract, QuoteFlag, Stock, Underlying, UnderlyingKind
from engine.money import to_micros, to_usd
from engine.risk_config import MarginOptions
from tests.builders import Quote, call, chain, contract_table, new_york, publish_prices, put, series, session_table

NOW = new_york(date(2019, 4, 25), "15:45")
NEAR, FAR = series(date(2019, 5, 10)), series(date(2019, 6, 7))
TABLE = contract_table({NEAR: range(2700, 3110, 50), FAR: range(2700, 3110, 50)})
LOW, MIDDLE, HIGH = put(TABLE, NEAR, 2800), call(TABLE, NEAR, 2900), put(TABLE, FAR, 2950)
LAST = TABLE.contract(len(TABLE) - 1)
HELD = (HIGH, LOW, LAST, MIDDLE)


def market_with(snapshot: ChainSnapshot | None) -> Market:
    """SPX at 2,900."""
    made = Market(
        session_table(date(2019, 4, 1), date(2019, 5, 31)), {"SPX": Underlying("SPX", UnderlyingKind.INDEX)}, now=NOW
    )
    publish_prices(made, NOW, SPX=2900.0, SPY=290.0)
    if snapshot is not None:
        made.snapshots["SPX"] = snapshot
    return made


def priced(pricer: BookPricer, *legs: NetLeg) -> list[tuple[OrderedBook, Held]]:
    return pricer.books([*NetLegs.of(legs).parts.items()])


def prices_of(snapshot: ChainSnapshot | None) -> Mapping[OptionContract, float]:
    pricer = BookPricer(MarginOptions(), market_with(snapshot))
    [(book, held)] = priced(pricer, *(NetLeg(contract, -1) for contract in HELD))
    return dict(zip(book.contracts, held.options.price.tolist(), strict=True))


def flagged(snapshot: ChainSnapshot, flags: Mapping[OptionContract, QuoteFlag]) -> ChainSnapshot:
    column = snapshot.flags.copy()
    for contract, flag in flags.items():
        column[np.searchsorted(snapshot.contract_id, contract.contract_id)] = flag
    return replace(snapshot, flags=column)


QUOTED = chain(TABLE, NOW, 2900.0, changes={LOW: Quote(8.0, 9.05), HIGH: Quote(70.333333, 71.0)})
CHAINS = {
    "all quoted": QUOTED,
    "some are not": chain(TABLE, NOW, 2900.0, changes={LOW: None, LAST: None}),
    "flags that leave no middle": flagged(
        QUOTED, {LOW: QuoteFlag.NO_BID, HIGH: QuoteFlag.CROSSED | QuoteFlag.ARBITRAGE, LAST: QuoteFlag.NO_ASK}
    ),
    "a flag that leaves the middle": flagged(QUOTED, {HIGH: QuoteFlag.ARBITRAGE}),
    "none of the book": chain(TABLE, NOW, 2900.0, changes=dict.fromkeys(HELD)),
    "nothing": chain(TABLE, NOW, 2900.0, changes=dict.fromkeys(map(TABLE.contract, range(len(TABLE))))),
}


@pytest.mark.parametrize("name", CHAINS)
def test_options_have_the_marks_of_the_portfolio(name: str) -> None:
    snapshot = CHAINS[name]
    marks = {one: mark_option(one, snapshot, snapshot.row(one.contract_id), None).price for one in HELD}
    assert prices_of(snapshot) == {one: to_usd(mark) for one, mark in marks.items()}


def test_options_are_worth_exercise_before_the_first_chain() -> None:
    assert prices_of(None) == {one: to_usd(to_micros(one.intrinsic(2900.0))) for one in HELD}


def test_a_quote_that_is_no_number_and_has_no_flag_is_an_error() -> None:
    with pytest.raises(ValueError, match="NaN"):
        prices_of(chain(TABLE, NOW, 2900.0, changes={LOW: Quote(np.nan, 9.0)}))


def test_books_follow_the_legs_and_the_prices_that_are_asked_for() -> None:
    market = market_with(QUOTED)
    pricer = BookPricer(MarginOptions(), market)
    short, long, shares = NetLeg(LOW, -2), NetLeg(HIGH, 1), NetLeg(Stock("SPY"), 55)
    [(first, at_first)] = priced(pricer, short, long)
    assert [(leg.strike, leg.quantity) for leg in first.options] == [(2800.0, -2), (2950.0, 1)]
    publish_prices(market, NOW, SPX=2890.0)
    [(second, at_second)] = priced(pricer, long, short)
    assert second is first
    assert (at_first.spot.price, at_second.spot.price) == (2900.0, 2890.0)
    both = priced(pricer, short, shares)
    assert [(book.underlying, book.shares, len(book.options)) for book, _ in both] == [("SPX", 0, 1), ("SPY", 55, 0)]
    assert priced(pricer, short, long)[0][0] is first
