"""The watches of drawdown protection over the account: each knows when it begins, what it does, and when it ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol

from engine.model import SessionTable
from engine.money import Micros, to_micros, to_usd
from engine.risk_config import DailyLossStop, DrawdownStep, ProtectiveAction
from engine.risk_rules.figures import percent_of


class Breach(NamedTuple):
    """A bound that was reached.

    Attributes:
        unit: of both: `%`, or `USD` where the bound is money.
    """

    value: float
    limit: float
    unit: str


class AccountWatch(Protocol):
    """One bound on what the account may lose."""

    @property
    def rule(self) -> str:
        """`drawdown` or `daily_loss`."""

    @property
    def action(self) -> ProtectiveAction:
        """What is done while it is in force."""

    @property
    def size_factor(self) -> float:
        """What sizes are multiplied by while it is in force, where the action is to reduce."""

    @property
    def close_percent(self) -> float:
        """What is closed of every position when it begins, where the action is to reduce."""

    @property
    def breach(self) -> Breach | None:
        """The bound that was reached; None while it is not in force."""

    def moved(self, amount: Micros) -> None:
        """A deposit, or (negative) a withdrawal, moved the account; that is neither gain nor loss."""

    def look(self, equity: Micros, today: date, sessions: SessionTable) -> bool:
        """Take a value of the account; whether the watch began or ended with it."""

    def session_ended(self, equity: Micros) -> bool:
        """Take the value of the account at the end of a session; whether the watch ended with it."""


@dataclass(slots=True)
class DrawdownWatch:
    """A fall from the highest net liquidation so far."""

    step: DrawdownStep
    peak: Micros
    breach: Breach | None = None
    since: date | None = None

    @property
    def rule(self) -> str:
        """`drawdown`."""
        return "drawdown"

    @property
    def action(self) -> ProtectiveAction:
        """As configured."""
        return self.step.action

    @property
    def size_factor(self) -> float:
        """As configured."""
        return self.step.size_factor

    @property
    def close_percent(self) -> float:
        """As configured."""
        return self.step.close_percent

    def moved(self, amount: Micros) -> None:
        """The peak moves along."""
        self.peak += amount

    def look(self, equity: Micros, today: date, sessions: SessionTable) -> bool:
        """Begin at the fall, end after the sessions or when the fall is small again."""
        self.peak = max(self.peak, equity)
        fall = percent_of(self.peak - equity, self.peak)
        if self.breach is None:
            if fall < self.step.at_percent:
                return False
            self.breach, self.since = Breach(fall, self.step.at_percent, "%"), today
            return True
        if self._waited(today, sessions):
            self.peak = equity
        elif self.step.resume_within_percent is None or fall > self.step.resume_within_percent:
            return False
        self.breach = self.since = None
        return True

    def session_ended(self, equity: Micros) -> bool:
        """A drawdown knows no sessions."""
        return False

    def _waited(self, today: date, sessions: SessionTable) -> bool:
        wanted = self.step.resume_after_sessions
        return wanted is not None and self.since is not None and len(sessions.between(self.since, today)) > wanted


@dataclass(slots=True)
class DailyLossWatch:
    """A loss since the end of the session before; in the first session, since the start of the run."""

    stop: DailyLossStop
    base: Micros
    breach: Breach | None = None

    @property
    def rule(self) -> str:
        """`daily_loss`."""
        return "daily_loss"

    @property
    def action(self) -> ProtectiveAction:
        """As configured."""
        return self.stop.action

    @property
    def size_factor(self) -> float:
        """Sizes stay as they are."""
        return 1.0

    @property
    def close_percent(self) -> float:
        """Nothing is closed in part."""
        return 0.0

    def moved(self, amount: Micros) -> None:
        """The value that the loss is counted from moves along."""
        self.base += amount

    def look(self, equity: Micros, today: date, sessions: SessionTable) -> bool:
        """Begin at the loss."""
        if self.breach is None:
            self.breach = reached_bound(self.base - equity, self.base, self.stop.percent, self.stop.usd)
            return self.breach is not None
        return False

    def session_ended(self, equity: Micros) -> bool:
        """End with the session, and count anew."""
        ended, self.base, self.breach = self.breach is not None, equity, None
        return ended


def reached_bound(loss: Micros, whole: Micros, percent: float | None, usd: float | None) -> Breach | None:
    """The first of the two bounds that a loss has reached, None where it has reached neither."""
    if usd is not None and loss >= to_micros(usd):
        return Breach(to_usd(loss), usd, "USD")
    if percent is not None and loss > 0 and percent_of(loss, whole) >= percent:
        return Breach(percent_of(loss, whole), percent, "%")
    return None
