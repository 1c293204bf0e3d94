"""Whether the service answers."""

from __future__ import annotations

from fastapi import APIRouter

from api.version import engine_version
from schemas.backtest import Health

router = APIRouter(tags=["service"])


@router.get("/health", summary="Whether the service answers")
def health() -> Health:
    """The service answers, and which version it is."""
    return Health(status="ok", engine_version=engine_version())
