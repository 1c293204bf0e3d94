"""What to say about a name that nobody knows."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def unknown_name(noun: str, name: str, valid: Iterable[str]) -> str:
    """One line: the name, the nearest valid one where there is one, and all valid ones.

    Example: `unknown structure 'iron_condr': did you mean 'iron_condor'? valid: iron_condor, put_credit_spread`.
    """
    names = sorted(valid)
    near = get_close_matches(name, names, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]!r}? " if near else ""
    return f"unknown {noun} {name!r}: {hint}valid: {', '.join(names) or 'none'}"
