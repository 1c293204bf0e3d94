"""Deribit's order books in one CSV: JSON in cells, milliseconds, prices in coins."""

import csv
import io
import json
from pathlib import Path

import pytest

from data.markets import DERIBIT
from engine.instants import iso
from tests.data.foreign_files import chains, refusal, row_of, write

BOOK = {
    "underlying_price": 47_512.5,
    "underlying_index": "BTC-26MAR21",
    "timestamp": 1_613_203_205_123,
    "stats": json.dumps({"volume": 11.1, "price_change": None, "low": 0.0105}),
    "open_interest": 112.4,
    "min_price": 0.0001,
    "max_price": 0.05,
    "mark_price": 0.0312,
    "mark_iv": 97.25,
    "last_price": 0.0305,
    "interest_rate": 0.0,
    "instrument_name": "BTC-13FEB21-37500-C",
    "index_price": 47_400.25,
    "change_id": 29_000_111,
    "bids": json.dumps([[0.0305, 12.0], [0.03, 4.0]]),
    "bid_iv": 95.0,
    "best_bid_price": 0.0305,
    "best_bid_amount": 12.0,
    "best_ask_price": 0.032,
    "best_ask_amount": 7.5,
    "asks": json.dumps([[0.032, 7.5]]),
    "ask_iv": 99.5,
    "greeks.vega": 12.5,
    "greeks.theta": -210.5,
    "greeks.rho": 1.5,
    "greeks.gamma": 0.00002,
    "greeks.delta": 0.99,
    "settlement_period": "day",
    "settlement_price": 0.03,
}


def text_of(*books: dict[str, object]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(books[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(books)
    return text.getvalue()


def test_a_book_is_a_quote_at_the_end_of_its_minute(tmp_path: Path) -> None:
    (chain,) = chains(write(tmp_path, text_of(BOOK)), "deribit")
    assert (iso(chain.at), chain.underlying, chain.market) == ("2021-02-13T08:01:00Z", "BTC", DERIBIT)
    assert chain.underlying_price == 47_400.25  # the index, not the future of one expiration
    row = row_of(chain, 37_500.0, 1)
    assert [row[name] for name in ("bid", "bid_size", "ask", "ask_size", "last")] == [0.0305, 12.0, 0.032, 7.5, 0.0305]
    assert [row[name] for name in ("implied_volatility", "vega", "theta", "delta")] == pytest.approx(
        [0.9725, 1_250.0, -210.5 * 365, 0.99]
    )


def test_books_of_one_minute_are_one_chain_and_the_last_of_a_contract_counts(tmp_path: Path) -> None:
    put = BOOK | {"instrument_name": "BTC-26MAR21-30000-P", "timestamp": 1_613_203_215_000, "index_price": 47_401.0}
    again = BOOK | {"timestamp": 1_613_203_239_000, "index_price": 47_402.0, "best_bid_price": 0.031}
    (chain,) = chains(write(tmp_path, text_of(BOOK, put, again)), "deribit")
    assert (len(chain), chain.underlying_price) == (2, 47_402.0)
    assert row_of(chain, 37_500.0, 1)["bid"] == 0.031


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("instrument_name", "BTC-PERPETUAL", "line 2, column 'instrument_name': 'BTC-PERPETUAL' is no option of Deri"),
        ("timestamp", 1_613_203_205, "line 2, column 'timestamp': 1613203205 does not count units of 1,000,000 ns"),
        ("best_ask_price", "none", "line 2, column 'best_ask_price': 'none' is no number"),
        ("index_price", "", "line 2, column 'index_price': the cell is empty"),
        ("index_price", 0, "line 2, column 'index_price': 0 is no price"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, column: str, cell: object, reason: str) -> None:
    message = refusal(write(tmp_path, text_of(BOOK | {column: cell})), "deribit")
    assert message.startswith(f"BadRow chain.csv: {reason}"), message


def test_a_file_that_is_cut_off_or_has_another_header_is_refused(tmp_path: Path) -> None:
    text = text_of(BOOK, BOOK)
    assert refusal(write(tmp_path, text[:-20]), "deribit").startswith("BadRow chain.csv: line 3: ")
    message = refusal(write(tmp_path, text.replace("greeks.vega", "vega", 1)), "deribit")
    assert message.startswith("MissingColumn chain.csv: the header lacks 'greeks.vega'")
