"""The last chain at or before an instant, from stored or embedded data."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Literal

from schemas.market import Chain


def chain_at(underlying: str, at: datetime, source: Literal["model", "store"], store: Path) -> Chain:
    """The chain of an underlying.

    Raises:
        NotCovered: when there is none at or before the instant.
    """
    raise NotImplementedError
