"""Writes a replay as a folder: `replay.yaml`, a configuration to run, and beside it one file of orders per strategy."""

from __future__ import annotations

import csv
import io
import os
import re
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from ruamel.yaml import YAML

from api.errors import OutputOccupied
from api.interchange.option_omega_log import LoggedTrade
from api.interchange.replay import EXPIRED, Replay, ReplayedTrade
from data.calendar import session_table
from engine.strategies.script import ScriptedOrder
from schemas.run_request import RunRequest, parse_run_request

CONFIGURATION: Final = "replay.yaml"
UNNAMED: Final = "trades"
"""Strategy of rows that name none."""
_COLUMNS: Final = ("at", "order", "symbol", "quantity", "position", "kind", "effect")
_FILES_IN: Final = (("data", "settlement_values"), ("data", "overrides"), ("benchmark", "file"))
"""Where a configuration names files that lie relative to it."""
_NOT_TAKEN: Final = ("name", "strategies", "signals", "warm_up_sessions")


def write_replay(replay: Replay, folder: Path, like: RunRequest | None = None) -> Path:
    """Write the folder, whole or not at all; returns the configuration.

    Args:
        like: data, dates, account, risk, execution and the rest are taken from it, its strategies and signals are not;
            without it data are of minutes and fills at mid, as in Option Omega, the account is the log's, and its
            margin that of a broker.

    Raises:
        OutputOccupied: when the folder is there already.
        OSError: when it cannot be written.
    """
    if folder.exists():
        raise OutputOccupied(f"{folder} is there already; choose another folder with --out")
    files = _order_files(replay)
    document = {
        "name": folder.name,
        **(_defaults(replay) if like is None else _taken_from(like, replay, folder)),
        "strategies": [{"name": name, "kind": "scripted", "file": file} for name, (file, _) in files.items()],
    }
    text = _yaml(document)
    parse_run_request(text, str(folder / CONFIGURATION))
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}.", dir=folder.parent) as staging:
        made = Path(staging) / "new"
        made.mkdir()
        for name, content in ((CONFIGURATION, text), *files.values()):
            (made / name).write_text(content, encoding="utf-8")
        made.rename(folder)
    return folder / CONFIGURATION


def _order_files(replay: Replay) -> dict[str, tuple[str, str]]:
    """Name and text of the file of each strategy, by the strategy's name."""
    by_strategy: dict[str, list[ReplayedTrade]] = {}
    for one in replay.trades:
        by_strategy.setdefault(one.logged.strategy or UNNAMED, []).append(one)
    return {
        name: (f"{number:02d}-{_safe(name)}.csv", _orders_text(trades))
        for number, (name, trades) in enumerate(by_strategy.items(), 1)
    }


def _safe(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-").lower()[:40] or UNNAMED


def _orders_text(trades: Sequence[ReplayedTrade]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for trade in trades:
        for order in trade.orders:
            number = f"{trade.logged.line} {order.effect or 'open'}"
            writer.writerows(_order_rows(order, number))
    return text.getvalue()


def _order_rows(order: ScriptedOrder, number: str) -> list[tuple[object, ...]]:
    terms = (order.position, order.kind or "", order.effect or "")
    return [(order.at.isoformat(), number, leg.symbol, leg.quantity, *terms) for leg in order.legs]


def _defaults(replay: Replay) -> dict[str, Any]:
    funds = starting_funds_usd([one.logged for one in replay.trades])
    return {
        "start": replay.first.isoformat(),
        "end": _last_session(replay).isoformat(),
        "data": {"underlyings": list(replay.underlyings), "resolution": "minute"},
        **({} if funds is None else {"account": {"initial_cash_usd": funds}}),
        "risk": {"margin": "regulation_t"},
        "execution": {"fills": {"kind": "mid"}},
    }


def _last_session(replay: Replay) -> date:
    """The last date of the log, or the session after it, on which what expired on that date is settled."""
    expires = any(
        one.logged.reason == EXPIRED and one.logged.closed_at and one.logged.closed_at.date() == replay.last
        for one in replay.trades
    )
    if not expires:
        return replay.last
    following = [one.on for one in session_table(replay.last, replay.last).sessions if one.on > replay.last]
    return following[0]


def starting_funds_usd(trades: Sequence[LoggedTrade]) -> float | None:
    """What the account held before the first trade was closed; None where the log does not say."""
    told = [one for one in trades if one.closed_at and one.funds_usd is not None and one.profit_usd is not None]
    first = min((one.closed_at for one in told if one.closed_at), default=None)
    ends = {one.funds_usd for one in told}
    starts = [round((one.funds_usd or 0.0) - (one.profit_usd or 0.0), 2) for one in told if one.closed_at == first]
    # Of trades that closed together the first one's start is nobody's end.
    return next((start for start in starts if start not in ends), None)


def _taken_from(like: RunRequest, replay: Replay, folder: Path) -> dict[str, Any]:
    document = {key: value for key, value in like.document.value.items() if key not in _NOT_TAKEN}
    for section, key in _FILES_IN:
        named = document.get(section, {}).get(key)
        if named is not None:
            moved = os.path.relpath(like.base / named, folder.resolve())
            document[section] = {**document[section], key: moved}
    return document | {
        "start": min(like.config.start, replay.first).isoformat(),
        "end": max(like.config.end, replay.last).isoformat(),
    }


def _yaml(document: Mapping[str, Any]) -> str:
    writer = YAML()
    writer.allow_unicode = True
    writer.width = 120
    text = io.StringIO()
    writer.dump(dict(document), text)
    return text.getvalue()
