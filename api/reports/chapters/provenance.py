"""Where it all came from: data and their quality, assumptions, the configuration, hashes, and how to check them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import Final

from ruamel.yaml import YAML

from api.reports.blocks import Block, Chapter, Column, Listing, Part, Points, Table, Text
from api.reports.figure_tables import label, meaning
from api.reports.words import count, day, exchange_time, listed, percent, plural, spelled
from schemas.run_request import configuration_document
from schemas.sections.assumptions import Assumptions
from schemas.sections.data import Data, Quality, Sessions
from schemas.summary import Summary

_MOST_NAMED: Final = 20


def data_chapter(summary: Summary) -> Chapter:
    """What was read, and how good it was."""
    data = summary.data
    return Chapter(
        "data",
        "Data and their quality",
        (
            Part("What was read", tuple(_read(data))),
            Part("Quotes", (_quality(data.quality), _marks(summary))),
            Part("Sessions", tuple(_sessions(data.sessions))),
            Part("Files", tuple(_files(data))),
        ),
    )


def assumptions_chapter(summary: Summary) -> Chapter:
    """Every assumption, in words."""
    names = Assumptions.model_fields
    rows = tuple(
        (label(name), _value(getattr(summary.assumptions, name)), meaning(Assumptions, name)) for name in names
    )
    columns = (Column("Assumption"), Column("Here", wide=True), Column("What it is", wide=True))
    table = Table("Choices that move the result and are no data", columns, rows)
    return Chapter("assumptions", "Assumptions", (Part("", (table,)),))


def checking_chapter(summary: Summary, command: str) -> Chapter:
    """The configuration in full, and what it takes to come to the same figures."""
    run, zone = summary.run, summary.data.timezone
    facts = (
        ("Run", run.id),
        ("Made by", f"ironfly {run.engine_version}, Python {run.host.python}, {run.host.platform}"),
        ("Asked for", f"{exchange_time(run.created, zone)} {zone}"),
        ("Took", f"{run.elapsed_s:,.1f} s for {plural(run.market_events, 'market event')}"),
        ("Seed", str(run.seed)),
        ("Configuration", summary.config_hash),
        ("Data", summary.data.content_hash),
        ("Event log", summary.event_log_hash),
        ("Orders", summary.orders.list_hash),
        ("Summary", summary.summary_hash),
    )
    how = Text(
        f"The command {command} runs the configuration below again on the same data and compares the summary field "
        "by field: the same data, configuration and seed give the same hashes on any machine."
    )
    columns = (Column("What"), Column("Which"))
    return Chapter(
        "checking",
        "Configuration, and how to verify it",
        (
            Part("Verify", (how, Table("Identity and hashes", columns, facts))),
            Part("Configuration", (Listing("Every value, defaults written out", _yaml(summary)),)),
        ),
    )


def _read(data: Data) -> Iterable[Block]:
    prices = "model prices, computed and never quoted by anybody" if data.prices == "model" else "quotes"
    yield Points((
        f"{', '.join(data.underlyings)}: {prices}, {data.resolution}, from {day(data.start)} to {day(data.end)}.",
        f"{data.snapshots:,} chains of {', '.join(data.vendors) or 'no vendor'}.",
        f"Calendar {data.calendar}, dates and times in {data.timezone}.",
    ))  # fmt: skip
    columns = (Column("Underlying"), *(Column(one, numeric=True) for one in ("Contracts quoted", "Expired", "Read")))
    rows = tuple((one.underlying, count(one.quoted), count(one.expired), count(one.read)) for one in data.contracts)
    yield Table("Contracts of the range", columns, rows)


def _quality(quality: Quality) -> Table:
    columns = (
        Column("Quotes"),
        Column("Number", numeric=True),
        Column("Share", numeric=True),
        Column("What it is", wide=True),
    )
    rows = tuple(
        (
            "All" if name == "rows" else spelled(name),
            count(getattr(quality, name)),
            percent(getattr(quality, name) / quality.rows) if quality.rows else "",
            meaning(Quality, name),
        )
        for name in Quality.model_fields
    )
    return Table("Option quotes by what is wrong with them", columns, rows, note="A quote may count more than once.")


def _marks(summary: Summary) -> Table:
    columns = (Column("Mark"), Column("Number", numeric=True), Column("Share", numeric=True))
    total = summary.marks.count
    rows = tuple(
        (spelled(source), count(number), percent(number / total) if total else "")
        for source, number in summary.marks.by_source.items()
    )
    return Table("What the valuations of held legs rest on", columns, rows)


def _sessions(sessions: Sessions) -> Iterable[Block]:
    yield Text(
        f"{sessions.present:,} of {plural(sessions.expected, 'session')} of the exchange are in the data, "
        f"{sessions.warm_up:,} of them before the start of the run."
    )
    for title, days in (("Missing", sessions.missing), ("Repeated from the session before", sessions.stale)):
        if days:
            named = ", ".join(f"{day(one.day)} ({one.underlying})" for one in days[:_MOST_NAMED])
            yield Text(f"{title}: {named}{_more(len(days))}.")


def _files(data: Data) -> Iterable[Block]:
    columns = (Column("File"), Column("Format"), Column("Rows", numeric=True), Column("SHA-256"))
    rows = [(one.name, one.format, count(one.rows), one.sha256[:16]) for one in data.files]
    if data.settlement_values is not None:
        rows.append((data.settlement_values.name, "settlement values", "", data.settlement_values.sha256[:16]))
    if data.overrides is not None:
        rows.append((data.overrides.name, "overrides", count(data.overrides.lines), data.overrides.sha256[:16]))
    if rows:
        yield Table("Files", columns, tuple(rows), note="The first digits of each hash; summary.json has them all.")
    if data.bars:
        bars = tuple((one.symbol, one.resolution, count(one.bars), spelled(one.adjust)) for one in data.bars)
        titles = (Column("Symbol"), Column("Resolution"), Column("Bars", numeric=True), Column("Adjusted for signals"))
        yield Table("Bars", titles, bars)
    for skip in data.skipped[:_MOST_NAMED]:
        yield Text(f"{skip.name}: {plural(skip.rows, 'row')} of {day(skip.day)} left out: {skip.reason}.")
    if len(data.skipped) > _MOST_NAMED:
        yield Text(f"These{_more(len(data.skipped))}, which stand in summary.json.")
    if not (rows or data.bars):
        yield Text("No file: the data come with the product.")


def _more(many: int) -> str:
    return f" and {many - _MOST_NAMED:,} more" if many > _MOST_NAMED else ""


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        return listed(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "none" if value is None else _name(str(value))


def _name(text: str) -> str:
    """A single name of the programs' in words; sentences as they are."""
    return text if " " in text else text.replace("_", " ")


def _yaml(summary: Summary) -> str:
    """The configuration as the command line reads it."""
    writer, text = YAML(), io.StringIO()
    writer.default_flow_style, writer.width = False, 110
    writer.dump(configuration_document(summary.config), text)
    return text.getvalue()
