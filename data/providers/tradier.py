"""Tradier's option chains, the JSON of `/markets/options/chains?greeks=true` (FORMATS section 16).

The answer names neither the moment nor the price of the underlying. The day is that of the newest `greeks.updated_at`,
which Tradier computes once an hour; an answer without Greeks has no day and is refused.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from data.datasets import SourceFile
from data.errors import BadFile, BadRow
from data.markets import US
from data.providers.files import read_text_bytes
from data.providers.recognition import Signature
from data.raw_rows import RawRows, VendorUnits

_NUMBERS: Final = MappingProxyType(
    {
        "strike": "strike",
        "bid": "bid",
        "ask": "ask",
        "bid_size": "bidsize",
        "ask_size": "asksize",
        "last": "last",
        "volume": "volume",
        "open_interest": "open_interest",
    }
)
_GREEKS: Final = MappingProxyType(
    {"implied_volatility": "mid_iv", "delta": "delta", "gamma": "gamma", "theta": "theta", "vega": "vega"}
)
_UNITS: Final = VendorUnits(vega=100.0, theta=365.0)
"""Tradier's Greeks come from ORATS: vega per point of volatility, theta per calendar day."""


class Tradier:
    """Provider of the format `tradier`."""

    signature = Signature(opening=rb'\s*\{\s*"options"\s*:')

    @property
    def name(self) -> str:
        return "tradier"

    @property
    def suffixes(self) -> tuple[str, ...]:
        return (".json", ".json.gz")

    def read(self, path: Path) -> RawRows:
        content = read_text_bytes(path)
        options = _options(path.name, content.data)
        count = len(options)
        columns: dict[str, NDArray[Any]] = {
            name: np.array([_number(path.name, row, one.get(vendor), vendor) for row, one in enumerate(options)])
            for name, vendor in _NUMBERS.items()
        }
        for name, vendor in _GREEKS.items():
            columns[name] = np.array([
                _number(path.name, row, (one.get("greeks") or {}).get(vendor), vendor)
                for row, one in enumerate(options)
            ])  # fmt: skip
        columns["symbol"] = np.array(
            [_text(path.name, row, one, "symbol") for row, one in enumerate(options)], np.bytes_
        )
        columns["underlying"] = np.array(
            [_text(path.name, row, one, "underlying") for row, one in enumerate(options)], np.bytes_
        )
        columns["quote_date"] = np.full(count, _day(path.name, options), "datetime64[D]")
        return RawRows(
            source=SourceFile(path.name, self.name, content.sha256, count),
            resolution="eod",
            columns=columns,
            units=_UNITS,
            line_of=lambda row: row + 1,
            column_names=_NUMBERS,
        )


def _options(name: str, data: bytes) -> list[dict[str, Any]]:
    try:
        document = json.loads(data)
    except ValueError as error:
        raise BadFile(f"{name}: is not valid JSON ({error}); the file may be cut off, download it again") from None
    found = (document.get("options") or {}).get("option") if isinstance(document, dict) else None
    # One option is an object of its own, not a list of one.
    options = [found] if isinstance(found, dict) else found
    if not isinstance(options, list) or not all(isinstance(one, dict) for one in options) or not options:
        raise BadFile(f"{name}: holds no options under 'options.option'; download the chain again")
    return options


def _day(name: str, options: list[dict[str, Any]]) -> date:
    stamps = [one["greeks"]["updated_at"] for one in options if (one.get("greeks") or {}).get("updated_at")]
    if not stamps:
        raise BadFile(f"{name}: nothing says the day of the quotes; ask for the chain with greeks=true")
    try:
        newest = max(datetime.fromisoformat(stamp).replace(tzinfo=UTC) for stamp in stamps)
    except (TypeError, ValueError):
        raise BadFile(f"{name}: 'greeks.updated_at' is no date and time; download the chain again") from None
    return newest.astimezone(ZoneInfo(US.timezone)).date()


def _number(name: str, row: int, value: Any, key: str) -> float:
    if value is None:
        return float("nan")
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadRow(f"{name}: option {row + 1}, {key!r}: {str(value)[:40]!r} is no number; correct the file")
    return float(value)


def _text(name: str, row: int, option: dict[str, Any], key: str) -> str:
    value = option.get(key)
    if not isinstance(value, str) or not value:
        raise BadRow(f"{name}: option {row + 1} has no {key!r}; correct the file")
    return value
