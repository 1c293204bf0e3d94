"""Strategies that need shares of their underlying, checked against the data: an index has none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.config import RunConfig
from engine.model import Underlying, UnderlyingKind
from engine.strategies.spec import DeclarativeStrategy, ShareHedge, WheelStrategy
from schemas.errors import Path, Problem


def share_problems(config: RunConfig, underlyings: Mapping[str, Underlying]) -> list[Problem]:
    """Problems of strategies that would trade shares of an index."""
    return [
        Problem(("strategies", index, *path), message)
        for index, strategy in enumerate(config.strategies)
        if isinstance(strategy, DeclarativeStrategy | WheelStrategy) and _is_index(strategy.underlying, underlyings)
        for path, message in _needs(strategy)
    ]


def _needs(strategy: DeclarativeStrategy | WheelStrategy) -> Iterator[tuple[Path, str]]:
    if isinstance(strategy, WheelStrategy):
        yield (
            ("underlying",),
            f"{strategy.underlying} is an index: its options settle in cash and bring no shares; "
            "let the wheel trade a stock or a fund",
        )
    elif strategy.hedge is not None and isinstance(strategy.hedge.using, ShareHedge):
        yield (
            ("hedge", "using"),
            f"{strategy.underlying} is an index and has no shares to hedge with; expected kind: options",
        )


def _is_index(symbol: str, underlyings: Mapping[str, Underlying]) -> bool:
    known = underlyings.get(symbol)
    return known is not None and known.kind is UnderlyingKind.INDEX
