"""What is known of signals: their last value, and none where it was taken back."""

from datetime import date
from math import nan

from engine.events import SignalUpdated
from engine.market import Market
from tests.builders import new_york, session_table

DAY = date(2019, 4, 25)


def test_the_last_value_of_a_signal_stands_until_it_is_taken_back() -> None:
    market, at = Market(session_table(DAY, DAY), {}), new_york(DAY)
    market.on_signal(SignalUpdated(at, "gap", 0.01))
    market.on_signal(SignalUpdated(at, "rank", 0.5))
    market.on_signal(SignalUpdated(at, "gap", 0.02))
    assert market.signals == {"gap": 0.02, "rank": 0.5}
    market.on_signal(SignalUpdated(at, "gap", nan))
    market.on_signal(SignalUpdated(at, "never_had_one", nan))
    assert market.signals == {"rank": 0.5}
