"""Tradier's answer to `/markets/options/chains`, saved as JSON (FORMATS section 16).

The chain is from the latest of the quotes' own times (`bid_date`, `ask_date`), where the file has them; else only its
date is known, from `greeks.updated_at` or the last trade. There is no price of the underlying.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Final
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, BeforeValidator, ConfigDict, FiniteFloat, ValidationError

from data.datasets import SourceFile
from data.errors import BadFile, BadRow
from data.markets import US
from data.providers.files import read_text_bytes
from data.providers.greek_units import PER_POINT_AND_DAY, found_volatility
from data.providers.index_roots import symbol_of
from data.providers.moments import download_moment, last_session
from data.providers.recognition import Signature
from data.raw_rows import RawRows

_QUOTES: Final = MappingProxyType(
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
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_SYMBOL: Final = re.compile(rb'"symbol"\s*:')
_OLDEST_MS: Final = 631_152_000_000  # 1990
_NEWEST_MS: Final = 4_102_444_800_000  # 2100
_NANOS_PER_MS: Final = 1_000_000

_Number = FiniteFloat | None


class _Greeks(BaseModel):
    """Greeks of one option, which Tradier has from ORATS."""

    model_config = ConfigDict(frozen=True)

    delta: _Number = None
    gamma: _Number = None
    theta: _Number = None
    vega: _Number = None
    mid_iv: _Number = None
    updated_at: str | None = None


class _Option(BaseModel):
    """One option; what is not read is left out."""

    model_config = ConfigDict(frozen=True)

    symbol: str
    underlying: str
    strike: FiniteFloat
    bid: _Number = None
    ask: _Number = None
    bidsize: _Number = None
    asksize: _Number = None
    last: _Number = None
    volume: _Number = None
    open_interest: _Number = None
    bid_date: int | None = None
    ask_date: int | None = None
    trade_date: int | None = None
    greeks: _Greeks | None = None


def _listed(option: object) -> object:
    """Tradier writes a list of one option without the list."""
    return [option] if isinstance(option, dict) else option


class _Options(BaseModel):
    option: Annotated[list[_Option], BeforeValidator(_listed)]


class _Answer(BaseModel):
    options: _Options


class Tradier:
    """Provider of the format `tradier`."""

    signature = Signature(beginning=rb'(?:\xef\xbb\xbf)?\s*\{\s*"options"\s*:\s*\{\s*"option"\s*:')

    @property
    def name(self) -> str:
        return "tradier"

    @property
    def suffixes(self) -> tuple[str, ...]:
        return (".json", ".json.gz")

    def read(self, path: Path) -> RawRows:
        content = read_text_bytes(path)
        options = _parse(path.name, content.data)
        columns: dict[str, NDArray[Any]] = {
            name: _numbers(getattr(option, vendor) for option in options) for name, vendor in _QUOTES.items()
        }
        greeks = [option.greeks or _Greeks() for option in options]
        columns |= {name: _numbers(getattr(one, vendor) for one in greeks) for name, vendor in _GREEKS.items()}
        columns["implied_volatility"] = found_volatility(columns["implied_volatility"])
        columns["symbol"] = np.array([option.symbol.encode() for option in options], np.bytes_)
        columns["underlying"] = _underlyings(path.name, content.data, options)
        return RawRows(
            source=SourceFile(path.name, self.name, content.sha256, len(options)),
            resolution="eod",
            columns={**columns, **_moment(path.name, options)},
            units=PER_POINT_AND_DAY,
            line_of=lambda row: _line_of(content.data, row),
            column_names={**_QUOTES, **_GREEKS},
        )


def _parse(name: str, data: bytes) -> list[_Option]:
    try:
        options = _Answer.model_validate_json(data.removeprefix(_BYTE_ORDER_MARK)).options.option
    except ValidationError as error:
        raise _refused(name, data, error) from None
    if not options:
        raise BadFile(f"{name}: the list of options is empty; ask for another expiration")
    return options


def _refused(name: str, data: bytes, error: ValidationError) -> BadFile:
    """The first thing that is wrong, by line and column where it is in an option."""
    first = error.errors()[0]
    place = [part for part in first["loc"] if part not in ("options", "option")]
    if place and isinstance(place[0], int):
        column = ".".join(str(part) for part in place[1:])
        return BadRow(f"{name}: line {_line_of(data, place[0])}, column {column!r}: {first['msg']}; correct the file")
    return BadFile(f"{name}: {first['msg']}; the file may be cut off, download it again")


def _line_of(data: bytes, row: int) -> int:
    """Line of the symbol of an option."""
    for position, found in enumerate(_SYMBOL.finditer(data)):
        if position == row:
            return data.count(b"\n", 0, found.start()) + 1
    return 1


def _numbers(values: Iterable[float | None]) -> NDArray[np.float64]:
    return np.array([np.nan if value is None else value for value in values], np.float64)


def _underlyings(name: str, data: bytes, options: Sequence[_Option]) -> NDArray[np.bytes_]:
    symbols = []
    for row, option in enumerate(options):
        try:
            symbols.append(symbol_of(option.underlying))
        except ValueError as error:
            place = f"{name}: line {_line_of(data, row)}, column 'underlying'"
            raise BadRow(f"{place}: {error}; correct the file") from None
    return np.array(symbols, np.bytes_)


def _moment(name: str, options: Sequence[_Option]) -> dict[str, NDArray[Any]]:
    """`at` of the latest quote, or `quote_date` of the greeks or the last trade."""
    quoted = [moment for option in options for moment in (option.bid_date, option.ask_date) if moment]
    if quoted:
        return download_moment(name, _checked(name, max(quoted)) * _NANOS_PER_MS, len(options))
    days = [_written_date(name, option.greeks.updated_at) for option in options if option.greeks]
    days += [_exchange_date(_checked(name, option.trade_date)) for option in options if option.trade_date]
    known = [day for day in days if day is not None]
    if not known:
        raise BadFile(
            f"{name}: nothing in it tells the day of the quotes; ask for the chain with greeks=true, whose "
            "'updated_at' does"
        )
    try:
        day = last_session(max(known))
    except ValueError as error:
        raise BadFile(f"{name}: {error}") from None
    return {"quote_date": np.full(len(options), np.datetime64(day, "D"))}


def _checked(name: str, milliseconds: int) -> int:
    if not _OLDEST_MS < milliseconds < _NEWEST_MS:
        raise BadFile(f"{name}: {milliseconds} counts no milliseconds from 1970 to our days; correct the file")
    return milliseconds


def _exchange_date(milliseconds: int) -> date:
    return datetime.fromtimestamp(milliseconds / 1_000, ZoneInfo(US.timezone)).date()


def _written_date(name: str, updated: str | None) -> date | None:
    """Date of `2019-08-29 14:59:08`; its zone is not documented, so the time is not used."""
    if not updated:
        return None
    try:
        return datetime.fromisoformat(updated).date()
    except ValueError:
        raise BadFile(f"{name}: column 'greeks.updated_at': {updated[:40]!r} is no time; correct the file") from None
