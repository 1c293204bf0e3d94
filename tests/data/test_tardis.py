"""Tardis and Deribit: updates that become minutes, prices in coins, expirations at 08:00 UTC."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from data.calendar import option_series, session_table
from data.datasets import PriceOrigin
from data.errors import NotRunnable
from data.importing import AUTO, import_files
from data.markets import DERIBIT
from data.memory_store import MemoryStore
from data.parquet_store import ParquetStore
from data.quality import ChainValidator
from data.replay import open_range
from data.selection import ReadOptions
from engine.instants import instant, iso
from engine.model import QuoteFlag
from tests.api.shell import ironfly
from tests.data.foreign_files import chains, refusal, row_of, write

HEADER = (
    "exchange,symbol,timestamp,local_timestamp,type,strike_price,expiration,open_interest,last_price,bid_price,bid_amount,"
    "bid_iv,ask_price,ask_amount,ask_iv,mark_price,mark_iv,underlying_index,underlying_price,delta,gamma,vega,theta,rho\n"
)
ROW = (
    "deribit,BTC-9JUN20-9875-P,1591574399413000,1591574400196008,put,9875,1591689600000000,0.1,0.0295,0.0205,15.1,55.91,"
    "0.0235,15.2,68.94,0.02210436,62.89,SYN.BTC-9JUN20,9756.36,-0.61752,0.00103,2.24964,-53.05655,-0.22796\n"
)
GOOD = HEADER + ROW


@pytest.fixture
def sample(reference_data: Path) -> Path:
    return reference_data / "market" / "tardis" / "deribit_options_chain_2020-06-08.csv"


def test_the_real_file_is_five_contracts_in_three_minutes(sample: Path) -> None:
    found = [(one.underlying, iso(one.at), len(one), one.underlying_price) for one in chains(sample, "tardis")]
    assert found == [
        ("BTC", "2020-06-08T00:00:00Z", 1, 9756.36),
        ("BTC", "2020-06-08T00:01:00Z", 3, 9756.4),
        ("BTC", "2020-06-08T00:02:00Z", 1, 9758.37),
        ("ETH", "2020-06-08T00:01:00Z", 2, 245.22345),
    ]


def test_prices_stay_in_coins_and_greeks_have_the_store_s_units(sample: Path) -> None:
    chain = chains(sample, "tardis")[0]
    assert (chain.market, chain.price_origin) == (DERIBIT, PriceOrigin.VENDOR)
    row = row_of(chain, 9875.0, -1)
    assert [row[name] for name in ("bid", "ask", "bid_size", "ask_size", "last")] == [
        0.0205,
        0.0235,
        15.1,
        15.2,
        0.0295,
    ]
    assert row["implied_volatility"] == pytest.approx(0.6289)
    assert row["vega"] == pytest.approx(224.964)  # USD per 1.00 of volatility
    assert row["theta"] == pytest.approx(-53.05655 * 365)


def test_absent_sides_are_no_quotes_and_nothing_else_is_found(sample: Path) -> None:
    flags = [ChainValidator().flags(one).tolist() for one in chains(sample, "tardis")]
    neither = QuoteFlag.NO_BID | QuoteFlag.NO_ASK
    assert flags == [[0], [0, 0, neither], [0], [0, QuoteFlag.NO_ASK]]


def test_an_expiration_has_its_own_index_and_the_nearest_one_is_the_price(tmp_path: Path) -> None:
    """The update of the later expiration comes last, and has another price."""
    later = ROW.replace("9JUN20", "26JUN20").replace("1591689600000000", "1593158400000000")
    later = later.replace("1591574399413000", "1591574399999000").replace("9756.36", "9790.5")
    (chain,) = chains(write(tmp_path, HEADER + ROW + later), "tardis")
    assert (len(chain), chain.underlying_price) == (2, 9756.36)


def test_of_two_updates_in_a_minute_the_last_one_counts(tmp_path: Path) -> None:
    newer = ROW.replace("1591574399413000", "1591574399999000").replace("0.0205", "0.0207")
    (chain,) = chains(write(tmp_path, HEADER + newer + ROW), "tardis")
    assert chain.columns["bid"].tolist() == [0.0207]


def test_a_strike_that_no_osi_symbol_holds_is_a_strike(tmp_path: Path) -> None:
    text = GOOD.replace("-9875-", "-120000-").replace("put,9875,", "put,120000,")
    (chain,) = chains(write(tmp_path, text), "tardis")
    assert chain.contracts.strike.tolist() == [120_000.0]


def test_options_expire_at_eight_in_utc() -> None:
    sessions = session_table(date(2020, 6, 8), date(2020, 6, 9), DERIBIT)
    series = option_series("BTC", "BTC", date(2020, 6, 9), sessions, DERIBIT)
    assert series.settles_at == series.last_trades_at == instant(datetime(2020, 6, 9, 8, tzinfo=UTC))


def test_a_quote_after_its_expiration_is_flagged(tmp_path: Path) -> None:
    late = ROW.replace("1591574399413000", "1591689600000000"), ROW.replace("1591574399413000", "1591689601000000")
    (at_eight, after) = chains(write(tmp_path, HEADER + "".join(late)), "tardis")
    assert iso(after.at) == "2020-06-09T08:01:00Z"
    expired = [bool(ChainValidator().flags(one)[0] & QuoteFlag.EXPIRED) for one in (at_eight, after)]
    assert expired == [False, True]


def test_own_volatilities_are_those_of_the_price_in_dollars(sample: Path) -> None:
    """Deribit says 62.89 % at its mark; the middle of 55.91 % bid and 68.94 % ask."""
    store = MemoryStore()
    import_files([sample], AUTO, store)
    chain = next(
        iter(store.read("BTC", "minute", date(2020, 6, 8), date(2020, 6, 8), ReadOptions(greeks="own")).load())
    )
    assert chain.columns["implied_volatility"][0] == pytest.approx(0.6242, abs=0.01)


def test_it_is_stored_and_no_run_is_made_on_it(sample: Path, tmp_path: Path) -> None:
    store = ParquetStore(tmp_path / "store")
    report = import_files([sample], AUTO, store)
    assert (report.counts.rows, [one.contracts for one in report.files]) == (7, [5])
    with pytest.raises(NotRunnable, match="quotes of DERIBIT are in coins"):
        open_range(store, ["BTC"], "minute", date(2020, 6, 8), date(2020, 6, 8))


def test_coins_are_shown_with_four_decimals(sample: Path, tmp_path: Path) -> None:
    import_files([sample], AUTO, ParquetStore(tmp_path / "store"))
    line = ("data", "chain", "BTC", "2020-06-08T00:02", "--resolution", "minute", "--store", "store")
    answer = ironfly(*line, cwd=tmp_path)
    assert "0.0237  0.0207" in answer.out, answer


@pytest.mark.parametrize(
    ("good", "bad", "reason"),
    [
        ("deribit,", "okex,", "line 2, column 'exchange': 'okex' is not 'deribit'"),
        ("9JUN20", "31JUN20", "line 2, column 'symbol': 'BTC-31JUN20-9875-P' expires on no date"),
        ("BTC-9JUN20", "BTC_USDC-9JUN20", "line 2, column 'symbol': 'BTC_USDC-9JUN20-9875-P' is no option of Deribit"),
        (",put,", ",call,", "line 2, column 'type': contradicts symbol 'BTC-9JUN20-9875-P'"),
        (",9875,", ",9876,", "line 2, column 'strike_price': contradicts symbol 'BTC-9JUN20-9875-P'"),
        ("1591689600000000", "1591660800000000", "line 2, column 'expiration': contradicts symbol"),
        ("1591574399413000", "1591574399413", "line 2, column 'timestamp': 1591574399413 does not count units of"),
        ("1591574399413000", "1.5e15", "line 2, column 'timestamp': '1.5e15' is no whole number"),
        ("0.0235", "nan", "line 2, column 'ask_price': "),
        (",-0.22796", "", "line 2: 23 cells where the header has 24; the file may be cut off"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, good: str, bad: str, reason: str) -> None:
    message = refusal(write(tmp_path, HEADER + ROW.replace(good, bad, 1)), "tardis")
    assert message.startswith(f"BadRow chain.csv: {reason}"), message


def test_another_header_is_refused(tmp_path: Path) -> None:
    message = refusal(write(tmp_path, GOOD.replace("mark_iv", "iv", 1)), "tardis")
    assert message.startswith("MissingColumn chain.csv: the header lacks 'mark_iv'")
