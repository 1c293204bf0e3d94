"""Summaries as they were published, by version: what has to be readable for ever.

`python -m tests.schemas.published` writes those of today's version; a version that was released is never written again.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from api.mapping import FinishedRun, summarise
from api.wiring import play, prepare
from schemas.migrations import SCHEMA_VERSION
from schemas.publication import publish
from schemas.run_request import parse_run_request
from tests.api.results import RECORD, finished_run
from tests.api.small_market import CONFIGURATION, small_store

PUBLISHED: Final = Path(__file__).parent / "published_summaries"


def small_condor() -> FinishedRun:
    """A run on the made market, at a time and on a machine that are nobody's."""
    with TemporaryDirectory() as folder:
        finished = play(prepare(parse_run_request(CONFIGURATION), small_store(Path(folder))))
    return replace(finished, record=RECORD)


def main() -> int:
    """Write the summaries of today's version."""
    folder = PUBLISHED / f"v{SCHEMA_VERSION}"
    folder.mkdir(parents=True, exist_ok=True)
    for name, run in {"made_by_hand": finished_run(), "small_condor": small_condor()}.items():
        (folder / f"{name}.json").write_text(publish(summarise(run)), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
