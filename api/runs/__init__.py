"""Results of runs: their folder, their tables, and how anybody reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.runs.stored import StoredRun, open_run

if TYPE_CHECKING:
    from api.runs.playing import run

__all__ = ["StoredRun", "open_run", "run"]


def __getattr__(name: str) -> Any:
    """`run` when it is asked for: reading results needs nothing of what makes them, which takes seconds to import."""
    if name != "run":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from api.runs.playing import run

    return run
