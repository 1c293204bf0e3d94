"""The event log: every event of a run, hashed in order; all but market data kept.

The hash is over bytes that do not depend on process, hash seed, time zone or Python version: fixed-width binary for
the frequent events, canonical text for the rest. A chain snapshot stands in it by its content digest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from operator import attrgetter
from struct import Struct
from typing import Any, Final

from engine.events import BarArrived, Event, PortfolioMarked, SharesQuoted, SignalUpdated, SnapshotArrived
from engine.model import ChainSnapshot, OptionContract
from engine.model.orders import WHEN_SET

_BAR: Final = Struct("<q5d").pack
_SNAPSHOT: Final = Struct("<cqd").pack
_MARK: Final = Struct("<cqqqq").pack
_SIGNAL: Final = Struct("<cqd").pack
_SHARE_QUOTE: Final = Struct("<cqdd").pack
_BATCH: Final = 2048


def canonical_text(value: object) -> str:
    """Text of a value that is the same in every process: fields in declaration order, contracts by symbol.

    Fields marked `WHEN_SET` follow by name, where they differ from their default: what came into the language later
    leaves the hashes of runs that do not use it.

    Raises:
        TypeError: for a type without a canonical form, so that nothing is hashed by its address.
    """
    text = _TEXT.get(type(value))
    if text is None:
        text = _TEXT[type(value)] = _text_of(type(value))
    return text(value)


def _text_of(kind: Any) -> Callable[[Any], str]:
    """How values of a type are written; asked once per type."""
    for base, text in _BASES:
        if issubclass(kind, base):
            return text
    label = kind.__name__
    if not is_dataclass(kind):
        raise TypeError(f"{label} has no canonical text; add a rule to engine/recorder.py")
    later = [(field.name, field.default) for field in fields(kind) if field.metadata == WHEN_SET]
    names = [field.name for field in fields(kind) if field.metadata != WHEN_SET]
    if not names:
        return lambda value: label
    values = attrgetter(*names)

    def written(value: Any) -> str:
        return f"{label}{_texts(values(value) if len(names) > 1 else (values(value),))}"

    def written_with_later(value: Any) -> str:
        text = written(value)
        for name, default in later:
            if (one := getattr(value, name)) != default:
                text += f".{name}={canonical_text(one)}"
        return text

    return written_with_later if later else written


def _texts(values: tuple[Any, ...]) -> str:
    """Values in parentheses; `canonical_text` of each, without a call for types that were met before."""
    return f"({','.join([(_TEXT.get(type(value)) or canonical_text)(value) for value in values])})"


_TEXT: Final[dict[type, Callable[[Any], str]]] = {}
_BASES: Final[tuple[tuple[type, Callable[[Any], str]], ...]] = (
    (bool, repr),
    # By the plain type's own function: numpy scalars and members of enumerations read like the values that they are.
    (float, float.__repr__),
    (int, int.__repr__),
    (str, str.__repr__),
    (Enum, lambda value: canonical_text(value._value_)),  # what `value` looks up, slowly
    (type(None), repr),
    (date, date.isoformat),
    (tuple, _texts),
    (OptionContract, lambda value: value.symbol),
    (ChainSnapshot, lambda value: value.digest.hex()),
)


def _encode_snapshot(event: SnapshotArrived) -> bytes:
    snapshot = event.snapshot
    return _SNAPSHOT(b"S", event.at, snapshot.underlying_price) + snapshot.digest + snapshot.underlying.encode()


def _encode_mark(event: PortfolioMarked) -> bytes:
    return _MARK(b"M", event.at, event.cash, event.market_value, event.unquoted_legs)


def _encode_signal(event: SignalUpdated) -> bytes:
    return _SIGNAL(b"V", event.at, event.value) + event.name.encode()


def _encode_share_quote(event: SharesQuoted) -> bytes:
    return _SHARE_QUOTE(b"Q", event.at, event.bid, event.ask) + event.symbol.encode()


class Recorder:
    """Append-only log of one run.

    What is kept is written many events at a time, which costs half of writing each when it happens; market data is
    written at once, and let go.
    """

    def __init__(self) -> None:
        self.kept: list[Event] = []
        self._digest = hashlib.blake2b(digest_size=32)
        self._pending: list[bytes | Event] = []
        self._bar_symbol = ""
        self._encoders: dict[type[Event], Callable[..., bytes]] = {
            SnapshotArrived: _encode_snapshot,
            PortfolioMarked: _encode_mark,
            SignalUpdated: _encode_signal,
            SharesQuoted: _encode_share_quote,
        }

    def record(self, event: Event) -> None:
        """Append an event."""
        pending = self._pending
        if type(event) is BarArrived:  # by far the most frequent: not even a call
            symbol, open_, high, low, close, volume = event.bar
            if symbol != self._bar_symbol:
                self._bar_symbol = symbol
                pending.append(b"B" + symbol.encode())
            pending.append(_BAR(event.at, open_, high, low, close, volume))
        elif (encoder := self._encoders.get(type(event))) is not None:
            pending.append(encoder(event))
        else:
            self.kept.append(event)
            pending.append(event)
        if len(pending) >= _BATCH:
            self._flush()

    def event_log_hash(self) -> str:
        """Hexadecimal BLAKE2b-256 of everything recorded so far."""
        self._flush()
        return self._digest.copy().hexdigest()

    def _flush(self) -> None:
        if self._pending:
            written = [one if isinstance(one, bytes) else canonical_text(one).encode() for one in self._pending]
            self._digest.update(b"\n".join(written) + b"\n")
            self._pending.clear()
