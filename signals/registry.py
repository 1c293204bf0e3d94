"""What a signal is, the set of kinds that a run can choose from, and the way of a value to the bus."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import isnan
from types import MappingProxyType
from typing import Any, Protocol, TypeAlias, runtime_checkable

from engine.events import SignalUpdated
from engine.instants import Instant
from engine.model import Bar, ChainSnapshot, SessionTable
from engine.naming import suggestion, unknown_name
from engine.strategies.entries import unmet_condition
from engine.strategies.spec import SignalCondition
from signals.base import UNDEFINED, CombinedSignal, MarketSignal
from signals.errors import (
    DuplicateSignalKind,
    UnknownSignal,
    UnknownSignalKind,
    WrongSignalParameters,
    WrongUnderlying,
)


class SignalGenerator(Protocol):
    """One named value, derived from the bars and chains of one underlying, in the order of their arrival.

    A generator knows what it was told and nothing else: no file, no clock, no later event. Each method returns the
    value that holds from now on, or None where there is none to publish: the signal is warming up, this kind of event
    does not concern it, or this event says nothing (a chain without one usable volatility). The value that was
    published last then stands; NaN (`base.UNDEFINED`) takes it back.
    """

    @property
    def name(self) -> str:
        """What strategies call it."""

    @property
    def kind(self) -> str:
        """What computes it."""

    @property
    def underlying(self) -> str:
        """The market it watches; it hears of no other."""

    def on_bar(self, at: Instant, bar: Bar) -> float | None:
        """A bar of the underlying ended at `at`."""

    def on_snapshot(self, snapshot: ChainSnapshot) -> float | None:
        """The underlying's chain was quoted."""

    def on_adjustment(self, factor: float) -> None:
        """Prices seen so far are to be read times a factor: a split or dividend took effect, and the run adjusts."""


@runtime_checkable
class SignalCombination(Protocol):
    """One named value, derived from the values of signals that are declared before it."""

    @property
    def name(self) -> str:
        """What strategies call it."""

    @property
    def inputs(self) -> tuple[str, ...]:
        """The signals it reads; it is asked when one of them was published."""

    def on_signals(self, at: Instant, values: Mapping[str, float]) -> float | None:
        """What holds now, as in `SignalGenerator`; `values` are those of all signals that have one."""


Signal: TypeAlias = SignalGenerator | SignalCombination

SignalFactory: TypeAlias = Callable[[str, Any, Any, SessionTable], Signal]
"""`factory(name, underlying, parameters, sessions)`: a fresh signal that has seen nothing; combinations watch no
market, their underlying is None."""


@dataclass(frozen=True, slots=True)
class SignalKind:
    """A kind of signal.

    Attributes:
        parameters: frozen dataclass of its parameters, bounded with `annotated_types`.
        combines: it reads other signals instead of a market.
    """

    name: str
    parameters: type
    factory: SignalFactory
    combines: bool = False

    @classmethod
    def of(cls, signal: type[MarketSignal] | type[CombinedSignal], name: str | None = None) -> SignalKind:
        """The kind of a class, under the name that the class gives it or another one."""
        return cls(name or signal.kind, signal.Parameters, signal, issubclass(signal, CombinedSignal))

    def check_place(self, name: str, underlying: str | None, parameters: Any, declared: Iterable[str]) -> None:
        """Check what a signal of this kind is declared with, before there are data.

        Args:
            declared: names of the signals that are declared before it.

        Raises:
            WrongUnderlying: when a signal of a market names none, or a combination names one.
            UnknownSignal: when a combination reads a signal that is not declared before it.
        """
        if self.combines and underlying is not None:
            raise WrongUnderlying(f"signal {name!r}: kind {self.name!r} reads signals; leave `underlying` out")
        if not self.combines and underlying is None:
            raise WrongUnderlying(f"signal {name!r}: kind {self.name!r} watches a market; name it with `underlying`")
        if self.combines:
            check_declared(name, parameters.signals_read, declared)


class SignalRegistry:
    """The kinds of signals that a run can choose from. An object: nothing registers itself when it is imported."""

    def __init__(self, kinds: Iterable[SignalKind] = ()) -> None:
        self._kinds: dict[str, SignalKind] = {}
        for kind in kinds:
            self.register(kind)

    @property
    def kinds(self) -> Mapping[str, SignalKind]:
        """All kinds by name, read only."""
        return MappingProxyType(self._kinds)

    def register(self, kind: SignalKind) -> None:
        """Add a kind.

        Raises:
            DuplicateSignalKind: when the name is taken.
        """
        if kind.name in self._kinds:
            raise DuplicateSignalKind(f"signal kind {kind.name!r} is registered already; give yours another name")
        self._kinds[kind.name] = kind

    def kind(self, name: str) -> SignalKind:
        """The kind of a name; its `parameters` say what a configuration may set.

        Raises:
            UnknownSignalKind: names the nearest kind.
        """
        found = self._kinds.get(name)
        if found is None:
            raise UnknownSignalKind(unknown_name("signal kind", name, self._kinds))
        return found

    def create(
        self, kind: str, *, name: str, underlying: str | None, parameters: object, sessions: SessionTable
    ) -> Signal:
        """A fresh signal.

        Args:
            parameters: an instance of the kind's own parameters, checked against their bounds.

        Raises:
            UnknownSignalKind: names the nearest kind.
            WrongSignalParameters: when the parameters are those of something else.
        """
        found = self.kind(kind)
        if not isinstance(parameters, found.parameters):
            raise WrongSignalParameters(
                f"signal {name!r}: kind {kind!r} takes {found.parameters.__name__}, not {type(parameters).__name__}"
            )
        return found.factory(name, underlying, parameters, sessions)


def check_declared(name: str, read: Iterable[str], declared: Iterable[str]) -> None:
    """Check that a combination reads only signals that are declared before it.

    Raises:
        UnknownSignal: names the signal, and the nearest one that it could have meant.
    """
    before = list(declared)
    for one in read:
        if one == name:
            raise UnknownSignal(f"signal {name!r} reads itself; name signals that are declared before it")
        if one not in before:
            hint = suggestion(one, before, "signal")
            raise UnknownSignal(f"signal {name!r} reads {one!r}, which is not declared before it{hint}")


@dataclass(frozen=True, slots=True)
class SignalFilter:
    """A condition over signal values: all conditions hold. A signal without a value meets none."""

    conditions: tuple[SignalCondition, ...]

    def unmet(self, values: Mapping[str, float]) -> str | None:
        """Why the first condition that does not hold does not, e.g. `signal_undefined:iv_rank`; None when all hold."""
        return unmet_condition(self.conditions, values.get)

    def holds(self, values: Mapping[str, float]) -> bool:
        """Whether all conditions hold."""
        return self.unmet(values) is None


class EventDispatcher:
    """Turns signal values into `SignalUpdated` on the one bus; keeps nothing back and has no queue of its own."""

    def __init__(self, publish: Callable[[SignalUpdated], None]) -> None:
        self._publish = publish

    def dispatch(self, at: Instant, name: str, value: float | None) -> None:
        """Publish a value; None, a signal that has nothing to say, is not published.

        NaN has many bit patterns, which would be as many hashes of the event log; one of them is published.
        """
        if value is not None:
            self._publish(SignalUpdated(at, name, UNDEFINED if isnan(value) else value))
