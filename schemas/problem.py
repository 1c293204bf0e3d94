"""What the service answers when it cannot do what was asked: RFC 9457, with the field and the remedy."""

from __future__ import annotations

from schemas.sections.base import Section


class FieldProblem(Section):
    """One thing that is wrong in a request."""

    field: str
    """Path in the document, e.g. `strategies[0].legs[1].delta.target`, or the name of a parameter or header."""
    problem: str
    """What is wrong there, and what would be right."""


class Problem(Section):
    """A problem, one per answer; `application/problem+json`."""

    type: str
    """URN of the kind of problem; it does not change."""
    title: str
    """The kind of problem in words."""
    status: int
    """HTTP status."""
    detail: str
    """What happened this time."""
    remedy: str
    """What to do about it."""
    errors: tuple[FieldProblem, ...]
    """The fields that are wrong, in the order of the document; empty where no field is to blame."""
