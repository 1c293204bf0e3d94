"""Text of values that is the same in every process, hash seed, time zone and Python: what is hashed of a run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum, StrEnum
from operator import attrgetter
from typing import Any, Final, TypeAlias

from engine.model import ChainSnapshot, OptionContract, Order
from engine.model.orders import WHEN_SET

Writer: TypeAlias = Callable[[Any], str]


class CanonicalText:
    """Writes values: fields in declaration order, contracts by symbol.

    Fields marked `WHEN_SET` follow by name, where they differ from their default: what came into the language later
    leaves the hashes of runs that do not use it. An order is written once, however many events and records name it.
    """

    def __init__(self) -> None:
        self._writers = _Writers()
        self._orders: dict[int, tuple[Order, str]] = {}
        self._write_order = self._writers[Order]
        self._writers[Order] = self._known_order

    def of(self, value: object) -> str:
        """Text of a value.

        Raises:
            TypeError: for a type without a canonical form, so that nothing is hashed by its address.
        """
        kind = type(value)
        return (self._writers.get(kind) or self._writers[kind])(value)

    def close(self) -> None:
        """Forget all that was written: writers know one another, which only the collector would end."""
        self._writers.clear()
        self._orders.clear()

    def _known_order(self, order: Order) -> str:
        known = self._orders.get(order.order_id)
        if known is None or known[0] is not order:
            known = self._orders[order.order_id] = order, self._write_order(order)
        return known[1]


class _Writers(dict[type, Writer]):
    """How values are written, by their type; found when a type is first met.

    Values inside others are asked for by `get` first: Python subscripts what is derived from a dictionary the slow way.
    """

    def __missing__(self, kind: type) -> Writer:
        writer = self[kind] = self._of_type(kind)
        return writer

    def _of_type(self, kind: Any) -> Writer:
        if kind in _BUILT_IN:
            return repr
        if issubclass(kind, StrEnum):
            return {member: repr(member.value) for member in kind}.__getitem__
        for base, writer in _PLAIN:
            if issubclass(kind, base):
                return writer
        if issubclass(kind, Enum):
            return lambda value: self[type(value._value_)](value._value_)  # what `value` looks up, slowly
        if issubclass(kind, tuple):
            return self._of_members
        if is_dataclass(kind):
            return self._of_fields(kind)
        raise TypeError(f"{kind.__name__} has no canonical text; add a rule to engine/canonical_text.py")

    def _of_members(self, values: tuple[Any, ...]) -> str:
        texts = []
        for one in values:  # no comprehension: its closure would be made anew for every value
            texts.append((self.get(type(one)) or self[type(one)])(one))
        return f"({','.join(texts)})"

    def _of_fields(self, kind: Any) -> Writer:
        label = kind.__name__
        names = [field.name for field in fields(kind) if field.metadata != WHEN_SET]
        if not names:
            return lambda value: label
        values = attrgetter(*names) if len(names) > 1 else lambda value: (getattr(value, names[0]),)

        def written(value: Any) -> str:
            texts = []
            for one in values(value):  # no comprehension, as above
                texts.append((self.get(type(one)) or self[type(one)])(one))
            return f"{label}({','.join(texts)})"

        usual = {field.name: field.default for field in fields(kind) if field.metadata == WHEN_SET}
        return self._with_later(written, usual) if usual else written

    def _with_later(self, written: Writer, usual: dict[str, Any]) -> Writer:
        later = attrgetter(*usual)
        usually = tuple(usual.values()) if len(usual) > 1 else next(iter(usual.values()))

        def written_with_later(value: Any) -> str:
            text = written(value)
            if later(value) == usually:
                return text
            said = [(name, one) for name, default in usual.items() if (one := getattr(value, name)) != default]
            return text + "".join([f".{name}={self[type(one)](one)}" for name, one in said])

        return written_with_later


_BUILT_IN: Final = frozenset({bool, float, int, str, type(None)})
_PLAIN: Final[tuple[tuple[type, Writer], ...]] = (
    # By the built-in type's own function: numpy scalars and members of enumerations read like the values that they are.
    (float, float.__repr__),
    (int, int.__repr__),
    (str, str.__repr__),
    (date, date.isoformat),
    (OptionContract, attrgetter("symbol")),
    (ChainSnapshot, lambda value: value.digest.hex()),
)
_WRITERS: Final = _Writers()


def canonical_text(value: object) -> str:
    """`CanonicalText.of` for once."""
    return _WRITERS[type(value)](value)
