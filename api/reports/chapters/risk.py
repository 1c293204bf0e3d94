"""What was risked: Greeks over time and at the end, stress, margin, and where protection stepped in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from api.reports.blocks import Block, Chapter, Column, Part, Table, Text
from api.reports.figure_tables import figure_table, label
from api.reports.pictures import Gallery
from api.reports.words import day, exchange_day, exchange_time, number, plural, quantity, signed_usd, spelled
from schemas.sections.risk import Extreme, Greeks, Protection, Stress
from schemas.summary import Summary


def risk_chapter(summary: Summary, gallery: Gallery) -> Chapter:
    """Exposure and margin."""
    return Chapter(
        "risk",
        "Exposure and margin",
        (
            Part("Greeks over time", (*gallery.take("greeks"), *_extremes(summary))),
            Part("What was held at the end", (*gallery.take("exposure", "stress"), *_at_the_end(summary))),
            Part("Margin", (*gallery.take("margin"), figure_table("Margin calls", summary.margin_calls))),
            Part("Protection", tuple(_protection(summary.protection, summary.data.timezone))),
        ),
    )


def _extremes(summary: Summary) -> tuple[Block, ...]:
    found: Mapping[str, Extreme] = summary.exposure.extremes
    if not found:
        return (Text("The configuration asks for no exposure by session (risk.exposure.sessions)."),)
    zone = summary.data.timezone
    columns = (
        Column("Greek"), Column("Least", numeric=True), Column("On"), Column("Greatest", numeric=True),
        Column("On"),
    )  # fmt: skip
    rows = tuple(
        (label(name), quantity(one.least), exchange_day(one.least_at, zone), quantity(one.greatest),
         exchange_day(one.greatest_at, zone))
        for name, one in found.items()
    )  # fmt: skip
    return (Table("Least and greatest at the ends of sessions", columns, rows),)


def _at_the_end(summary: Summary) -> Iterable[Block]:
    exposure = summary.exposure
    by_index = exposure.beta_weighted_delta_shares
    weighted = "" if by_index is None else f"Delta weighted by beta: {quantity(by_index)} shares of the index."
    yield _greeks("Everything held", {"Total": exposure.total}, weighted)
    for name in ("underlying", "expiration", "structure", "strategy"):
        members: Mapping[str, Greeks] = getattr(exposure, f"by_{name}")
        if members:
            yield _greeks(f"Held by {name}", {_member(key): one for key, one in members.items()})
    if exposure.stress is not None:
        yield _stress(exposure.stress)


def _greeks(title: str, members: Mapping[str, Greeks], note: str = "") -> Table:
    names = Greeks.model_fields
    columns = (
        Column(title.removeprefix("Held by ").capitalize()),
        *(Column(label(name), numeric=True) for name in names),
    )
    rows = tuple((key, *(quantity(getattr(one, name)) for name in names)) for key, one in members.items())
    return Table(title, columns, rows, note)


def _member(key: str) -> str:
    """A date as it is written here; names as they are."""
    try:
        return day(date.fromisoformat(key))
    except ValueError:
        return key


def _stress(stress: Stress) -> Table:
    columns = (
        Column("Prices"),
        *(Column(f"Volatility {points:+g} points", numeric=True) for points in stress.volatility_points),
    )
    rows = tuple(
        (f"{move:+g}%", *map(signed_usd, gains))
        for move, gains in zip(stress.spot_percent, stress.gains_usd, strict=True)
    )
    return Table("Gains when all prices and volatilities jump at once", columns, rows)


def _protection(protection: Protection, zone: str) -> Iterable[Block]:
    if not protection.triggered:
        yield Text("No bound of risk.protection was reached, or there is none.")
        return
    columns = (
        Column("At"), Column("Rule"), Column("Action"), Column("Value", numeric=True),
        Column("Bound", numeric=True), Column("Unit"), Column("Position", numeric=True),
    )  # fmt: skip
    rows = tuple(
        (exchange_time(one.at, zone), spelled(one.rule), spelled(one.action), number(one.value), number(one.limit),
         one.unit, "" if one.position_id is None else str(one.position_id))
        for one in protection.triggered
    )  # fmt: skip
    yield Table("Bounds that were reached", columns, rows)
    lifted, fills = plural(len(protection.lifted), "time"), plural(protection.closing_fills, "fill")
    yield Text(f"What a bound had led to ended {lifted}; its closing orders had {fills}.")
