"""`ironfly show`: the result of a run once more, or the parts of it that are asked for."""

from __future__ import annotations

import json
from collections.abc import Collection

from api.cli.display import console
from api.cli.json_answer import print_json
from api.cli.overview import heading, show_result
from api.cli.section_names import SectionName
from api.cli.sections import SECTIONS
from api.runs import StoredRun, open_run


def show(name: str, sections: Collection[SectionName], *, as_json: bool) -> None:
    """Print a stored run.

    Args:
        name: folder of results, or the id of a run of the service.
        sections: none: what `ironfly run` prints, or as JSON the whole summary.

    Raises:
        UnknownRun, RunUnreadable: when there is no such run, or no readable one.
    """
    run = open_run(name)
    wanted = [one for one in SECTIONS if one in sections or SectionName.ALL in sections]
    if as_json:
        _as_json(run, wanted)
    elif wanted:
        out = console()
        out.print(heading(run.summary))
        for section in wanted:
            out.print(SECTIONS[section].draw(run))
    else:
        show_result(run)


def _as_json(run: StoredRun, wanted: Collection[SectionName]) -> None:
    document = json.loads(run.summary.model_dump_json())
    fields = {field for section in wanted for field in SECTIONS[section].fields}
    print_json({key: value for key, value in document.items() if not fields or key in fields})
