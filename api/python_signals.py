"""Signals that users program: classes that a configuration names, and kinds that installed packages bring along."""

from __future__ import annotations

from collections.abc import Collection
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Final, TypeAlias

from api.errors import SignalNotLoaded, StrategyNotLoaded
from api.python_strategies import named_module
from engine.naming import suggestion
from signals.base import CombinedSignal, MarketSignal
from signals.catalogue import default_registry
from signals.errors import DuplicateSignalKind
from signals.registry import SignalKind, SignalRegistry

ENTRY_POINTS: Final = "ironfly.signals"
"""Group of entry points: the name is a kind, the object a class derived from `MarketSignal` or `CombinedSignal`."""

SignalClass: TypeAlias = type[MarketSignal] | type[CombinedSignal]


def signal_registry(wanted: Collection[str]) -> SignalRegistry:
    """The kinds that come with the product, and those of installed packages as far as they are wanted.

    Args:
        wanted: names of kinds; what no configuration names is not imported.

    Raises:
        SignalNotLoaded: when a package's class cannot be imported, is no signal, or has a name that is taken.
    """
    registry = default_registry()
    for one in entry_points(group=ENTRY_POINTS):
        if one.name not in wanted:
            continue
        try:
            registry.register(SignalKind.of(_installed(one), one.name))
        except DuplicateSignalKind as error:
            raise SignalNotLoaded(f"{_place(one)}: {error}") from error
    return registry


def signal_kind(source: str, base: Path) -> SignalKind:
    """The kind of the class that `source` names.

    Args:
        base: folder that a relative file path starts from.

    Raises:
        SignalNotLoaded: when file, module or class is missing, the import fails, or the class is no signal.
    """
    try:
        module, name, place = named_module(source, base)
    except StrategyNotLoaded as error:
        raise SignalNotLoaded(str(error)) from error
    found = getattr(module, name, None)
    if found is None:
        classes = [key for key, value in vars(module).items() if isinstance(value, type)]
        raise SignalNotLoaded(f"{place} has no class {name!r}{suggestion(name, classes, 'class')}")
    return SignalKind.of(_checked(found, f"{name} in {place}"))


def _installed(point: EntryPoint) -> SignalClass:
    try:
        found = point.load()
    except Exception as error:
        raise SignalNotLoaded(f"{_place(point)} fails on import: {type(error).__name__}: {error}") from error
    return _checked(found, _place(point))


def _checked(found: object, place: str) -> SignalClass:
    if not isinstance(found, type) or not issubclass(found, (MarketSignal, CombinedSignal)):
        raise SignalNotLoaded(f"{place} is no signal; derive it from signals.base.MarketSignal or CombinedSignal")
    parameters = found.Parameters
    if not hasattr(parameters, "__dataclass_fields__"):
        raise SignalNotLoaded(f"{place}: its Parameters are no dataclass; decorate them with @dataclass")
    if issubclass(found, CombinedSignal) and not hasattr(parameters, "signals_read"):
        raise SignalNotLoaded(f"{place}: its Parameters do not say which signals it reads; give them `signals_read`")
    return found


def _place(point: EntryPoint) -> str:
    package = f" of {point.dist.name}" if point.dist is not None else ""
    return f"signal {point.name!r}{package} ({point.value})"
