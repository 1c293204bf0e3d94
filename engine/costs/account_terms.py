"""What money costs and earns, and what comes and goes: terms of the account as data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, ClassVar, Literal

from annotated_types import Ge, MinLen

from engine.shapes import FORBID_UNKNOWN, ClockTime, Name


@dataclass(frozen=True, slots=True, kw_only=True)
class RateStep:
    """A rate from a date on, percent per year."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    since: dt.date
    percent: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FinancingConfig:
    """Interest on cash and on debit, and what borrowed shares cost; simple interest by calendar days.

    Attributes:
        benchmark_percent: rate that the others follow, per year: one for the whole run, by dates, or the `store`'s.
        cash_threshold_usd: so much cash earns nothing.
        cash_spread_percent: cash beyond earns so much less than the benchmark, but never less than nothing.
        debit_spread_percent: a debit costs so much more than the benchmark, but never less than nothing.
        borrow_percent: fee on the value of short shares, per year.
        borrow_percent_by_symbol: the same for shares that cost something else.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    benchmark_percent: float | Annotated[tuple[RateStep, ...], MinLen(1)] | Literal["store"] = 0.0
    cash_threshold_usd: Annotated[float, Ge(0)] = 0.0
    cash_spread_percent: Annotated[float, Ge(0)] = 0.0
    debit_spread_percent: Annotated[float, Ge(0)] = 0.0
    borrow_percent: Annotated[float, Ge(0)] = 0.0
    borrow_percent_by_symbol: Mapping[Name, Annotated[float, Ge(0)]] = field(default_factory=dict)
    days_per_year: Literal[360, 365] = 360


@dataclass(frozen=True, slots=True, kw_only=True)
class CashFlow:
    """A deposit, or (negative) a withdrawal.

    Attributes:
        date: exchange date; where it is no session, the next one counts.
        time: on the exchange's clock; null: at the open.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    date: dt.date
    amount_usd: float
    time: ClockTime | None = None
