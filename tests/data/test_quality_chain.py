"""What a chain shows by itself: stubs, outliers, arbitrage, dates that cannot be."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from data.chain_rows import ChainRows
from data.parquet_store import ParquetStore
from data.quality import ChainValidator, count_flags
from data.quality.counts import COUNTED
from data.quality.ladder import offered
from data.quality.neighbours import outliers, stubs
from engine.instants import NANOS_PER_SECOND
from engine.model import QuoteFlag
from tests.data.vendor_files import EXPIRY, MONDAY, Quote, normalized, write_cboe
from tests.stores import SPX_2019

HOUR = 3_600 * NANOS_PER_SECOND
PUTS = tuple(range(2700, 2910, 10))


def smile(strikes: Sequence[float] = PUTS, right: str = "P", root: str = "SPXW", expiry: date = EXPIRY) -> list[Quote]:
    """Convex prices without arbitrage, rising (puts) or falling (calls) with the strike, 0.20 wide."""
    prices = []
    for strike in strikes:
        steps = (strike - 2700) / 10 if right == "P" else (2900 - strike) / 10
        middle = 1.0 + 0.02 * steps**2
        prices.append(Quote(strike, round(middle - 0.1, 2), round(middle + 0.1, 2), right, expiry, root))
    return prices


def one_chain(folder: Path, quotes: Sequence[Quote], day: date = MONDAY, underlying: str = "SPX") -> ChainRows:
    (one,) = normalized(write_cboe(folder, day, quotes, underlying=underlying)).chains
    return one


def changed(quotes: Sequence[Quote], bids_and_asks: Mapping[float, tuple[float, float]]) -> list[Quote]:
    """The quotes with other prices at some strikes."""
    return [
        one._replace(bid=bids_and_asks[one.strike][0], ask=bids_and_asks[one.strike][1])
        if one.strike in bids_and_asks
        else one
        for one in quotes
    ]


def flagged(chain: ChainRows, flag: QuoteFlag) -> list[float]:
    """Strikes of quotes with a flag."""
    return [float(strike) for strike in chain.contracts.strike[(chain.flags & np.uint16(flag)) != 0]]


# --- good chains


def test_a_good_chain_has_no_flag(tmp_path: Path) -> None:
    quotes = [*smile(), *smile(right="C"), *smile(expiry=EXPIRY + timedelta(days=7))]
    assert not one_chain(tmp_path, quotes).flags.any()


def test_no_real_quote_of_21_days_is_an_outlier_or_an_arbitrage_and_47_are_stubs(
    imported_spx_store: ParquetStore,
) -> None:
    """285,022 quotes, deep wings and all: the stubs are 0.00 x 10.00, on days of expiration."""
    (dataset,) = imported_spx_store.datasets()
    counts = dataset.counts
    assert counts.rows == 285_022
    assert (counts.outlier, counts.arbitrage, counts.expired, counts.off_hours, counts.stub) == (0, 0, 0, 0, 47)
    stored = imported_spx_store.read("SPX", "eod", date.min, date.max)
    stubs = []
    for chain in stored.load():
        rows = np.flatnonzero(chain.flags & np.uint16(QuoteFlag.STUB))
        stubs += [(chain.columns["bid"][row], chain.columns["ask"][row]) for row in rows]
    assert {ask for bid, ask in stubs if bid == 0.0} == {10.0}


# --- stubs


@pytest.mark.parametrize(("bid", "ask"), [(0.05, 10.0), (0.0, 10.0), (0.1, 5.0), (0.05, 3.0)])
def test_t17_an_ask_absurdly_far_from_its_bid_is_a_stub(tmp_path: Path, bid: float, ask: float) -> None:
    chain = one_chain(tmp_path, changed(smile(), {2730: (bid, ask)}))
    assert flagged(chain, QuoteFlag.STUB) == [2730.0]


def test_t17_stubs_all_around_are_stubs_still(tmp_path: Path) -> None:
    chain = one_chain(tmp_path, [quote._replace(bid=0.05, ask=10.0) for quote in smile()])
    assert flagged(chain, QuoteFlag.STUB) == list(PUTS)


@pytest.mark.parametrize(("bid", "ask"), [(0.0, 0.05), (0.05, 0.95), (0.0, 4.8), (1.2, 1.9)])
def test_a_wide_quote_among_wide_ones_is_no_stub(tmp_path: Path, bid: float, ask: float) -> None:
    chain = one_chain(tmp_path, [quote._replace(bid=bid, ask=ask) for quote in smile()])
    assert flagged(chain, QuoteFlag.STUB) == []


def test_an_ask_whose_bid_is_unknown_is_no_stub(tmp_path: Path) -> None:
    """Minute files name the side that changed: 124.80 for a call that is 120 in the money is a price."""
    chain = one_chain(tmp_path, smile())
    chain.columns["bid"][3], chain.columns["ask"][3] = np.nan, 124.8
    assert QuoteFlag(int(ChainValidator().flags(chain)[3])) == QuoteFlag.NO_BID


# --- outliers


@pytest.mark.parametrize("factor", [10.0, 2.0, 0.5, 0.1])
def test_a_quote_that_its_neighbours_contradict_is_an_outlier_and_they_are_none(tmp_path: Path, factor: float) -> None:
    good = {quote.strike: quote for quote in smile()}[2850.0]
    wrong = (round(good.bid * factor, 2), round(good.ask * factor, 2))
    chain = one_chain(tmp_path, changed(smile(), {2850.0: wrong}))
    assert flagged(chain, QuoteFlag.OUTLIER) == [2850.0]


def test_a_wrong_quote_of_a_real_chain_is_found_and_no_neighbour_with_it(reference_data: Path) -> None:
    """Every fiftieth quote above 2 USD at half and at a tenth of its price, one at a time."""
    (chain,) = normalized(reference_data / SPX_2019 / "SPX_20190430.csv.gz").chains
    whole = offered(chain)
    ladder = whole.take((whole.bid > 0) & ~stubs(whole))
    same_side = np.flatnonzero(ladder.side[:-4] == ladder.side[4:]) + 2
    chosen = [row for row in same_side if ladder.bid[row] > 2.0][::50]
    found = []
    for row in chosen:
        for factor in (0.5, 0.1):
            bid, ask = ladder.bid.copy(), ladder.ask.copy()
            bid[row], ask[row] = bid[row] * factor, ask[row] * factor
            odd = np.flatnonzero(outliers(replace(ladder, bid=bid, ask=ask))).tolist()
            assert odd in ([], [row])
            found.append(bool(odd))
    assert len(found) > 350
    assert sum(found) / len(found) > 0.98


def test_a_kink_is_no_outlier(tmp_path: Path) -> None:
    """Hours before the expiration, prices are intrinsic values."""
    quotes = [
        Quote(strike, max(strike - 2800.0, 0.0) + 0.05, max(strike - 2800.0, 0.0) + 0.15) for strike in (*PUTS, 2950.0)
    ]
    assert not one_chain(tmp_path, quotes).flags.any()


@pytest.mark.parametrize("strikes", [(2700, 2710, 2720, 2730), (2700,), (2700, 2800)])
def test_too_few_neighbours_say_nothing(tmp_path: Path, strikes: tuple[int, ...]) -> None:
    chain = one_chain(tmp_path, changed(smile(strikes), {2700: (40.0, 40.2)}))
    assert flagged(chain, QuoteFlag.OUTLIER) == []


# --- arbitrage


def test_a_vertical_that_brings_money_at_once_is_an_arbitrage(tmp_path: Path) -> None:
    chain = one_chain(tmp_path, [Quote(2800, 12.0, 12.4), Quote(2810, 11.0, 11.4)])
    assert flagged(chain, QuoteFlag.ARBITRAGE) == [2800.0, 2810.0]


def test_a_vertical_that_sells_for_more_than_its_width_is_an_arbitrage(tmp_path: Path) -> None:
    for right, prices in (("P", ((10.0, 10.4), (20.5, 20.9))), ("C", ((20.5, 20.9), (10.0, 10.4)))):
        quotes = [Quote(2800, *prices[0], right), Quote(2810, *prices[1], right)]
        chain = one_chain(tmp_path, quotes)
        assert flagged(chain, QuoteFlag.ARBITRAGE) == [2800.0, 2810.0]


def test_middles_that_cross_are_none(tmp_path: Path) -> None:
    chain = one_chain(tmp_path, [Quote(2800, 12.0, 12.4), Quote(2810, 11.8, 12.2)])
    assert not chain.flags.any()


def test_a_butterfly_that_brings_money_at_once_is_an_arbitrage(tmp_path: Path) -> None:
    quotes = [Quote(2800, 10.0, 10.2), Quote(2820, 17.0, 17.2), Quote(2830, 19.0, 19.2), Quote(2840, 25.0, 25.2)]
    chain = one_chain(tmp_path, quotes)
    assert flagged(chain, QuoteFlag.ARBITRAGE) == [2800.0, 2820.0, 2830.0]


def test_a_box_that_sells_for_more_than_it_pays_is_an_arbitrage_of_european_options_only(tmp_path: Path) -> None:
    """Both verticals cost less than their width, and together more than it."""
    for root, found in (("SPXW", [2800.0, 2810.0] * 2), ("ABC", [])):
        quotes = [
            Quote(2800, 50.0, 50.1, "C", root=root),
            Quote(2810, 44.0, 44.1, "C", root=root),
            Quote(2800, 20.0, 20.1, "P", root=root),
            Quote(2810, 26.0, 26.1, "P", root=root),
        ]
        chain = one_chain(tmp_path, quotes, underlying="SPX" if found else "ABC")
        assert flagged(chain, QuoteFlag.ARBITRAGE) == found


def test_a_later_date_that_costs_less_is_an_arbitrage_where_carry_cannot_explain_it(tmp_path: Path) -> None:
    def calendar(later_ask: float, root: str) -> list[float]:
        later = EXPIRY + timedelta(days=7)
        quotes = [Quote(2800, 30.0, 30.2, root=root), Quote(2800, later_ask - 0.2, later_ask, root=root, expiry=later)]
        return flagged(one_chain(tmp_path, quotes, underlying=root), QuoteFlag.ARBITRAGE)

    assert calendar(29.9, "ABC") == [2800.0, 2800.0]
    assert calendar(29.9, "SPXW") == []
    assert calendar(20.0, "SPXW") == [2800.0, 2800.0]


def test_am_and_pm_of_one_date_are_no_calendar(tmp_path: Path) -> None:
    third_friday = date(2019, 5, 17)
    quotes = [Quote(2800, 30.0, 30.2, root="SPX", expiry=third_friday), Quote(2800, 29.0, 29.2, expiry=third_friday)]
    assert not one_chain(tmp_path, quotes).flags.any()


def test_quotes_that_are_wrong_by_themselves_make_no_arbitrage(tmp_path: Path) -> None:
    chain = one_chain(tmp_path, changed(smile(), {2850.0: (60.0, 60.2), 2740.0: (0.05, 10.0), 2710.0: (9.0, 1.1)}))
    assert flagged(chain, QuoteFlag.ARBITRAGE) == []
    assert [flagged(chain, flag) for flag in (QuoteFlag.OUTLIER, QuoteFlag.STUB, QuoteFlag.CROSSED)] == [
        [2850.0],
        [2740.0],
        [2710.0],
    ]


# --- dates


@pytest.mark.parametrize("hours", [-6.5, 0.6, 3.0])
def test_a_chain_stamped_outside_of_the_session_is_flagged_whole(tmp_path: Path, hours: float) -> None:
    """15:45 New York read as if it stood in another zone."""
    chain = one_chain(tmp_path, smile())
    moved = replace(chain, at=chain.at + round(hours * HOUR))
    assert set(ChainValidator().flags(moved).tolist()) == {QuoteFlag.OFF_HOURS}


@pytest.mark.parametrize("hours", [-6.25, -1.0, 0.25, 0.5])
def test_a_chain_within_the_session_or_its_last_quarter_of_an_hour_is_not(tmp_path: Path, hours: float) -> None:
    chain = one_chain(tmp_path, smile())
    assert not ChainValidator().flags(replace(chain, at=chain.at + round(hours * HOUR))).any()


def test_a_quote_after_the_last_trade_is_expired(tmp_path: Path) -> None:
    chain = one_chain(tmp_path, [*smile(expiry=MONDAY), Quote(2700, expiry=date(2019, 4, 26))], MONDAY)
    assert flagged(chain, QuoteFlag.EXPIRED) == [2700.0]
    later = replace(chain, at=chain.at + HOUR // 2)
    assert int(np.count_nonzero(ChainValidator().flags(later) & QuoteFlag.EXPIRED)) == len(chain)


@pytest.mark.parametrize(
    ("symbol_date", "day", "listed"),
    [
        (date(2019, 5, 19), MONDAY, False),  # a Sunday
        (date(2019, 5, 18), MONDAY, False),  # a Saturday
        (date(2014, 12, 20), date(2014, 12, 1), True),  # a Saturday, when symbols had them
        (EXPIRY, MONDAY, True),
    ],
)
def test_a_date_on_which_nothing_expires_is_told(tmp_path: Path, symbol_date: date, day: date, listed: bool) -> None:
    chain = one_chain(tmp_path, smile(expiry=symbol_date), day)
    assert (flagged(chain, QuoteFlag.UNLISTED_DATE) == []) == listed


def test_every_flag_that_a_stored_quote_can_have_is_counted() -> None:
    flags = np.array([int(flag) for flag in QuoteFlag], np.uint16)
    counts = count_flags(flags)
    assert {name: getattr(counts, name) for name in COUNTED} == dict.fromkeys(COUNTED, 1)
    assert set(COUNTED.values()) == set(QuoteFlag) - {QuoteFlag.MISSING}
