"""Payoff of a set of legs."""

from __future__ import annotations

from fastapi import APIRouter

from api.payoff import payoff_response
from api.routes.answers import BODY_PROBLEMS, problems
from schemas.payoff import PayoffRequest, PayoffResponse

router = APIRouter(tags=["payoff"])


@router.post("/payoff", summary="Payoff of a set of legs", responses=problems(*BODY_PROBLEMS))
def analyse_payoff(request: PayoffRequest) -> PayoffResponse:
    """Break-evens, extremes, probabilities, Greeks and curves, by the engine's own pricing."""
    return payoff_response(request)
