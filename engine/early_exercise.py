"""Exercise before expiration: when it is optimal for whoever holds an American option (RULES 5.4, 5.5).

Before an ex-date a call is exercised when that is worth more than the call will be after the shares have dropped. On
any other night an option is exercised when its American value is no more than its intrinsic value.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from engine.events import ExerciseReason
from engine.instants import Instant, years_between
from engine.model import OptionContract, Right
from engine.pricing import price

_RESOLUTION: Final = 1e-9
"""Of American values, per USD of strike: a time value below it is none."""


class Outlook(NamedTuple):
    """What decides about exercise tonight.

    Attributes:
        spot: price of what is delivered for one share of the strike, the coming dividend included.
        volatility: of the contract.
        rate, dividend_yield: continuously compounded decimals per year.
        tonight: dividends per share whose ex-date is the next session, USD.
        later: dividends after that one, before the contract expires.
    """

    spot: float
    volatility: float
    rate: float
    dividend_yield: float
    tonight: float
    later: tuple[tuple[Instant, float], ...]


class Choice(NamedTuple):
    """The two things that a holder can do, USD per share.

    Attributes:
        exercise_value: of exercising now.
        hold_value: of holding on, at its best.
    """

    exercise_value: float
    hold_value: float
    reason: ExerciseReason

    @property
    def advantage(self) -> float:
        """What exercise brings above holding on."""
        return self.exercise_value - self.hold_value


def optimal_exercise(contract: OptionContract, now: Instant, outlook: Outlook) -> Choice | None:
    """The choice of a holder who should exercise tonight; None for one who should hold on, or does not care."""
    if int(contract.right) * (outlook.spot - contract.strike) <= 0.0:
        return None
    choice = choice_tonight(contract, now, outlook)
    if choice.reason is ExerciseReason.DIVIDEND:
        return choice if choice.advantage > 0.0 else None
    # A put earns interest on the strike, a call the yield on the shares; nobody exercises for nothing.
    earned = outlook.dividend_yield if contract.right is Right.CALL else outlook.rate
    return choice if earned > 0.0 and choice.advantage >= -_RESOLUTION * contract.strike else None


def choice_tonight(contract: OptionContract, now: Instant, outlook: Outlook) -> Choice:
    """What a holder gets tonight, and what the option is worth to him after tonight's dividend."""
    hold = price(
        int(contract.right),
        max(outlook.spot - outlook.tonight, 0.0),
        contract.strike,
        years_between(now, contract.series.settles_at),
        outlook.rate,
        outlook.dividend_yield,
        outlook.volatility,
        style="american",
        method="converged",
        dividends=[(years_between(now, at), amount) for at, amount in outlook.later],
    )
    for_dividend = contract.right is Right.CALL and outlook.tonight > 0.0
    reason = ExerciseReason.DIVIDEND if for_dividend else ExerciseReason.NO_TIME_VALUE
    return Choice(max(int(contract.right) * (outlook.spot - contract.strike), 0.0), float(hold), reason)
