"""Shares trade at their own touch where the data quote them, and without quotes as they did."""

from datetime import date

import pytest

from engine.events import BarArrived, SharesQuoted
from engine.model import Bar, Leg, Stock
from engine.money import to_micros, to_usd
from engine.result import BacktestResult
from tests.builders import new_york
from tests.engine.play import NoMargin, play

DAY, NEXT = date(2019, 5, 13), date(2019, 5, 14)


def bar(day: date, clock: str, price: float) -> BarArrived:
    return BarArrived(new_york(day, clock), Bar("SPY", price, price, price, price, 100.0))


def quote(day: date, clock: str) -> SharesQuoted:
    return SharesQuoted(new_york(day, clock), "SPY", 289.9, 290.3)


def traded(quotes: list[SharesQuoted], ratio: int = 1, last: date = DAY) -> BacktestResult:
    first, second = bar(DAY, "10:00", 290.0), bar(last, "10:30", 290.0)
    order = [Leg(Stock("SPY"), ratio)]
    return play(
        [first, second, *quotes], {first.at: lambda context: context.open(order, quantity=10)}, margin=NoMargin()
    )


@pytest.mark.parametrize(("ratio", "price"), [(1, 290.3), (-1, 289.9)])
def test_shares_are_bought_at_their_ask_and_sold_at_their_bid(ratio: int, price: float) -> None:
    (fill,) = traded([quote(DAY, "10:29")], ratio).fills
    assert to_usd(fill.legs[0].price) == price
    assert (fill.legs[0].bid, fill.legs[0].ask) == (289.9, 290.3)


def test_a_quote_of_the_instant_of_the_bar_counts() -> None:
    (fill,) = traded([quote(DAY, "10:30")]).fills
    assert fill.legs[0].price == to_micros(290.3)


def test_without_a_quote_of_the_day_the_open_counts() -> None:
    (fill,) = traded([quote(DAY, "10:10")], last=NEXT).fills
    assert fill.legs[0].price == to_micros(290.005)
