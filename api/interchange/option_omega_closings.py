"""When and why every trade of a run ended, as Option Omega's logs tell it: one moment, one reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

import pandas as pd

from api.interchange.frames import by_position, rows_of
from api.interchange.replay import END_OF_TEST, EXPIRED
from api.runs import StoredRun

CLOCK: Final = ZoneInfo("America/New_York")
_EXPIRES: Final = time(16)
_REASONS: Final = {
    "profit_target": "Profit Target",
    "stop_loss": "Stop Loss",
    "time_of_day": "Exited at Specified Time",
    "expiration": EXPIRED,
    "open_at_end": END_OF_TEST,
}
"""Our exit reasons in the words of the logs; others are written as they are."""


@dataclass(frozen=True, slots=True)
class Closing:
    """The end of a trade.

    Attributes:
        at: on the clock of New York, without a zone: of the fill that closed it, or of its last expiration; of the
            last value of the account where the trade is still open.
        in_parts: it was closed at several instants, of which this is the last.
    """

    at: datetime
    reason: str
    in_parts: bool = False


def closings_of(run: StoredRun) -> dict[int, Closing]:
    """The end of every trade, by position."""
    fills = by_position(run.fills[run.fills["intent"] == "close"])
    expirations: Any = run.legs.groupby("position_id")["expires_on"].max()
    end = new_york(run.equity["at"].iloc[-1])
    return {
        trade.position_id: _closing(trade, fills.get(trade.position_id), expirations[trade.position_id], end)
        for trade in rows_of(run.trades)
    }


def new_york(at: pd.Timestamp) -> datetime:
    """An instant on the clock of New York, without its zone."""
    return at.tz_convert(CLOCK).tz_localize(None).to_pydatetime()


def _closing(trade: Any, fills: pd.DataFrame | None, expires_on: Any, end: datetime) -> Closing:
    # A long leg without a bid is sold later, expires, or is there at the end: what the strategy decided is the first.
    if fills is not None and (trade.left_open or not pd.isna(trade.closed_at)):
        decisive = fills.iloc[0 if trade.left_open else -1]
        in_parts = not trade.left_open and fills["at"].nunique() > 1
        return Closing(new_york(decisive["at"]), _REASONS.get(decisive["tag"], decisive["tag"]), in_parts)
    if pd.isna(trade.closed_at):
        return Closing(end, END_OF_TEST)
    gone = new_york(trade.closed_at)
    expired = gone if pd.isna(expires_on) else datetime.combine(expires_on.date(), _EXPIRES)
    return Closing(min(gone, expired), _REASONS.get(trade.exit_reason, trade.exit_reason))
