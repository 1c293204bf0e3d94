"""`ironfly compare`: runs beside each other: their figures, and what they were made of."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from rich.table import Table

from api.cli.display import console, figure_table, plain_table
from api.cli.json_answer import print_json
from api.runs import StoredRun, open_run
from api.runs.comparison import ABSENT, Difference, document_differences
from api.runs.headline import HEADLINE, Figure, Form
from schemas.summary import Summary

_MOST_SHOWN: Final = 40
_FORMS: Final = {Form.USD: "{:,.2f}", Form.PERCENT: "{:.2%}", Form.RATIO: "{:.3f}", Form.COUNT: "{:,.0f}"}
_GAINS: Final = {Form.USD: "{:+,.2f}", Form.PERCENT: "{:+.2%}", Form.RATIO: "{:+.3f}", Form.COUNT: "{:+,.0f}"}
_MADE_OF: Final = ("config", "data", "assumptions")


def compare(names: Sequence[str], *, as_json: bool) -> None:
    """Print what several runs have in common and what not, the first one being what others are measured against.

    Raises:
        UnknownRun, RunUnreadable: when one of them is none.
    """
    runs = [open_run(name) for name in names]
    differing = {part: _differences(runs, part) for part in _MADE_OF}
    if as_json:
        print_json(_document(runs, differing))
        return
    out = console()
    for letter, run in zip(_letters(runs), runs, strict=True):
        out.print(f"{letter}: {run.summary.config.name} ({run.folder})", soft_wrap=True)
    out.print(_figures(runs))
    for part, differences in differing.items():
        if differences:
            out.print(_differences_table(runs, part, differences))
        else:
            out.print(f"{part}: the same")


def _letters(runs: Sequence[StoredRun]) -> list[str]:
    """A, B and so on; numbers where there are more than letters."""
    return [chr(ord("A") + place) if len(runs) <= 26 else str(place + 1) for place in range(len(runs))]


def _differences(runs: Sequence[StoredRun], part: str) -> list[Difference]:
    documents = [json.loads(run.summary.model_dump_json(include={part})) for run in runs]
    return [one._replace(path=one.path.removeprefix(f"{part}.")) for one in document_differences(*documents)]


def _figures(runs: Sequence[StoredRun]) -> Table:
    first, *others = _letters(runs)
    table = figure_table("Figures", ("",), (first, *(title for one in others for title in (one, f"{one} - {first}"))))
    for figure in HEADLINE:
        table.add_row(figure.title, *_row(figure, [run.summary for run in runs]))
    return table


def _row(figure: Figure, summaries: Sequence[Summary]) -> list[str]:
    first, *others = (figure.of(one) for one in summaries)
    cells = [_text(_FORMS[figure.form], first)]
    for value in others:
        cells += [_text(_FORMS[figure.form], value), _text(_GAINS[figure.form], _gain(value, first))]
    return cells


def _gain(value: float | None, first: float | None) -> float | None:
    return None if value is None or first is None else value - first


def _text(form: str, value: float | None) -> str:
    return "-" if value is None else form.format(value)


def _differences_table(runs: Sequence[StoredRun], part: str, differences: Sequence[Difference]) -> Table:
    count = len(differences)
    table = plain_table(f"{part}: {count:,} difference{'s' if count > 1 else ''}")
    for name in ("", *_letters(runs)):
        table.add_column(name, overflow="fold")
    for one in differences[:_MOST_SHOWN]:
        table.add_row(one.path, *("-" if value is ABSENT else str(value) for value in one.values))
    if len(differences) > _MOST_SHOWN:
        table.add_row(f"and {len(differences) - _MOST_SHOWN:,} more")
    return table


def _document(runs: Sequence[StoredRun], differing: dict[str, list[Difference]]) -> dict[str, Any]:
    return {
        "runs": [{"name": run.summary.config.name, "folder": run.folder} for run in runs],
        "figures": {figure.path: _figure(figure, [run.summary for run in runs]) for figure in HEADLINE},
        **{part: [_difference(one) for one in differences] for part, differences in differing.items()},
    }


def _figure(figure: Figure, summaries: Sequence[Summary]) -> dict[str, Any]:
    values = [figure.of(one) for one in summaries]
    return {"values": values, "differences": [_gain(value, values[0]) for value in values[1:]]}


def _difference(one: Difference) -> dict[str, Any]:
    return {"path": one.path, "values": [None if value is ABSENT else value for value in one.values]}
