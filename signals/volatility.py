"""Signals from the volatilities that a chain implies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from math import sqrt
from typing import Annotated, Any, ClassVar, Literal

from annotated_types import Interval

from engine.implied import at_the_money_iv, constant_maturity_iv
from engine.instants import NANOS_PER_DAY, Instant
from engine.instants import years_between as calendar_years
from engine.model import ChainSnapshot, Right, SessionTable
from engine.shapes import FORBID_UNKNOWN
from signals.base import MarketSignal
from signals.implied import iv_at_delta, straddle
from signals.trading_time import TradingTime


@dataclass(frozen=True, slots=True, kw_only=True)
class AtMaturity:
    """A constant maturity.

    Attributes:
        maturity_days: in calendar days from the present instant.
        time: how time is measured (T34): `calendar`, 365 days a year, every day alike, as volatilities are quoted; or
            `trading`, 252 sessions a year, nights, weekends and holidays counting nothing, so that nothing jumps
            because a weekend lies ahead.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    maturity_days: Annotated[int, Interval(ge=1, le=365)] = 30
    time: Literal["calendar", "trading"] = "calendar"


def measure_of(time: Literal["calendar", "trading"], sessions: SessionTable) -> Callable[[Instant, Instant], float]:
    """Years between two instants, measured so."""
    return calendar_years if time == "calendar" else TradingTime(sessions).years_between


class AtTheMoneyIv(MarketSignal):
    """At-the-money volatility at a constant maturity, as a fraction per year: 0.16 is 16 %."""

    kind: ClassVar[str] = "atm_iv"
    Parameters: ClassVar[type] = AtMaturity

    def __init__(self, name: str, underlying: str, parameters: AtMaturity, sessions: SessionTable) -> None:
        super().__init__(name, underlying, parameters, sessions)
        self._years = measure_of(parameters.time, sessions)

    def on_snapshot(self, snapshot: ChainSnapshot) -> float | None:
        return constant_maturity_iv(snapshot, self.parameters.maturity_days, at_the_money_iv, self._years)


# --- term structure and skew ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class TermSlopeParameters:
    """Two maturities, in calendar days.

    Attributes:
        measure: `difference`, far less near, or `ratio`, far over near.
        time: as in `AtMaturity`.

    Raises:
        ValueError: when the near maturity is not shorter than the far one.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    near_days: Annotated[int, Interval(ge=1, le=364)] = 30
    far_days: Annotated[int, Interval(ge=2, le=1_095)] = 90
    measure: Literal["difference", "ratio"] = "difference"
    time: Literal["calendar", "trading"] = "calendar"

    def __post_init__(self) -> None:
        if self.near_days >= self.far_days:
            raise ValueError(f"near_days {self.near_days} must be less than far_days {self.far_days}")


class TermSlope(MarketSignal):
    """At-the-money volatility of a far maturity against a near one; above 0 (ratio: 1) in contango."""

    kind: ClassVar[str] = "term_structure_slope"
    Parameters: ClassVar[type] = TermSlopeParameters

    def __init__(self, name: str, underlying: str, parameters: TermSlopeParameters, sessions: SessionTable) -> None:
        super().__init__(name, underlying, parameters, sessions)
        self._years = measure_of(parameters.time, sessions)

    def on_snapshot(self, snapshot: ChainSnapshot) -> float | None:
        near = constant_maturity_iv(snapshot, self.parameters.near_days, at_the_money_iv, self._years)
        far = constant_maturity_iv(snapshot, self.parameters.far_days, at_the_money_iv, self._years)
        if near is None or far is None:
            return None
        return far - near if self.parameters.measure == "difference" else far / near


@dataclass(frozen=True, slots=True, kw_only=True)
class SkewParameters(AtMaturity):
    """Which skew.

    Attributes:
        delta: absolute delta of both wings.
        measure: volatility of the put less that of the call, of the put less at the money, or of the call less at the
            money.
        relative: divide by the volatility at the money, so that calm and wild markets compare.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    delta: Annotated[float, Interval(gt=0, lt=1)] = 0.25
    measure: Literal["put_less_call", "put_less_atm", "call_less_atm"] = "put_less_call"
    relative: bool = False


