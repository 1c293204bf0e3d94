"""Results of runs: their folder, their tables, and how anybody reads them."""

from api.runs.playing import run
from api.runs.stored import StoredRun, open_run

__all__ = ["StoredRun", "open_run", "run"]
