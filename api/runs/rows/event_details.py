"""Events as JSON: the fields of their types, instruments by symbol, instants and money as people read them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum, IntFlag
from math import isfinite
from typing import Any, Final, TypeAlias

from engine.events import Event
from engine.instants import iso
from engine.model import OptionContract, Stock
from engine.model.orders import WHEN_SET
from engine.money import to_usd

_Written: TypeAlias = tuple[str, str, Callable[[Any], Any], Any]
"""Key in the JSON, name of the field, how its value is said, and the default that is left out."""
_ALWAYS: Any = object()


def details(event: Event) -> str:
    """JSON text of everything that an event says besides its instant."""
    said = _said(event)
    said.pop("at")
    return json.dumps(said, ensure_ascii=False, allow_nan=False)


def _said(value: Any) -> dict[str, Any]:
    """Fields of a value; those that came into the language later where they differ from their default."""
    written = _WRITTEN.get(type(value))
    if written is None:
        written = _WRITTEN[type(value)] = _written(type(value))
    found = ((key, say, getattr(value, name), default) for key, name, say, default in written)
    return {key: say(one) for key, say, one, default in found if one != default}


def _written(kind: Any) -> tuple[_Written, ...]:
    """How the fields of a type are written.

    Money and instants are whole numbers like counts; only the text of the annotation tells them apart.
    """
    return tuple(
        (
            f"{field.name}_usd" if "Micros" in str(field.type) else field.name,
            field.name,
            _money if "Micros" in str(field.type) else _instant if "Instant" in str(field.type) else _plain,
            field.default if field.metadata == WHEN_SET else _ALWAYS,
        )
        for field in fields(kind)
    )


def _money(value: int | None) -> float | None:
    return None if value is None else to_usd(value)


def _instant(value: int | None) -> str | None:
    return None if value is None else iso(value)


def _plain(value: Any) -> Any:
    """A value as JSON has it; numbers that are none have no value."""
    for kind, say in _SAID:
        if isinstance(value, kind):
            return say(value)
    return (_said(value) or type(value).__name__) if is_dataclass(value) else value


_WRITTEN: Final[dict[type, tuple[_Written, ...]]] = {}
_SAID: Final[tuple[tuple[Any, Callable[[Any], Any]], ...]] = (
    (OptionContract | Stock, lambda value: value.symbol),
    (IntFlag, lambda value: [(flag.name or "").lower() for flag in value]),
    (Enum, lambda value: value.value),
    (date, date.isoformat),
    (tuple, lambda value: [_plain(one) for one in value]),
    (float, lambda value: value if isfinite(value) else None),
)
