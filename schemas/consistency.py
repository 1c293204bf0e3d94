"""What no single field can say: names that must exist, ranges that must be in order, names that must differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from engine.config import RunConfig
from engine.strategies.spec import DeclarativeStrategy, DeltaTarget, ExpirationSpec
from schemas.errors import Path, Problem
from schemas.nearest import suggestion


class _Named(Protocol):
    @property
    def name(self) -> str: ...


def contradictions(config: RunConfig) -> list[Problem]:
    """Problems of a run configuration that each field alone does not show."""
    return list(_of_run(config))


def contradictions_of_strategy(strategy: DeclarativeStrategy, signals: Sequence[str] | None = None) -> list[Problem]:
    """Problems of one declarative strategy.

    Args:
        signals: names of the signals of the run; None leaves the names in conditions unchecked.
    """
    return list(_of_strategy(strategy, (), signals))


def _of_run(config: RunConfig) -> Iterator[Problem]:
    if config.start > config.end:
        yield Problem(("end",), f"lies before start ({config.start.isoformat()}); expected start <= end")
    underlyings = config.data.underlyings
    yield from _repeated(underlyings, ("data", "underlyings"), "underlying")
    yield from _unnamed_twice(config.strategies, "strategies", "strategy")
    yield from _unnamed_twice(config.signals, "signals", "signal")
    for index, signal in enumerate(config.signals):
        yield from _unknown_market(signal.underlying, underlyings, ("signals", index, "underlying"))
    names = [signal.name for signal in config.signals]
    for index, strategy in enumerate(config.strategies):
        if isinstance(strategy, DeclarativeStrategy):
            path: Path = ("strategies", index)
            yield from _unknown_market(strategy.underlying, underlyings, (*path, "underlying"))
            yield from _of_strategy(strategy, path, names)


def _of_strategy(strategy: DeclarativeStrategy, path: Path, signals: Sequence[str] | None) -> Iterator[Problem]:
    for name, expiration in strategy.expirations.items():
        yield from _of_expiration(expiration, (*path, "expirations", name))
    yield from _repeated([leg.name for leg in strategy.legs], (*path, "legs"), "leg", ("name",))
    for index, leg in enumerate(strategy.legs):
        if leg.expiration not in strategy.expirations:
            hint = suggestion(leg.expiration, strategy.expirations, "expiration")
            yield Problem((*path, "legs", index, "expiration"), f"unknown expiration {leg.expiration!r}{hint}")
        yield from _of_delta(leg.delta, (*path, "legs", index, "delta"))
    for index, condition in enumerate(strategy.entry.conditions):
        where = (*path, "entry", "conditions", index)
        if signals is not None and condition.signal not in signals:
            hint = suggestion(condition.signal, signals, "signal")
            yield Problem((*where, "signal"), f"unknown signal {condition.signal!r}{hint}")
        if condition.above is None and condition.below is None:
            yield Problem(where, "says neither `above` nor `below`; give at least one")
        elif condition.above is not None and condition.below is not None and condition.above >= condition.below:
            yield Problem(where, f"can never hold: above {condition.above:g} and below {condition.below:g}")


def _of_expiration(expiration: ExpirationSpec, path: Path) -> Iterator[Problem]:
    low, target, high = expiration.min_dte, expiration.target_dte, expiration.max_dte
    if not low <= target <= high:
        yield Problem(path, f"expected min_dte <= target_dte <= max_dte, got {low}, {target}, {high}")


def _of_delta(delta: DeltaTarget, path: Path) -> Iterator[Problem]:
    low, target, high = delta.minimum, delta.target, delta.maximum
    if not low <= target <= high:
        yield Problem(path, f"expected minimum <= target <= maximum, got {low:g}, {target:g}, {high:g}")


def _unknown_market(underlying: str, underlyings: Sequence[str], path: Path) -> Iterator[Problem]:
    if underlying not in underlyings:
        hint = suggestion(underlying, underlyings, "underlying")
        yield Problem(path, f"{underlying!r} is not among data.underlyings{hint}")


def _unnamed_twice(named: Sequence[_Named], section: str, noun: str) -> Iterator[Problem]:
    yield from _repeated([one.name for one in named], (section,), noun, ("name",))


def _repeated(names: Sequence[str], path: Path, noun: str, field: Path = ()) -> Iterator[Problem]:
    for index, name in enumerate(names):
        first = names.index(name)
        if first < index:
            yield Problem((*path, index, *field), f"{noun} {name!r} stands twice (first at item {first}); rename one")
