"""Prices beside a curve: one level per session, whatever happens to the unit of a price."""

from datetime import date

from engine.benchmark import PriceLevels
from engine.market import Market
from tests.builders import new_york, publish_prices, session_table

MONDAY, TUESDAY, WEDNESDAY = date(2019, 5, 13), date(2019, 5, 14), date(2019, 5, 15)


def test_a_split_moves_the_price_and_not_the_level() -> None:
    market = Market(session_table(MONDAY, WEDNESDAY), {})
    levels = PriceLevels(market)
    levels.restate()
    publish_prices(market, new_york(MONDAY), SPY=400.0)
    levels.end_session()
    market.restate("SPY", "SPY", 0.25)
    levels.restate()
    publish_prices(market, new_york(TUESDAY), SPY=110.0)
    levels.end_session()
    levels.restate()
    publish_prices(market, new_york(WEDNESDAY), SPY=99.0)
    levels.end_session()
    assert levels.by_symbol() == {"SPY": (400.0, 440.0, 396.0)}


def test_a_market_has_no_level_before_its_first_price_and_keeps_its_last() -> None:
    market = Market(session_table(MONDAY, WEDNESDAY), {})
    levels = PriceLevels(market)
    for day, prices in ((MONDAY, {"SPX": 2800.0}), (TUESDAY, {"VIX": 18.0}), (WEDNESDAY, {"VIX": 17.0})):
        levels.restate()
        publish_prices(market, new_york(day), **prices)
        levels.end_session()
    assert levels.by_symbol() == {"SPX": (2800.0, 2800.0, 2800.0), "VIX": (None, 18.0, 17.0)}
