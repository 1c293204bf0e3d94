"""Where volatility stood when a trade was opened: from the run's own chains, in the run's own words."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.events import BarArrived, SnapshotArrived
from engine.implied import at_the_money_iv, constant_maturity_iv
from engine.market import Market
from engine.metrics.groups import iv_rank_bucket, vix_bucket
from engine.model import Bar, ChainSnapshot, ContractTable, Leg, OptionContract, QuoteFlag
from engine.volatility_standing import LEAST_SESSIONS, VolatilityStanding
from tests.builders import Quote, chain, contract_table, new_york, put, series, session_table, weekdays
from tests.engine.play import Script, config, play

NEAR, FAR = series(date(2019, 6, 7)), series(date(2019, 8, 16))
TABLE = contract_table({NEAR: range(2700, 2950, 25), FAR: range(2700, 2950, 25)})
DAYS = weekdays(date(2019, 4, 1), date(2019, 7, 31))


def at(day: date, volatility: float, clock: str = "15:45") -> ChainSnapshot:
    """A chain whose every contract has this volatility, whatever expires within 30 days."""
    ends = contract_table({series(day + timedelta(days=ahead)): [2800.0, 2825.0] for ahead in (20, 50)})
    return chain(ends, new_york(day, clock), 2812.0, quotes=lambda _: Quote(5.0, 5.2, implied_volatility=volatility))


def standing_after(volatilities: list[float]) -> VolatilityStanding:
    """One chain a session; the market has seen all of them."""
    market = Market(session_table(DAYS[0], DAYS[-1]), {})
    standing = VolatilityStanding(market)
    for day, volatility in zip(DAYS, volatilities, strict=False):
        event = SnapshotArrived(new_york(day, "15:45"), at(day, volatility))
        standing.on_snapshot(event)
        market.on_snapshot(event)
    return standing


def test_the_present_stands_between_the_low_and_the_high_of_the_sessions() -> None:
    volatilities = [0.10, 0.30, *[0.20] * (LEAST_SESSIONS - 3), 0.25]
    assert standing_after(volatilities).rank("SPX") == pytest.approx(0.75)
    assert standing_after([*volatilities[:-1], 0.35]).rank("SPX") == 1.0


def test_before_the_sixtieth_session_there_is_no_rank() -> None:
    assert standing_after([0.10, 0.30, *[0.20] * (LEAST_SESSIONS - 3)]).rank("SPX") is None
    assert standing_after([0.20] * LEAST_SESSIONS).rank("SPX") is None
    assert standing_after([]).rank("SPX") is None


def test_a_session_counts_with_its_last_chain() -> None:
    market = Market(session_table(DAYS[0], DAYS[-1]), {})
    standing = VolatilityStanding(market)
    for day in DAYS[:LEAST_SESSIONS]:
        for clock, volatility in (("10:00", 0.90), ("15:45", 0.20)):
            event = SnapshotArrived(new_york(day, clock), at(day, volatility, clock))
            standing.on_snapshot(event)
            market.on_snapshot(event)
    assert standing.rank("SPX") is None
    later = DAYS[LEAST_SESSIONS]
    event = SnapshotArrived(new_york(later, "10:00"), at(later, 0.30, "10:00"))
    standing.on_snapshot(event)
    market.on_snapshot(event)
    assert standing.rank("SPX") == 1.0


def rising_market(days: Sequence[date]) -> tuple[ContractTable, list[ChainSnapshot]]:
    """A chain a session whose volatility rises a little every day."""
    ends = {series(day + timedelta(days=ahead)) for day in days for ahead in (20, 50)}
    table = contract_table({end: [2775.0, 2800.0, 2825.0] for end in sorted(ends, key=lambda one: one.order_key)})

    def risen(place: int) -> Callable[[OptionContract], Quote]:
        return lambda _: Quote(5.0, 5.2, implied_volatility=0.1 + place / 1_000)

    return table, [chain(table, new_york(day, "15:45"), 2812.0, quotes=risen(place)) for place, day in enumerate(days)]


def test_a_trade_is_told_apart_by_what_was_known_at_its_entry() -> None:
    days = DAYS[: LEAST_SESSIONS + 5]
    table, chains = rising_market(days)
    long = put(table, series(days[-2] + timedelta(days=50)), 2800.0)
    script: Script = {
        chains[3].at: lambda context: context.open([Leg(long, 1)], quantity=1),
        chains[-2].at: lambda context: context.open([Leg(long, 1)], quantity=1),
    }
    early, late = play(chains, script).trades
    assert (early.entry.iv_rank, late.entry.iv_rank, late.entry.vix) == (None, 1.0, None)
    assert (iv_rank_bucket(early), iv_rank_bucket(late)) == ("unknown", "0.8 and above")
    noted = replace(late, entry=replace(late.entry, iv_rank=0.2, vix=14.99))
    assert (iv_rank_bucket(noted), vix_bucket(noted)) == ("0.2 to 0.4", "12 to 15")


def test_the_sessions_of_the_warm_up_are_remembered() -> None:
    days = DAYS[: LEAST_SESSIONS + 5]
    table, chains = rising_market(days)
    long = put(table, series(days[-2] + timedelta(days=50)), 2800.0)
    script: Script = {chains[-2].at: lambda context: context.open([Leg(long, 1)], quantity=1)}
    (trade,) = play(chains, script, run=config(start=days[-3])).trades
    assert trade.entry.iv_rank == 1.0
    (unknown,) = play(chains[-3:], script, run=config(start=days[-3])).trades
    assert unknown.entry.iv_rank is None


def test_the_last_vix_before_the_fill_is_noted_where_the_run_reads_it() -> None:
    chains = [chain(TABLE, new_york(day, "15:45"), 2812.0) for day in DAYS[30:33]]
    bars = [
        BarArrived(new_york(day, "15:00"), Bar("VIX", vix, vix, vix, vix, 0.0))
        for day, vix in zip(DAYS[30:33], (15.0, 16.5, 30.0), strict=True)
    ]
    long = put(TABLE, FAR, 2800.0)
    (trade,) = play([*chains, *bars], {chains[0].at: lambda context: context.open([Leg(long, 1)], quantity=1)}).trades
    assert trade.entry.vix == 16.5
    assert vix_bucket(trade) == "15 to 20"


def searched(snapshot: ChainSnapshot, place: int) -> float | None:
    """The same, under a name that the short way does not know."""
    return at_the_money_iv(snapshot, place)


@settings(max_examples=60)
@given(st.data())
def test_the_short_way_finds_what_the_search_finds(data: st.DataObject) -> None:
    quoted = st.none() | st.builds(
        Quote,
        implied_volatility=st.floats(0.05, 0.9) | st.just(float("nan")),
        flags=st.sampled_from([QuoteFlag(0), QuoteFlag(0), QuoteFlag(0), QuoteFlag.NO_BID]),
    )
    good = st.floats(0.05, 0.9).map(lambda iv: Quote(implied_volatility=iv))
    mostly = data.draw(st.sampled_from([good, quoted]))
    quotes = {one: data.draw(mostly) for one in map(TABLE.contract, range(len(TABLE)))}
    price = data.draw(st.floats(2650.0, 2950.0) | st.just(2800.0))

    def quote(contract: OptionContract) -> Quote | None:
        return quotes[contract]

    snapshot = chain(TABLE, new_york(date(2019, 5, 31), "15:45"), price, quotes=quote)
    for days in (5, 7, 30, 77, 100):
        assert constant_maturity_iv(snapshot, days) == constant_maturity_iv(snapshot, days, searched)
