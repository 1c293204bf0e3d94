"""What was asked for and what became of it: entries, refusals, orders, and settlements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from api.reports.blocks import Block, Chapter, Column, Part, Table, Text
from api.reports.figure_tables import figure_table
from api.reports.pictures import Gallery
from api.reports.words import count, exchange_day, exchange_time, plural, signed_usd, spelled
from schemas.sections.accounting import Settlement
from schemas.sections.lifecycle import Lifecycle
from schemas.sections.performance import Funnel, Refusals
from schemas.sections.trades import ExitReason
from schemas.summary import Summary

_MOST_SETTLEMENTS: Final = 200
_PAPER_SETTLEMENTS: Final = 25


def activity_chapter(summary: Summary, gallery: Gallery) -> Chapter:
    """From entries that were due to settlements."""
    return Chapter(
        "activity",
        "Entries, orders, settlements",
        (
            Part("Where entries ended", (*gallery.take("entries"), *_funnels(summary.funnel))),
            Part("Refused orders", (_refusals(summary.refusals, summary.data.timezone),)),
            Part("Orders", (_orders(summary), *_blocked(summary.blocked_fills))),
            Part("Exits", (*gallery.take("exit-reasons"), *_exits(summary.trades.by_exit_reason))),
            Part("Settlements", (*_settlements(summary), _lifecycle(summary.lifecycle))),
        ),
    )


def _orders(summary: Summary) -> Table:
    return figure_table("Orders by their end", summary.orders, without=("list_hash",))


def _funnels(funnels: Mapping[str, Funnel]) -> Iterable[Block]:
    columns = (
        Column("Stage"),
        Column("Passed", numeric=True),
        Column("Ended here", numeric=True),
        Column("Why", wide=True),
    )
    for strategy, funnel in funnels.items():
        rows = tuple(
            (
                spelled(stage.stage),
                count(stage.passed),
                count(sum(stage.declined.values())),
                ", ".join(f"{spelled(reason)} {times:,}" for reason, times in stage.declined.items()),
            )
            for stage in funnel.stages
        )
        opened = (
            f"{plural(funnel.opened, 'position')} opened. Each entry with its date is in funnel.csv (ironfly explain)."
        )
        yield Table(f"Entries of {strategy}", columns, rows, note=opened)
    if not funnels:
        yield Text("No entry was due.")


def _refusals(refusals: Mapping[str, Refusals], zone: str) -> Block:
    if not refusals:
        return Text("No order was refused by risk or margin.")
    columns = (Column("Rule"), Column("Times", numeric=True), Column("First on"), Column("Why the first", wide=True))
    rows = tuple(
        (spelled(rule), count(one.count), exchange_day(one.first_at, zone), one.first_reason)
        for rule, one in refusals.items()
    )
    return Table("Orders that risk or margin refused, by rule", columns, rows)


def _blocked(blocked: Mapping[str, int]) -> tuple[Block, ...]:
    if not blocked:
        return (Text("No resting order had to wait for a quote."),)
    columns = (Column("Reason"), Column("Times", numeric=True))
    rows = tuple((spelled(reason), count(times)) for reason, times in blocked.items())
    return (Table("Why resting orders had to wait", columns, rows),)


def _exits(reasons: Mapping[str, ExitReason]) -> tuple[Block, ...]:
    if not reasons:
        return (Text("No trade was opened."),)
    columns = (Column("Reason"), Column("Trades", numeric=True), Column("Profit", numeric=True))
    rows = tuple((spelled(name), count(one.count), signed_usd(one.profit_usd)) for name, one in reasons.items())
    return (Table("Trades by what ended them", columns, rows),)


def _lifecycle(lifecycle: Lifecycle) -> Table:
    return figure_table("What became of contracts and shares", lifecycle)


def _settlements(summary: Summary) -> Iterable[Block]:
    found, zone = summary.settlements, summary.data.timezone
    if not found.count:
        yield Text("Nothing was held to its settlement.")
        return
    sources = ", ".join(f"{times:,} {spelled(source).lower()}" for source, times in found.by_source.items() if times)
    yield Text(
        f"{plural(found.count, 'settlement')}, {found.proxies:,} on a stand-in for the official value: {sources}."
    )
    yield _settled(
        found.settled[:_MOST_SETTLEMENTS],
        zone,
        found.count,
        _settled(found.settled[:_PAPER_SETTLEMENTS], zone, found.count),
    )


def _settled(shown: tuple[Settlement, ...], zone: str, total: int, paper: Table | None = None) -> Table:
    columns = (
        Column("Root"), Column("Settled at"), Column("Price", numeric=True), Column("Where it came from"),
        Column("Priced at"), Column("Contracts", numeric=True),
    )  # fmt: skip
    rows = tuple(
        (one.root, exchange_time(one.settles_at, zone), f"{one.price:,.2f}", spelled(one.source),
         exchange_time(one.priced_at, zone), count(one.contracts))
        for one in shown
    )  # fmt: skip
    first = "" if len(shown) == total else f"; the first {len(shown):,} of {total:,}, all are in summary.json"
    return Table(f"Settlements{first}", columns, rows, paper=paper)
