"""Runs of the shipped configurations on the 22 real SPX days, through the same wiring as the command line."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from api.mapping import FinishedRun
from api.wiring import play, prepare
from schemas.run_request import load_run_request
from tests.reference import REPOSITORY

CONFIGS = REPOSITORY / "configs"


@cache
def finished(name: str, store: Path, *settings: str) -> FinishedRun:
    """A finished run; asked for twice, played once."""
    return play(prepare(load_run_request(CONFIGS / f"{name}.yaml", settings), store))
