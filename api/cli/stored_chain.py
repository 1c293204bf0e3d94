"""`ironfly data chain`: one chain as a table, calls left and puts right."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from api.cli.display import console, plain_table
from api.cli.json_answer import print_json
from api.settings import Settings
from data.contract_list import ContractList
from data.errors import NotCovered
from data.parquet_store import ParquetStore
from data.repository import StoredChain
from engine.instants import instant, iso
from engine.model import QuoteFlag

_PRICE, _COINS = ",.2f", ",.4f"
_COLUMNS: Final = (
    ("open int", "open_interest", ",.0f"),
    ("iv", "implied_volatility", ".1%"),
    ("delta", "delta", "+.3f"),
    ("bid", "bid", _PRICE),
    ("ask", "ask", _PRICE),
)
"""Titles, columns and forms of one side, from the outer edge to the strikes."""


@dataclass(frozen=True, slots=True)
class ChainView:
    """What is asked for; `at` is on the exchange's clock, at midnight it means the whole day."""

    underlying: str
    resolution: str
    at: datetime
    expiration: date | None
    strikes: int


class _Found(NamedTuple):
    chain: StoredChain
    contracts: ContractList


def show(view: ChainView, store: Path | None, *, as_json: bool) -> None:
    """Print the last chain at or before the instant that is asked for.

    Raises:
        NotCovered: when there is none on that day, or none with that expiration; says what there is.
    """
    found = _chain(view, ParquetStore(store or Settings().store))
    day, series = found.chain.info.day, found.contracts.series
    wanted = view.expiration or min((key.expires_on for key in series if key.expires_on > day), default=day)
    chosen = [position for position, key in enumerate(series) if key.expires_on == wanted]
    if not chosen:
        dates = ", ".join(sorted({key.expires_on.isoformat() for key in series}))
        raise NotCovered(f"{view.underlying}: nothing expires on {wanted} in the chain of {day}; listed: {dates}")
    if as_json:
        print_json(_document(view, found, chosen))
    else:
        _print(view, found, chosen)


def _chain(view: ChainView, repository: ParquetStore) -> _Found:
    coverage = repository.coverage(view.underlying, view.resolution)
    local = view.at.replace(tzinfo=ZoneInfo(coverage.market.timezone))
    whole_day = local.hour == local.minute == 0
    until = instant(local + timedelta(days=1)) if whole_day else instant(local) + 1
    chains = repository.read(view.underlying, view.resolution, local.date(), local.date())
    known = [chain for chain in chains.load() if chain.info.at < until]
    if not known:
        when = f"on {view.at:%Y-%m-%d}" if whole_day else f"on {view.at:%Y-%m-%d} up to {view.at:%H:%M}"
        raise NotCovered(
            f"{view.underlying} ({view.resolution}): no chain {when}; the store covers {coverage.first} to "
            f"{coverage.last}"
        )
    return _Found(known[-1], chains.contracts.take(known[-1].contract))


def _print(view: ChainView, found: _Found, chosen: list[int]) -> None:
    out, info = console(), found.chain.info
    out.print(f"{info.underlying} {iso(info.at)}, price {info.underlying_price:,.2f} ({info.price_origin})")
    expirations = sorted({key.expires_on for key in found.contracts.series})
    out.print(f"{len(found.contracts):,} quotes, {len(expirations)} expirations to {expirations[-1]}", soft_wrap=True)
    for position in chosen:
        key = found.contracts.series[position]
        out.print(f"{key.root} {key.expires_on} ({(key.expires_on - info.day).days} days)", style="bold")
        table = plain_table()
        calls = [title for title, *_ in _COLUMNS]
        for title in ("flags", *calls, "strike", *reversed(calls), "flags"):
            table.add_column(title, justify="right", no_wrap=True)
        for row in _rows(view, found, position):
            table.add_row(*row)
        out.print(table)


def _rows(view: ChainView, found: _Found, series: int) -> list[tuple[str, ...]]:
    shown = []
    for strike, call, put in _pairs(view, found, series):
        left, right = _cells(found.chain, call), _cells(found.chain, put)
        shown.append((*left, f"{strike:g}", *reversed(right)))
    return shown


def _pairs(view: ChainView, found: _Found, series: int) -> list[tuple[float, list[int], list[int]]]:
    """Strikes around the money, ascending, each with the row of its call and of its put; none: not quoted."""
    listed = found.contracts
    rows = np.flatnonzero(listed.series_index == series)
    strikes = np.unique(listed.strike[rows])
    near = np.argsort(np.abs(strikes - _middle(found, strikes)), kind="stable")[: view.strikes]
    return [
        (
            strike,
            *(rows[(listed.strike[rows] == strike) & (listed.right[rows] == right)].tolist() for right in (1, -1)),
        )
        for strike in np.sort(strikes[near]).tolist()
    ]


def _document(view: ChainView, found: _Found, chosen: list[int]) -> dict[str, Any]:
    info = found.chain.info
    series = [
        {
            "root": key.root,
            "expires_on": key.expires_on,
            "strikes": [
                {"strike": strike, "call": _quote(found.chain, call), "put": _quote(found.chain, put)}
                for strike, call, put in _pairs(view, found, position)
            ],
        }
        for position, key in ((position, found.contracts.series[position]) for position in chosen)
    ]
    return {
        "underlying": info.underlying,
        "at": iso(info.at),
        "underlying_price": info.underlying_price,
        "price_origin": info.price_origin,
        "quotes": len(found.contracts),
        "series": series,
    }


def _quote(chain: StoredChain, rows: list[int]) -> dict[str, Any] | None:
    """A quote in the names and units of the store, None where there is none."""
    if not rows:
        return None
    (row,) = rows
    values = {name: float(chain.columns[name][row]) for _, name, _ in reversed(_COLUMNS)}
    return {**values, "flags": _flags(chain, row)}


def _flags(chain: StoredChain, row: int) -> list[str]:
    return [str(one.name).lower() for one in QuoteFlag(int(chain.flags[row]))]


def _middle(found: _Found, strikes: NDArray[np.float64]) -> float:
    price = found.chain.info.underlying_price
    return float(np.median(strikes)) if math.isnan(price) else price


def _cells(chain: StoredChain, rows: list[int]) -> tuple[str, ...]:
    """Flags and columns of a quote, flags first; blank where there is none."""
    if not rows:
        return ("", *("" for _ in _COLUMNS))
    (row,) = rows
    price = _COINS if chain.info.market.inverse else _PRICE
    forms = [(name, price if form == _PRICE else form) for _, name, form in _COLUMNS]
    values = [(float(chain.columns[name][row]), form) for name, form in forms]
    return (
        "|".join(_flags(chain, row)),
        *("-" if math.isnan(value) else format(value, form) for value, form in values),
    )
