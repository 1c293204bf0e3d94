"""Why a selector found nothing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NoMatch:
    """Why nothing was chosen.

    Attributes:
        stage: the step that found nothing, e.g. `expiration` or `legs`.
        reason: stable words for counting, e.g. `short_put:no_bid_to_sell_at`.
    """

    stage: str
    reason: str
