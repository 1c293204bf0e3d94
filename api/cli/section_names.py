"""Names of the parts of a result; apart from what draws them, which takes a second to import."""

from __future__ import annotations

from enum import StrEnum


class SectionName(StrEnum):
    """A part of what a run has to say, in the order in which they are shown."""

    WARNINGS = "warnings"
    ASSUMPTIONS = "assumptions"
    RESULT = "result"
    MONTHS = "months"
    DRAWDOWNS = "drawdowns"
    TRADES = "trades"
    GROUPS = "groups"
    COSTS = "costs"
    ATTRIBUTION = "attribution"
    FUNNEL = "funnel"
    DATA = "data"
    ALL = "all"
