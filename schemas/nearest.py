"""What somebody who mistyped a name probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Final

_CLOSE_ENOUGH: Final = 0.5
_MOST_LISTED: Final = 12


def by_nearness(name: str, candidates: Iterable[str]) -> list[str]:
    """Candidates, the most similar first; equally similar ones in alphabetical order."""
    return sorted(candidates, key=lambda one: (-_similarity(name, one), one))


def nearest(name: str, candidates: Iterable[str]) -> str | None:
    """The most similar candidate, or None when none resembles the name."""
    ranked = by_nearness(name, candidates)
    return ranked[0] if ranked and _similarity(name, ranked[0]) >= _CLOSE_ENOUGH else None


def suggestion(name: str, candidates: Iterable[str], noun: str) -> str:
    """End of an error message: `; did you mean 'dte'?` or `; valid keys: dte, legs`, nearest first."""
    ranked = by_nearness(name, candidates)
    if not ranked:
        return f"; there are no {_plural(noun)}"
    close = nearest(name, ranked)
    if close is not None:
        return f"; did you mean {close!r}?"
    listed = ", ".join(ranked[:_MOST_LISTED]) + (", ..." if len(ranked) > _MOST_LISTED else "")
    return f"; valid {_plural(noun)}: {listed}"


def _plural(noun: str) -> str:
    return f"{noun}es" if noun.endswith("s") else f"{noun}s"


def _similarity(name: str, candidate: str) -> float:
    one, other = name.lower(), candidate.lower()
    ratio = SequenceMatcher(None, one, other).ratio()
    # A name cut short (`fast` for `fast_sessions`) shares few letters of the long one, and is still meant.
    return max(ratio, _CLOSE_ENOUGH) if len(one) >= 3 and other.startswith(one) else ratio
