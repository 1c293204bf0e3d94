"""tastytrade's nested chain: symbols are read and checked against where they stand; prices there are none."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data.errors import BadFile, BadRow, UnknownFormat
from data.provider import EVERY_PROVIDER
from data.providers.recognition import recognise
from data.providers.tastytrade import listed_contracts
from data.symbols import Symbol
from tests.api.shell import ironfly


def chain(**strike: Any) -> dict[str, Any]:
    """One expiration of SPXW with one strike, as the documented answer has them."""
    return {
        "underlying-symbol": "SPX",
        "root-symbol": "SPXW",
        "option-chain-type": "Standard",
        "shares-per-contract": 100,
        "expirations": [
            {
                "expiration-type": "Weekly",
                "expiration-date": "2025-09-30",
                "days-to-expiration": 5,
                "settlement-type": "PM",
                "strikes": [
                    {
                        "strike-price": "6500.0",
                        "call": "SPXW  250930C06500000",
                        "put": "SPXW  250930P06500000",
                        **strike,
                    }
                ],
            }
        ],
    }


def written(folder: Path, value: object) -> Path:
    file = folder / "chain.json"
    file.write_text(json.dumps(value))
    return file


@pytest.mark.parametrize(
    "wrap",
    [lambda one: {"data": {"items": [one]}}, lambda one: {"items": [one]}, lambda one: one],
    ids=["answer", "data", "chain"],
)
def test_every_contract_is_listed_with_its_settlement_and_its_shares(tmp_path: Path, wrap: Any) -> None:
    call, put = listed_contracts(written(tmp_path, wrap(chain())))
    assert call.symbol == Symbol("SPXW", date(2025, 9, 30), 1, 6500.0)
    assert put.symbol == Symbol("SPXW", date(2025, 9, 30), -1, 6500.0)
    assert (call.underlying, call.settlement, call.shares) == ("SPX", "PM", 100)


@pytest.mark.parametrize(
    ("strike", "said"),
    [
        ({"call": "SPXW  250930C06505000"}, "stands at SPXW 2025-09-30 6500 call"),
        ({"put": "SPXW  250930C06500000"}, "stands at SPXW 2025-09-30 6500 put"),
        ({"put": "6500 put"}, "is not OSI"),
    ],
)
def test_a_symbol_that_says_something_else_is_refused(tmp_path: Path, strike: dict[str, Any], said: str) -> None:
    with pytest.raises(BadRow, match=said):
        listed_contracts(written(tmp_path, chain(**strike)))


def test_another_document_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="save the answer of the nested chain as it came"):
        listed_contracts(written(tmp_path, {"options": []}))


def test_an_import_says_that_there_are_no_prices(tmp_path: Path) -> None:
    with pytest.raises(UnknownFormat, match="symbols without prices: `ironfly data symbols`"):
        recognise(written(tmp_path, chain()), EVERY_PROVIDER)


def test_the_command_shows_the_expirations(tmp_path: Path) -> None:
    written(tmp_path, chain())
    answer = ironfly("data", "symbols", "chain.json", cwd=tmp_path)
    assert answer.code == 0
    assert answer.out.split("\n")[1].split() == ["SPXW", "2025-09-30", "PM", "2", "6500", "to", "6500"]
