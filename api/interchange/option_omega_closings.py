"""When and why every trade of a run ended, as Option Omega's logs tell it: one moment, one reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
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
    fills, legs = by_position(run.fills), by_position(run.legs)
    return {
        trade.position_id: _closing(
            trade,
            [fill for fill in fills[trade.position_id] if fill.intent == "close"],
            [leg.expires_on.date() for leg in legs[trade.position_id] if not pd.isna(leg.expires_on)],
            run.equity["at"].iloc[-1],
        )
        for trade in rows_of(run.trades)
    }


def new_york(at: pd.Timestamp) -> datetime:
    """An instant on the clock of New York, without its zone."""
    return at.tz_convert(CLOCK).tz_localize(None).to_pydatetime()


def _closing(trade: Any, fills: Sequence[Any], expirations: Sequence[date], end: pd.Timestamp) -> Closing:
    # A long leg without a bid is sold later, expires, or is there at the end: what the strategy decided is the first.
    if fills and (trade.left_open or not pd.isna(trade.closed_at)):
        decisive = fills[0 if trade.left_open else -1]
        in_parts = not trade.left_open and fills[0].at != fills[-1].at
        return Closing(new_york(decisive.at), _REASONS.get(decisive.tag, decisive.tag), in_parts)
    if pd.isna(trade.closed_at):
        return Closing(new_york(end), END_OF_TEST)
    gone = new_york(trade.closed_at)
    expired = datetime.combine(max(expirations), _EXPIRES) if expirations else gone
    return Closing(min(gone, expired), _REASONS.get(trade.exit_reason, trade.exit_reason))
