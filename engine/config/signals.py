"""A signal of a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from engine.shapes import FORBID_UNKNOWN, Name


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalConfig:
    """A signal of the run.

    Attributes:
        name: what strategies call it.
        kind: what computes it, e.g. `indicator` or `iv_rank` (docs/signals.md); `python` for a class of your own.
        underlying: the market it watches: one of the underlyings, or a symbol of `data.bars`; left out where the kind
            reads other signals.
        parameters: parameters of that kind.
        source: of kind `python`: `path/to/file.py:ClassName`, relative to the configuration file, or
            `package.module:ClassName`.

    Raises:
        ValueError: when kind `python` has no source, or another kind has one.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    name: Name
    kind: Name
    underlying: Name | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    source: Name | None = None

    def __post_init__(self) -> None:
        if self.kind == "python" and self.source is None:
            raise ValueError("kind 'python' needs a source: path/to/file.py:ClassName or package.module:ClassName")
        if self.kind != "python" and self.source is not None:
            raise ValueError(f"kind {self.kind!r} has no source; write kind: python")