class Skew(MarketSignal):
    """Difference of the volatilities of two wings at a constant maturity, by delta; 0.05 is five volatility points."""

    kind: ClassVar[str] = "skew"
    Parameters: ClassVar[type] = SkewParameters

    def __init__(self, name: str, underlying: str, parameters: SkewParameters, sessions: SessionTable) -> None:
        super().__init__(name, underlying, parameters, sessions)
        self._years = measure_of(parameters.time, sessions)
        wings = {
            "put": partial(iv_at_delta, right=Right.PUT, delta=parameters.delta),
            "call": partial(iv_at_delta, right=Right.CALL, delta=parameters.delta),
            "atm": at_the_money_iv,
        }
        high, _, low = parameters.measure.split("_")
        self._high, self._low = wings[high], wings[low]

    def on_snapshot(self, snapshot: ChainSnapshot) -> float | None:
        high, low = self._iv(snapshot, self._high), self._iv(snapshot, self._low)
        if high is None or low is None:
            return None
        if not self.parameters.relative:
            return high - low
        middle = self._iv(snapshot, at_the_money_iv)
        return None if middle is None else (high - low) / middle

    def _iv(self, snapshot: ChainSnapshot, iv_of: Any) -> float | None:
        return constant_maturity_iv(snapshot, self.parameters.maturity_days, iv_of, self._years)


# --- expected move ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedMoveParameters(AtMaturity):
    """Which move.

    Attributes:
        method: `iv`, one standard deviation of the volatility at the maturity; `straddle`, the price of the straddle
            nearest to the money of the first expiration at or after the maturity.
        factor: the move is multiplied by it, e.g. 0.85 of a straddle as brokers show it.
        unit: `fraction` of the price of the underlying, or `points`.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    maturity_days: Annotated[int, Interval(ge=0, le=365)] = 30
    method: Literal["iv", "straddle"] = "iv"
    factor: Annotated[float, Interval(gt=0, le=10)] = 1.0
    unit: Literal["fraction", "points"] = "fraction"

    def __post_init__(self) -> None:
        if self.method == "iv" and self.maturity_days == 0:
            raise ValueError(
                "a constant maturity of 0 days has no volatility; use method: straddle, or maturity_days 1"
            )


class ExpectedMove(MarketSignal):
    """How far the underlying is expected to move, up or down, until a maturity."""

    kind: ClassVar[str] = "expected_move"
    Parameters: ClassVar[type] = ExpectedMoveParameters

    def __init__(self, name: str, underlying: str, parameters: ExpectedMoveParameters, sessions: SessionTable) -> None:
        super().__init__(name, underlying, parameters, sessions)
        self._years = measure_of(parameters.time, sessions)

    def on_snapshot(self, snapshot: ChainSnapshot) -> float | None:
        points = self._straddle(snapshot) if self.parameters.method == "straddle" else self._deviation(snapshot)
        if points is None:
            return None
        move: float = self.parameters.factor * points
        return move if self.parameters.unit == "points" else move / snapshot.underlying_price

    def _straddle(self, snapshot: ChainSnapshot) -> float | None:
        found = straddle(snapshot, self.parameters.maturity_days)
        return None if found is None else found[0]

    def _deviation(self, snapshot: ChainSnapshot) -> float | None:
        days = self.parameters.maturity_days
        volatility = constant_maturity_iv(snapshot, days, at_the_money_iv, self._years)
        if volatility is None:
            return None
        years = self._years(snapshot.at, snapshot.at + days * NANOS_PER_DAY)
        return snapshot.underlying_price * volatility * sqrt(years)
