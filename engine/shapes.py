"""What all shapes of a configuration have in common."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
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


def check_has_no_zone(at: datetime) -> None:
    """Refuse a time that names a zone of its own.

    Raises:
        ValueError: says what to write.
    """
    if at.tzinfo is not None:
        raise ValueError(f"{at.isoformat()} has a time zone; write the exchange's clock time, e.g. 2019-04-25T10:00")
