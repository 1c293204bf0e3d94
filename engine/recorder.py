"""The event log: every event of a run, hashed in order; all but market data kept.

The hash is over bytes that do not depend on process, hash seed, time zone or Python version: fixed-width binary for
the frequent events, canonical text for the rest. A chain snapshot stands in it by its content digest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from struct import Struct
from typing import Final

from engine.canonical_text import CanonicalText
from engine.events import BarArrived, Event, PortfolioMarked, SharesQuoted, SignalUpdated, SnapshotArrived
from engine.result import OrderRecord

_BAR: Final = Struct("<q5d").pack
_SNAPSHOT: Final = Struct("<cqd").pack
_MARK: Final = Struct("<cqqqq").pack
_SIGNAL: Final = Struct("<cqd").pack
_SHARE_QUOTE: Final = Struct("<cqdd").pack
_BATCH: Final = 2048


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
        self._text = CanonicalText()
        self._digest = hashlib.blake2b(digest_size=32)
        self._pending: list[bytes] = []
        self._unwritten: list[tuple[int, Event]] = []
        """What is kept and not yet written, each with its place among the pending."""
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
            self._unwritten.append((len(pending), event))
            pending.append(b"")
        if len(pending) >= _BATCH:
            self._flush()

    def event_log_hash(self) -> str:
        """Hexadecimal BLAKE2b-256 of everything recorded so far."""
        self._flush()
        return self._digest.copy().hexdigest()

    def order_list_hash(self, orders: Iterable[OrderRecord]) -> str:
        """Hexadecimal BLAKE2b-256 of the records of orders, one line each."""
        digest = hashlib.blake2b(digest_size=32)
        for record in orders:
            digest.update(self._text.of(record).encode() + b"\n")
        return digest.hexdigest()

    def close(self) -> None:
        """Nothing more is hashed."""
        self._text.close()

    def _flush(self) -> None:
        if self._pending:
            for place, event in self._unwritten:
                self._pending[place] = self._text.of(event).encode()
            self._digest.update(b"\n".join(self._pending) + b"\n")
            self._unwritten.clear()
            self._pending.clear()
