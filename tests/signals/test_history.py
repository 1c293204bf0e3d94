"""The history of signals, and what stood when."""

import asyncio
from datetime import date
from math import nan

import numpy as np

from engine.events import BarArrived, SignalUpdated, SnapshotArrived
from engine.model import Bar
from signals.history import SignalHistory, SignalSeries
from tests.builders import chain, contract_table, new_york, series, session_table

MONDAY, TUESDAY = date(2019, 4, 22), date(2019, 4, 23)
SESSIONS = session_table(MONDAY, TUESDAY)
SERIES = SignalSeries(
    np.array([new_york(MONDAY, "10:00"), new_york(MONDAY, "16:00"), new_york(TUESDAY, "10:00")]),
    np.array([1.0, 2.0, nan]),
)


def test_every_value_is_kept_by_name_in_order() -> None:
    history = SignalHistory()
    handler = history.handlers(lambda event: None)[SignalUpdated]

    async def publish() -> None:
        for event in (SignalUpdated(1, "b", 5.0), SignalUpdated(1, "a", 6.0), SignalUpdated(2, "b", nan)):
            await handler(event)

    asyncio.run(publish())
    assert history.names == ("b", "a")
    assert history.series("b").at.tolist() == [1, 2]
    np.testing.assert_array_equal(history.series("b").values, [5.0, nan])
    assert len(history.series("silent").at) == 0


def test_prices_are_kept_by_market_beside_chains_and_at_the_ends_of_bars() -> None:
    history = SignalHistory()
    handlers = history.handlers(lambda event: None)
    snapshot = chain(contract_table({series(TUESDAY): [2800]}), new_york(MONDAY, "15:45"), 2900.0)
    bar = Bar("VIX", 13.0, 14.0, 12.0, 13.5, 0.0)

    async def publish() -> None:
        await handlers[SnapshotArrived](SnapshotArrived(snapshot.at, snapshot))
        await handlers[BarArrived](BarArrived(new_york(MONDAY, "16:00"), bar))

    asyncio.run(publish())
    assert (history.prices("SPX").at.tolist(), history.prices("SPX").values.tolist()) == ([snapshot.at], [2900.0])
    assert history.prices("VIX").values.tolist() == [13.5]


def test_a_value_stands_from_its_publication_on() -> None:
    asked = [
        new_york(MONDAY, "09:59"),
        new_york(MONDAY, "10:00"),
        new_york(MONDAY, "16:01"),
        new_york(TUESDAY, "16:00"),
    ]
    np.testing.assert_array_equal(SERIES.known_at(asked), [nan, 1.0, 2.0, nan])


def test_a_session_has_the_value_after_its_last_event() -> None:
    closes = SERIES.at_closes(SESSIONS)
    assert closes.at.tolist() == [new_york(MONDAY, "16:00"), new_york(TUESDAY, "10:00")]
    np.testing.assert_array_equal(closes.values, [2.0, nan])


def test_nothing_published_is_known_nowhere() -> None:
    empty = SignalHistory().series("none")
    assert np.isnan(empty.known_at([1, 2])).all()
    assert len(empty.at_closes(SESSIONS).at) == 0
