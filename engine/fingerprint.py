"""Hashes of what goes into a run and of what comes out of it, over one canonical JSON text.

Canonical: keys sorted, no white space, UTF-8, whole numbers written without a fraction, so that a reader who parses the
document and writes it again, in whatever language, computes the same hash.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

RUN_FIELDS_OUTSIDE_HASH: Final = frozenset({"id", "created", "started", "finished", "elapsed_s", "host"})
"""Fields of `run` that say where and when a run happened, not what it computed."""

FIELDS_OUTSIDE_HASH: Final = frozenset({"summary_hash", "artifacts"})
"""Sections of a summary that name the hash itself, or files."""

_EXACT_INTEGERS: Final = 2**53
"""Up to here every whole float is the integer that it prints as."""


def canonical_json(value: Any) -> str:
    """Canonical JSON text of a tree of mappings, sequences, strings, numbers, booleans and None.

    Raises:
        ValueError: for NaN and infinities, which JSON cannot say.
        TypeError: for any other type, and for keys that are not strings.
    """
    return json.dumps(_canonical(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def content_hash(value: Any) -> str:
    """SHA-256 of the canonical JSON, 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()


def summary_hash(summary: Mapping[str, Any]) -> str:
    """Hash of everything a summary says about the run itself (DESIGN section 2), 64 hexadecimal digits."""
    return content_hash(hashed_part(summary))


def hashed_part(summary: Mapping[str, Any]) -> dict[str, Any]:
    """What the hash of a summary covers: nothing that says where and when the run happened, or names files."""
    kept = {key: value for key, value in summary.items() if key not in FIELDS_OUTSIDE_HASH}
    run = kept.get("run")
    if isinstance(run, Mapping):
        kept["run"] = {key: value for key, value in run.items() if key not in RUN_FIELDS_OUTSIDE_HASH}
    return kept


def _canonical(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT_INTEGERS:
        return int(value)
    if isinstance(value, Mapping):
        wrong = [key for key in value if not isinstance(key, str)]
        if wrong:
            raise TypeError(f"key {wrong[0]!r} is not a string")
        return {key: _canonical(one) for key, one in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return [_canonical(one) for one in value]
    return value
