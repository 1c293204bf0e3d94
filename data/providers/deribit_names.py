"""Names of options at Deribit: `BTC-9JUN20-9875-P`, the day without a leading zero (FORMATS section 0)."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from data.providers.delimited import DelimitedTable

_NAME: Final = re.compile(
    r"(?P<coin>[A-Z]{2,5})-(?P<day>\d{1,2})(?P<month>[A-Z]{3})(?P<year>\d{2})-(?P<strike>\d{1,9})-(?P<right>[CP])",
    re.ASCII,
)
_MONTHS: Final = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


class DeribitContract(NamedTuple):
    """What a name says; `right` is +1 for a call and -1 for a put, `strike` is in US dollars."""

    coin: str
    expiration: date
    right: int
    strike: float


def parse_name(text: str) -> DeribitContract:
    """Parse one name of an option that is priced in its coin.

    Raises:
        ValueError: for another text, e.g. of an option that is priced in USDC (`SOL_USDC-...`).
    """
    found = _NAME.fullmatch(text)
    if found is None:
        raise ValueError(f"{text[:40]!r} is no option of Deribit in coins, like 'BTC-9JUN20-9875-P'")
    try:
        expiration = date(2000 + int(found["year"]), _MONTHS.index(found["month"]) + 1, int(found["day"]))
    except ValueError:
        raise ValueError(f"{text[:40]!r} expires on no date") from None
    return DeribitContract(found["coin"], expiration, 1 if found["right"] == "C" else -1, float(found["strike"]))


def contract_columns(table: DelimitedTable, column: str) -> dict[str, NDArray[Any]]:
    """Columns `underlying`, `root`, `expiration`, `right` and `strike` of a column of names.

    Raises:
        BadRow: naming the first line whose name is none.
    """
    codes, contracts = table.coded(column, parse_name)
    coins = np.array([one.coin for one in contracts], np.bytes_)[codes]
    return {
        "underlying": coins,
        "root": coins,
        "expiration": np.array([one.expiration for one in contracts], "datetime64[D]")[codes],
        "right": np.array([one.right for one in contracts], np.int8)[codes],
        "strike": np.array([one.strike for one in contracts])[codes],
    }
