"""Strategies of installed packages: those that announce themselves under the entry-point group `ironfly.strategies`.

    [project.entry-points."ironfly.strategies"]
    calm-puts = "my_package.calm_puts:CalmPuts"

A configuration names them by that name: `source: calm-puts`. Nothing is imported before it is asked for.
"""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points
from typing import Final

from api.errors import StrategyNotLoaded
from engine.naming import suggestion

GROUP: Final = "ironfly.strategies"


def strategy_plugins() -> dict[str, EntryPoint]:
    """Entry points by name, ascending.

    Raises:
        StrategyNotLoaded: when two packages announce different strategies under one name.
    """
    found: dict[str, EntryPoint] = {}
    for point in sorted(entry_points(group=GROUP), key=lambda one: (one.name, one.value)):
        known = found.setdefault(point.name, point)
        if known.value != point.value:
            raise StrategyNotLoaded(
                f"two packages announce a strategy {point.name!r}: {known.value} ({_package(known)}) and "
                f"{point.value} ({_package(point)}); name the one you mean by package.module:ClassName"
            )
    return found


def plugin_target(name: str) -> str:
    """What a plug-in stands for: `package.module:ClassName`.

    Raises:
        StrategyNotLoaded: when no installed package announces one of that name.
    """
    known = strategy_plugins()
    if name not in known:
        raise StrategyNotLoaded(
            f"source {name!r}: expected path/to/file.py:ClassName, package.module:ClassName, or the name of a strategy "
            f"that an installed package announces{suggestion(name, known, 'strategy') if known else ' (none does)'}"
        )
    return known[name].value


def _package(point: EntryPoint) -> str:
    return "unknown package" if point.dist is None else point.dist.name
