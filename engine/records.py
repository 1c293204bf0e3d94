"""Records that never change and are made all the time: Python sees to it where strategies hold them, else mypy does."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any, TypeVar, dataclass_transform

Record = TypeVar("Record")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(kind: type[Record]) -> type[Record]:
    """A dataclass with slots that mypy takes for frozen, for what the engine makes for itself and for results.

    The check at run time would be most of what making one costs.
    """
    return dataclass(slots=True, unsafe_hash=True)(kind)


def quickly_made(kind: type[Record]) -> type[Record]:
    """Let a frozen dataclass fill its slots directly when it is made; afterwards it is as frozen as before.

    The `__init__` of the library calls `object.__setattr__` for every field, which is most of what it costs.

    Args:
        kind: with slots, and without fields that are no parameter or have a factory.
    """
    names = [one.name for one in fields(kind)]  # type: ignore[arg-type]  # a dataclass, as said
    scope: dict[str, Any] = {"__name__": kind.__module__}
    scope |= {f"set_{name}": getattr(kind, name).__set__ for name in names}
    lines = [f"set_{name}(self, {name})" for name in names]
    if hasattr(kind, "__post_init__"):
        lines.append("self.__post_init__()")
    exec(f"def __init__(self, {', '.join(names)}):\n    " + "\n    ".join(lines), scope)
    made, usual = scope["__init__"], kind.__init__
    made.__defaults__, made.__qualname__ = usual.__defaults__, usual.__qualname__
    kind.__init__ = made  # type: ignore[method-assign]  # the same parameters
    return kind
