"""How a specification says when to close."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal, TypeAlias

from annotated_types import Ge, Gt, Interval

from engine.naming import unknown_name
from engine.shapes import FORBID_UNKNOWN
from engine.strategies.spec.triggers import DaysToExpiration, ProfitTarget, StopLoss, Trigger, events_of
from engine.structures import Structure, formulas


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Keeps the position for its expiration: once this holds, the rules below it are not asked any more.

    Attributes:
        dte: holds when the nearest expiration is so many exchange dates away, or fewer; left out: always.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    kind: Literal["hold"]
    dte: Annotated[int, Ge(0)] | None = None


ExitRule: TypeAlias = Trigger | Hold

ClosingKind: TypeAlias = Literal[
    "profit_target",
    "stop_loss",
    "trailing_stop",
    "break_even_stop",
    "dte",
    "days_held",
    "sessions_held",
    "time_of_day",
    "weekday",
    "before_event",
    "delta_breach",
    "price_breach",
    "signal",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExitRules:
    """When to close: the first rule that holds, in this order or in that of `rules`; a rule left out never closes.

    Attributes:
        stop_loss_percent: loss in percent of the entry premium, e.g. 200 closes at a loss of twice the credit.
        profit_target_percent: profit in percent of the entry premium, e.g. 50 closes at half the credit.
        dte: close when the nearest leg has this many days to expiration, or fewer.
        rules: all there is to say about when, in place of the three above; the first that holds closes.
        limit_spread_fraction: as in `EntryRules`; where a leg cannot trade on its side, the exit is at the market.
        at_market: kinds of rules whose exits are at the market all the same.
        market_after_snapshots: a limit that has not filled after so many chains goes to the market.
        market_after_sessions: a limit that has not filled when so many sessions have begun since goes to the market.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    stop_loss_percent: Annotated[float, Gt(0)] | None = None
    profit_target_percent: Annotated[float, Gt(0)] | None = None
    dte: Annotated[int, Ge(0)] | None = None
    rules: tuple[ExitRule, ...] = ()
    time_in_force: Literal["day", "gtc"] = "day"
    limit_spread_fraction: Annotated[float, Interval(ge=0, le=1)] | None = None
    at_market: tuple[ClosingKind, ...] = ()
    market_after_snapshots: Annotated[int, Ge(1)] | None = None
    market_after_sessions: Annotated[int, Ge(1)] | None = None

    def __post_init__(self) -> None:
        if self.rules and self._short:
            raise ValueError(
                f"`rules` stands for all exits; write `{self._short[0]}` as one of its rules, where its turn is"
            )
        for index, rule in enumerate(self.rules[:-1]):
            if isinstance(rule, Hold) and rule.dte is None:
                raise ValueError(
                    f"no rule below rules[{index}] can ever close; give `hold` a `dte`, or make it the last"
                )
        for name in ("at_market", "market_after_snapshots", "market_after_sessions"):
            if getattr(self, name) and self.limit_spread_fraction is None:
                raise ValueError(f"`{name}` needs `limit_spread_fraction`: without it every exit is at the market")

    @property
    def _short(self) -> tuple[str, ...]:
        names = ("stop_loss_percent", "profit_target_percent", "dte")
        return tuple(name for name in names if getattr(self, name) is not None)

    @property
    def in_order(self) -> tuple[ExitRule, ...]:
        """All rules in the order in which they are asked: stop, target, days to expiration; or as they are written."""
        return self.rules or tuple(self._of_short_form())

    def _of_short_form(self) -> Iterator[ExitRule]:
        if self.stop_loss_percent is not None:
            yield StopLoss(kind="stop_loss", percent_of_premium=self.stop_loss_percent)
        if self.profit_target_percent is not None:
            yield ProfitTarget(kind="profit_target", percent_of_premium=self.profit_target_percent)
        if self.dte is not None:
            yield DaysToExpiration(kind="dte", days=self.dte)


def check_exit(rules: ExitRules, legs: Collection[str], structure: Structure | None) -> None:
    """Refuse exits that name a leg that is not there, or ask for an extreme that the structure does not have.

    Args:
        legs: names of all legs.
        structure: None where the legs are any.

    Raises:
        ValueError: says which rule, and what it may say instead.
    """
    for index, rule in enumerate(rules.rules):
        for name in legs_of_rule(rule):
            if name not in legs:
                raise ValueError(f"exit.rules[{index}]: {unknown_name('leg', name, legs)}")
        if structure is not None and not getattr(rule, "legs", ()):
            _check_extreme(index, rule, structure)


def _check_extreme(index: int, rule: ExitRule, structure: Structure) -> None:
    known = formulas(structure)
    missing = None
    if getattr(rule, "percent_of_maximum_loss", None) is not None and not known.lowest:
        missing = "maximum loss"
    profit = getattr(rule, "percent_of_maximum_profit", None), getattr(rule, "arm_percent_of_maximum_profit", None)
    if profit != (None, None) and (structure.expirations > 1 or not known.highest):
        missing = "maximum profit"
    if missing is not None:
        raise ValueError(
            f"exit.rules[{index}]: {structure.name} has no {missing} that is known before; "
            f"let {rule.kind} go by percent of the premium, or USD"
        )


def legs_of_rule(rule: ExitRule) -> tuple[str, ...]:
    """Every leg that a rule names, to look at or to close."""
    looked_at = getattr(rule, "leg", None)
    return (*(() if looked_at is None else (looked_at,)), *getattr(rule, "legs", ()))


def events_of_exit(rules: ExitRules) -> tuple[str, ...]:
    """Names of the events whose dates the rules ask for."""
    return tuple(name for rule in rules.rules if not isinstance(rule, Hold) for name in events_of(rule))
