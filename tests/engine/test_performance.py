"""What a trade remembers of its entry."""

from datetime import date

from engine.model import Leg
from tests.builders import chain, contract_table, new_york, put, series
from tests.engine.play import play

EXPIRY = series(date(2019, 5, 24))
TABLE = contract_table({EXPIRY: range(2700, 2900, 25)})
DAYS = [
    chain(TABLE, new_york(date(2019, 5, 13 + number), "15:45"), price)
    for number, price in enumerate((2812.0, 2830.0, 2790.0))
]
SPREAD = [Leg(put(TABLE, EXPIRY, 2750.0), -1), Leg(put(TABLE, EXPIRY, 2700.0), 1)]


def test_a_trade_knows_the_price_of_the_underlying_when_it_filled_not_when_it_was_decided() -> None:
    result = play(DAYS, {DAYS[0].at: lambda context: context.open(SPREAD, tag="entry")})
    (trade,) = result.trades
    assert (trade.opened_at, trade.entry.spot) == (DAYS[1].at, 2830.0)
