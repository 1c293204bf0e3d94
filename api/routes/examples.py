"""Configurations to begin with."""

from __future__ import annotations

from fastapi import APIRouter

from api.examples import examples
from schemas.backtest import Example

router = APIRouter(tags=["service"])


@router.get("/examples", summary="Configurations that run without imported data")
def list_examples() -> tuple[Example, ...]:
    """The first one is the demo."""
    return examples()
