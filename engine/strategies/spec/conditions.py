"""How a specification says what must hold: signals, expressions over signals, event dates, and their combinations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar, TypeAlias

from annotated_types import Interval, MinLen

from engine.errors import ConfigurationError
from engine.shapes import FORBID_UNKNOWN, Name
from engine.strategies.expressions import expression


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalCondition:
    """Holds when the signal has a value and it lies strictly above and strictly below what is given."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    signal: Name
    above: float | None = None
    below: float | None = None

    def __post_init__(self) -> None:
        if self.above is None and self.below is None:
            raise ValueError(f"the condition on signal {self.signal!r} needs `above`, `below`, or both")
        if self.above is not None and self.below is not None and self.above >= self.below:
            raise ValueError(f"signal {self.signal!r} cannot be above {self.above} and below {self.below}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpressionCondition:
    """Holds when an expression over signals does; it does not where one of its signals has no value.

    Attributes:
        when: e.g. `iv_rank > 0.3 and sma50 > sma200`: signals of the run by name, numbers, `+ - * /`, comparisons
            and their chains, `and`, `or`, `not`, parentheses, `abs`, `min`, `max`, and `previous(x)`, x on the chain
            before.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    when: Name

    def __post_init__(self) -> None:
        try:
            expression(self.when)
        except ConfigurationError as error:
            raise ValueError(str(error)) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class EventCondition:
    """Holds from so many sessions before or after a dated event to so many, both included.

    Dates are known in advance, so before the event as well. An event on a day without a session counts as one of the
    next session.

    Attributes:
        event: name of the event in the strategy's `event_dates`, e.g. `earnings`.
        from_sessions: first session, -5 being five before the event, 0 that of the event, 1 the one after it.
        to_sessions: last session, counted likewise.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    event: Name
    from_sessions: Annotated[int, Interval(ge=-250, le=250)] = 0
    to_sessions: Annotated[int, Interval(ge=-250, le=250)] = 0

    def __post_init__(self) -> None:
        if self.from_sessions > self.to_sessions:
            raise ValueError(
                f"from_sessions {self.from_sessions} must not come after to_sessions {self.to_sessions}; sessions "
                "before the event are negative"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class AllOf:
    """Holds when every one of these holds."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    all_of: Annotated[tuple[Condition, ...], MinLen(1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyOf:
    """Holds when at least one of these holds."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    any_of: Annotated[tuple[Condition, ...], MinLen(1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoneOf:
    """Holds when every one of these is known not to hold; one that is undefined is not known."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    none_of: Annotated[tuple[Condition, ...], MinLen(1)]


Condition: TypeAlias = SignalCondition | ExpressionCondition | EventCondition | AllOf | AnyOf | NoneOf
SimpleCondition: TypeAlias = SignalCondition | ExpressionCondition | EventCondition


def parts_of(conditions: Sequence[Condition]) -> Iterator[tuple[tuple[str | int, ...], SimpleCondition]]:
    """Every condition that is no combination, with its path, e.g. `(0, "any_of", 1)`."""
    for index, one in enumerate(conditions):
        match one:
            case AllOf(all_of=inner):
                yield from (((index, "all_of", *path), part) for path, part in parts_of(inner))
            case AnyOf(any_of=inner):
                yield from (((index, "any_of", *path), part) for path, part in parts_of(inner))
            case NoneOf(none_of=inner):
                yield from (((index, "none_of", *path), part) for path, part in parts_of(inner))
            case _:
                yield (index,), one
