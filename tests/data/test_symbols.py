"""Option symbols, one by one and by the column."""

import csv
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.errors import BadSymbol
from data.symbols import Symbol, parse_symbol, parse_symbols

GOOD = ("SPXW190426C00800000", "SPXW  190426C00800000", "F230120C00012870", "2SPY240621C00050000", "A200117P00000001")


def columns_of(*symbols: str) -> list[Symbol]:
    parsed = parse_symbols(np.array([symbol.encode() for symbol in symbols]))
    return [
        Symbol(root.decode(), day, int(right), strike / 1000)
        for root, day, right, strike in zip(
            parsed.root, parsed.symbol_date.tolist(), parsed.right, parsed.strike_thousandths.tolist(), strict=True
        )
    ]


def outcome(symbol: str) -> Symbol | str:
    try:
        return parse_symbol(symbol)
    except BadSymbol as error:
        return error.reason


def outcome_in_a_column(symbol: str) -> Symbol | str:
    try:
        return columns_of(symbol)[0]
    except BadSymbol as error:
        return error.reason


def test_every_symbol_of_the_oracle_is_read_or_refused_as_it_says(reference_data: Path) -> None:
    with (reference_data / "oracle" / "osi_symbols.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 19
    for row in rows:
        expected = None
        if row["valid"] == "1":
            right = 1 if row["right"] == "C" else -1
            expected = Symbol(row["root"], date.fromisoformat(row["expiry"]), right, float(row["strike"]))
        for symbol in (row["osi"], row["osi"].replace(" ", "")) if expected else (row["osi"],):
            for found in (outcome(symbol), outcome_in_a_column(symbol)):
                assert (found if isinstance(found, Symbol) else None) == expected, row


def test_compact_and_padded_symbols_are_the_same_contract() -> None:
    assert parse_symbol("SPX190517P02575500") == parse_symbol("SPX   190517P02575500")
    assert parse_symbol("SPX190517P02575500") == ("SPX", date(2019, 5, 17), -1, 2575.5)


def test_the_fabricated_ten_digit_strike_is_refused_by_name() -> None:
    with pytest.raises(BadSymbol, match="strike has 10 digits, OSI has 8; this is a fabricated symbol"):
        parse_symbol("SPX170217C0000205000")
    with pytest.raises(BadSymbol, match="strike has 10 digits") as caught:
        parse_symbols(np.array([b"SPX170217C00205000", b"SPX170217C0000205000"]))
    assert caught.value.row == 1


@pytest.mark.parametrize(
    "symbol",
    [
        "",
        "C00800000",
        "190426C00800000",
        "SPXWXYZ190426C00800000",
        "SPXW190426X00800000",
        "SPXW191326C00800000",
        "SPXW190400C00800000",
        "SPXW190229C00800000",
        "SPXW190426C0080000",
        " SPXW 190426C00800000",
        "SPXW 190426C00800000",
        "1234190426C00800000",
        "SPÄ190426C00800000",
        "SPXW190426C0080000٣",
    ],
)
def test_what_is_no_symbol_is_refused_alone_and_in_a_column(symbol: str) -> None:
    assert isinstance(outcome(symbol), str)
    assert isinstance(outcome_in_a_column(symbol), str)


@given(st.sampled_from(GOOD), st.integers(0, 30), st.text("ACP 059é\n", max_size=2))
def test_a_column_judges_every_symbol_as_the_single_parser_does(symbol: str, place: int, change: str) -> None:
    mutated = symbol[:place] + change + symbol[place + 1 :]
    assert outcome_in_a_column(mutated) == outcome(mutated)


def test_a_column_of_different_widths_keeps_its_order() -> None:
    assert columns_of(*GOOD) == [parse_symbol(symbol) for symbol in GOOD]
