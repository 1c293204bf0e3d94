"""What all shapes of a configuration have in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, time
from typing import Annotated, Any, Final, TypeAlias

from annotated_types import MinLen

FORBID_UNKNOWN: Final = {"extra": "forbid"}
"""Read by pydantic: a key that no field has is an error, never ignored."""

Name: TypeAlias = Annotated[str, MinLen(1)]


class _WithoutZone:
    """Says in a published schema what JSON Schema's own `date-time` cannot: a time without a zone."""

    def __get_pydantic_json_schema__(self, shape: Any, handler: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?$"}


ExchangeTime: TypeAlias = Annotated[datetime, _WithoutZone()]
"""A date and a time on the exchange's clock, e.g. `2019-04-25T10:00`."""


class _ClockWithoutZone:
    """Says in a published schema what JSON Schema's own `time` cannot: a time of day without a zone."""

    def __get_pydantic_json_schema__(self, shape: Any, handler: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$"}


ClockTime: TypeAlias = Annotated[time, _ClockWithoutZone()]
"""A time of day on the exchange's clock, e.g. `15:45`."""


def check_has_no_zone(at: datetime | time) -> None:
    """Refuse a time that names a zone of its own.

    Raises:
        ValueError: says what to write.
    """
    if at.tzinfo is not None:
        example = "2019-04-25T10:00" if isinstance(at, datetime) else "15:45"
        raise ValueError(f"{at.isoformat()} has a time zone; write the exchange's clock time, e.g. {example}")


def check_one_given(record: Any, names: Sequence[str]) -> None:
    """Refuse a record of a kind that has none, or several, of fields of which it needs one.

    Raises:
        ValueError: names the fields and those that are given.
    """
    given = [name for name in names if getattr(record, name) is not None]
    if len(given) != 1:
        listed = ", ".join(f"`{name}`" for name in names)
        has = " and ".join(f"`{name}`" for name in given) or "none of them"
        raise ValueError(f"{record.kind} needs exactly one of {listed}; it has {has}")
