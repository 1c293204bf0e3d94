"""`ironfly audit`: whether decisions know the future, on the screen or as JSON."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from api.audit import AuditReport, AuditTerms, Finding, audit
from api.cli.display import console, plain_table
from api.cli.progress import show_build
from api.errors import ExitCode
from api.settings import Settings
from engine.instants import iso
from schemas.run_request import RunRequest

_LINE_EVERY_S: Final = 5.0


@dataclass(frozen=True, slots=True)
class AuditOptions:
    """What the command line says besides the configuration."""

    points: int
    seed: int
    store: Path | None = None
    as_json: bool = False
    quiet: bool = False


def carry_out(request: RunRequest, options: AuditOptions) -> ExitCode:
    """Audit a valid configuration and say what was found."""
    terms = AuditTerms(options.points, options.seed)
    if not options.quiet:
        terms = replace(terms, observe=_progress(), build=show_build)
    report = audit(request, options.store or Settings().store, terms)
    if options.as_json:
        print(json.dumps(document(report), indent=2))
    else:
        _show(request.config.name, report)
    return ExitCode.ANSWER_IS_NO if report.findings else ExitCode.SUCCESS


def document(report: AuditReport) -> dict[str, Any]:
    """The report as JSON: instants in ISO 8601 UTC, the first change first."""
    return {
        "looks_ahead": bool(report.findings),
        "decisions": report.decisions,
        "runs": report.runs,
        "instants": [iso(at) for at in report.instants],
        "findings": [_finding(one) for one in report.findings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    change = asdict(finding.change) | {"at": iso(finding.change.at)}
    return {"future": finding.alteration.value, "after": iso(finding.after), **change}


def _show(name: str, report: AuditReport) -> None:
    out = console()
    looked = f"{report.decisions} decisions, {report.runs} runs, {len(report.instants)} instants"
    if not report.findings:
        out.print(f"{name}: no decision depends on the future ({looked})", soft_wrap=True)
        return
    out.print(f"{name}: decisions depend on the future ({looked})", style="bold red", soft_wrap=True)
    first = report.findings[0]
    table = plain_table("First decision that changed")
    table.show_header = False
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row("instant", iso(first.change.at))
    table.add_row("strategy", first.change.strategy or "-")
    table.add_row("it was", first.change.was or "no decision")
    table.add_row("it became", first.change.became or "no decision")
    table.add_row("when", f"{first.alteration} (after {iso(first.after)})")
    out.print(table)
    out.print(f"{len(report.findings)} of {report.runs - 1} other runs came out differently.")


def _progress() -> Callable[[int, int], None]:
    """Says on stderr how many runs are over: in place on a terminal, now and then in a line elsewhere."""
    terminal, said = sys.stderr.isatty(), time.monotonic()

    def show(done: int, runs: int) -> None:
        nonlocal said
        if terminal:
            sys.stderr.write(f"\r{done} of {runs} runs" + ("\n" if done == runs else ""))
            sys.stderr.flush()
        elif time.monotonic() - said >= _LINE_EVERY_S:
            said = time.monotonic()
            sys.stderr.write(f"{done} of {runs} runs\n")

    return show
