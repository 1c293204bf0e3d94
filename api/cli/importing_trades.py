"""`ironfly import-trades`: a log of Option Omega becomes a configuration that makes the same trades again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from api.cli.display import console
from api.errors import TradeLogUnreadable
from api.interchange.option_omega_log import RefusedRow, read_log
from api.interchange.replay import Contracts, Replay, replay_of
from api.interchange.replay_folder import write_replay
from engine.model import SettlementSession
from schemas.run_request import load_run_request

_MOST_LISTED = 20


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What the command line says besides the log and the folder.

    Attributes:
        like: configuration whose data, dates, account, risk and execution are taken.
        skip: leave out the rows that cannot be placed, instead of writing nothing.
    """

    ticker: str | None = None
    monthlies: SettlementSession = SettlementSession.PM
    like: Path | None = None
    skip: bool = False


def import_trades(log: Path, out: Path | None, options: ImportOptions) -> None:
    """Write the folder of a replay, and say what became of the rows.

    Raises:
        TradeLogUnreadable: when the file is none, or rows cannot be placed; they are printed, and nothing is written.
        OutputOccupied: when the folder is there already.
    """
    like = None if options.like is None else load_run_request(options.like)
    replay = replay_of(read_log(log), Contracts(options.ticker, options.monthlies))
    _show_refused(replay.refused)
    if replay.refused and not options.skip:
        raise TradeLogUnreadable(
            f"{log.name}: {_rows(len(replay.refused))} of {len(replay.refused) + len(replay.trades)} cannot be placed, "
            "so nothing is written; correct them, or leave them out with --skip-refused"
        )
    written = write_replay(replay, out or Path(log.stem), like)
    _show_written(replay, written)


def _show_refused(refused: tuple[RefusedRow, ...]) -> None:
    out = console()
    for row in refused[:_MOST_LISTED]:
        out.print(str(row), soft_wrap=True, highlight=False, markup=False)
    if len(refused) > _MOST_LISTED:
        out.print(f"... and {_rows(len(refused) - _MOST_LISTED)} more", soft_wrap=True)


def _show_written(replay: Replay, configuration: Path) -> None:
    out = console()
    told = "not told by its legs" if replay.unit is None else replay.unit
    out.print(
        f"{len(replay.trades)} trades from {replay.first} to {replay.last} on {', '.join(replay.underlyings)}; "
        f"premium in {told}",
        soft_wrap=True,
        highlight=False,
        markup=False,
    )
    out.print(f"Run it: ironfly run {configuration}", soft_wrap=True, highlight=False, markup=False)


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count} rows"
