"""The trades one by one: all of them, or the worst and the best where they are too many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from api.reports.blocks import Block, Column, Row, Table, Text
from api.reports.words import count, day, plural, signed_count, signed_usd, spelled, usd
from api.runs.trade_tables import still_held

if TYPE_CHECKING:
    from api.runs import StoredRun

MOST_TRADES: Final = 1_000
"""Trades that the page lists one by one; of more, the best and the worst."""
_ENDS: Final = 100
"""Best and worst trades each that the page lists of more than it can."""
_PAPER_ENDS: Final = 20
"""The same on paper."""
_MOST_NAMED: Final = 12
_NUMBERS: Final = ("Entry", "Exit", "Fees", "Profit", "Worst", "Best")
_COLUMNS: Final = (
    Column("No.", numeric=True), Column("Opened"), Column("Closed"), Column("Structure"), Column("Qty", numeric=True),
    *(Column(title, numeric=True) for title in _NUMBERS), Column("Ended by"),
)  # fmt: skip
_LEGS: Final = Column("Legs")
_NOTE: Final = (
    "Entry and exit: cash before fees, negative where it was paid. Worst and best: profit before fees at any mark. "
    "An asterisk: a leg was settled on a stand-in for the official value."
)


def trade_list(run: StoredRun) -> Iterable[Block]:
    """The table of trades, and the legs that were left."""
    legs = legs_by_trade(run.legs)
    ends = None if len(run.trades) <= MOST_TRADES else _ENDS
    yield _table(run, ends, legs, _table(run, _PAPER_ENDS))
    left = run.summary.trades.left_open_legs
    if left:
        more = f" and {len(left) - _MOST_NAMED:,} more" if len(left) > _MOST_NAMED else ""
        named = ", ".join(left[:_MOST_NAMED])
        yield Text(f"{plural(len(left), 'long leg')} found no bid when the rest was closed: {named}{more}.")


def _table(
    run: StoredRun, ends: int | None, legs: Mapping[int, str] | None = None, paper: Table | None = None
) -> Table:
    """All trades, or so many of the worst and of the best; with their legs where these are given."""
    trades, caption = run.trades, f"All {plural(len(run.trades), 'trade')}"
    if ends is not None and len(trades) > 2 * ends:
        order = trades.sort_values(["profit_usd", "position_id"])
        trades = pd.concat([order.head(ends), order.tail(ends)])
        caption = f"The {ends} worst and the {ends} best of {len(order):,} trades; all are in trades.csv"
    zone, several = run.summary.data.timezone, len(run.summary.strategies) > 1
    rows = [_row(trade, zone, several) for trade in trades.to_dict("records")]
    if legs is None:
        return Table(caption, _COLUMNS, tuple(rows), _NOTE, small=True)
    named = tuple((*row, legs.get(number, "")) for row, number in zip(rows, trades.position_id, strict=True))
    return Table(caption, (*_COLUMNS, _LEGS), named, _NOTE, small=True, paper=paper)


def _row(trade: Mapping[Any, Any], zone: str, several: bool) -> Row:
    structure = spelled(trade["structure"])
    return (
        count(trade["position_id"]),
        _day(trade["opened_at"], zone),
        still_held(trade["exit_reason"]) if pd.isna(trade["closed_at"]) else _day(trade["closed_at"], zone),
        f"{trade['strategy']}: {structure}" if several else structure,
        count(trade["quantity"]),
        *(usd(trade[f"{name}_usd"]) for name in ("entry_cash", "exit_cash", "fees")),
        *(signed_usd(trade[f"{name}_usd"]) for name in ("profit", "worst", "best")),
        spelled(trade["exit_reason"]) + ("*" if trade["proxy_settled"] else ""),
    )


def legs_by_trade(legs: pd.DataFrame) -> dict[int, str]:
    """What each trade consists of, by its number: quantities, strikes and rights by expiration."""
    found: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for leg in legs.to_dict("records"):
        option = not pd.isna(leg["expires_on"])
        expiration = f"{day(leg['expires_on'])} " if option else ""
        name = f"{leg['strike']:,g} {leg['right']}" if option else leg["symbol"]
        found[leg["position_id"]][expiration].append(f"{signed_count(leg['quantity'])} {name}")
    return {
        number: "; ".join(expiration + ", ".join(names) for expiration, names in parts.items())
        for number, parts in found.items()
    }


def _day(moment: pd.Timestamp, zone: str) -> str:
    return day(moment.tz_convert(zone).date())
