"""Option chains at an instant."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query
from pydantic import AwareDatetime

from api.chains import chain_at
from api.deps import ServiceSettings
from api.routes.answers import problems
from schemas.market import Chain

router = APIRouter(tags=["market"])


@router.get("/chains/{underlying}", summary="The last chain at or before an instant", responses=problems(404, 422))
def get_chain(
    settings: ServiceSettings,
    underlying: Annotated[str, Path(min_length=1, max_length=32, description="Symbol, e.g. SPX.")],
    at: Annotated[AwareDatetime, Query(description="ISO 8601 with zone, e.g. 2019-05-01T19:45:00Z.")],
    source: Annotated[Literal["model", "store"], Query(description="Embedded model data, or what was imported.")],
) -> Chain:
    """All quotes of one underlying, and the expirations that they belong to."""
    return chain_at(underlying, at, source, settings.store)
