"""`ironfly import-trades`: a log of Option Omega becomes a configuration that makes the same trades again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from api.cli.display import console
from api.cli.json_answer import print_json
from api.errors import TradeLogUnreadable
from api.interchange.option_omega_log import RefusedRow, read_log
from api.interchange.replay import Contracts, Replay, replay_of
from api.interchange.replay_folder import write_replay
from engine.model import SettlementSession
from schemas.run_request import load_run_request

_MOST_LISTED: Final = 20


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What the command line says besides the log and the folder.

    Attributes:
        like: configuration whose data, dates, account, risk and execution are taken.
        skip_refused: leave out the rows that cannot be placed, instead of writing nothing.
    """

    ticker: str | None = None
    monthlies: SettlementSession = SettlementSession.PM
    like: Path | None = None
    skip_refused: bool = False
    as_json: bool = False


def import_trades(log: Path, out: Path | None, options: ImportOptions) -> None:
    """Write the folder of a replay, and say what became of the rows.

    Raises:
        TradeLogUnreadable: when the file is none, or rows cannot be placed; they are printed, and nothing is written.
        OutputOccupied: when the folder is there already.
    """
    like = None if options.like is None else load_run_request(options.like)
    replay = replay_of(read_log(log), Contracts(options.ticker, options.monthlies))
    turned_away = bool(replay.refused) and not options.skip_refused
    written = None if turned_away else write_replay(replay, out or Path(log.stem), like)
    if options.as_json:
        print_json(_document(replay, written))
    else:
        _show_refused(replay.refused)
    if written is None:
        raise TradeLogUnreadable(
            f"{log.name}: {len(replay.refused)} of {len(replay.refused) + len(replay.trades)} rows cannot be placed, "
            "so nothing is written; correct them, or leave them out with --skip-refused"
        )
    if not options.as_json:
        _show_written(replay, written)


def _document(replay: Replay, written: Path | None) -> dict[str, object]:
    return {
        "configuration": None if written is None else str(written),
        "trades": len(replay.trades),
        "refused": replay.refused,
        "first": replay.first,
        "last": replay.last,
        "underlyings": replay.underlyings,
        "premium_in": replay.unit,
    }


def _show_refused(refused: tuple[RefusedRow, ...]) -> None:
    for row in refused[:_MOST_LISTED]:
        _say(str(row))
    if len(refused) > _MOST_LISTED:
        _say(f"... and {len(refused) - _MOST_LISTED} more")


def _show_written(replay: Replay, configuration: Path) -> None:
    counted = "1 trade" if len(replay.trades) == 1 else f"{len(replay.trades)} trades"
    premium = "" if replay.unit is None else f"; premium in {replay.unit}"
    _say(f"{counted} from {replay.first} to {replay.last} on {', '.join(replay.underlyings)}{premium}")
    _say(f"Run it: ironfly run {configuration}")


def _say(line: str) -> None:
    console().print(line, soft_wrap=True, highlight=False, markup=False)
