"""The result of a run as people read it in a terminal: warnings and assumptions first."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.padding import Padding
from rich.table import Table

from engine.instants import utc_datetime
from engine.money import to_usd
from engine.result import Trade
from schemas.sections.assumptions import Assumptions
from schemas.summary import Summary

_MOST_TRADES: Final = 20
_WIDTH_OF_FILES: Final = 150


def console() -> Console:
    """Standard output; plain where it is no terminal or NO_COLOR is set, and never reading markup out of names."""
    width = None if sys.stdout.isatty() else _WIDTH_OF_FILES
    return Console(width=width, markup=False, highlight=False, emoji=False)


def show_result(summary: Summary, trades: tuple[Trade, ...], folder: Path) -> None:
    """Print warnings, assumptions, key figures and trades."""
    out = console()
    prices = " (model prices)" if summary.data.prices == "model" else ""
    out.print(f"{summary.config.name}{prices}: {_status(summary)}", style="bold")
    _show_list(out, "Warnings", summary.warnings, "yellow")
    out.print(_pairs("Assumptions", _assumptions(summary.assumptions)))
    out.print(_pairs("Result", _key_figures(summary)))
    if trades:
        out.print(_trades_table(trades))
    out.print(f"Files: {folder}", soft_wrap=True)


def _status(summary: Summary) -> str:
    first, last = _day(summary.run.simulated_from), _day(summary.run.simulated_to)
    return f"{summary.run.status}, {first} to {last}, {summary.run.elapsed_s:.1f} s"


def _show_list(out: Console, title: str, lines: Iterable[str], style: str) -> None:
    lines = list(lines)
    out.print(f"{title}: {len(lines) or 'none'}", style=style if lines else "")
    for line in lines:
        out.print(Padding(f"! {line}", (0, 0, 0, 2)))


def _assumptions(section: Assumptions) -> list[tuple[str, str]]:
    rows = []
    for name in Assumptions.model_fields:
        value = getattr(section, name)
        text = ", ".join(f"{key}: {one}" for key, one in value.items()) if isinstance(value, dict) else str(value)
        rows.append((name, text))
    return rows


def _key_figures(summary: Summary) -> list[tuple[str, str]]:
    capital, returns, trades, fills = summary.capital, summary.returns, summary.trades, summary.fill_sensitivity
    settlements, marks, sessions = summary.settlements, summary.marks, summary.data.sessions
    return [
        ("net liquidation", f"{_usd(capital.start_usd)} -> {_usd(capital.end_usd)} USD"),
        ("profit", f"{_signed(capital.profit_usd)} USD ({_percent(returns.total)})"),
        ("profit at mid / model / touch", " / ".join(map(_signed, (fills.mid_usd, fills.model_usd, fills.touch_usd)))),
        ("break-even spread fraction", _number(fills.breakeven_spread_fraction)),
        ("max drawdown", f"{_percent(summary.drawdown.max)} (trough {_day(summary.drawdown.trough)})"),
        ("cagr / volatility", f"{_percent(returns.cagr)} / {_percent(returns.volatility)}"),
        ("sharpe / sortino", f"{_number(returns.sharpe)} / {_number(returns.sortino)}"),
        ("trades", f"{trades.count}, {trades.open_at_end} open at the end, {trades.fills} fills"),
        ("winners / losers", f"{trades.winners} / {trades.losers} (win rate {_share(trades.win_rate)})"),
        ("profit factor / expectancy", f"{_number(trades.profit_factor)} / {_signed(trades.expectancy_usd)} USD"),
        ("exits", ", ".join(f"{key} {one.count}" for key, one in trades.by_exit_reason.items()) or "none"),
        ("fees", f"{_usd(summary.costs.fees_usd)} USD"),
        ("highest margin", f"{_usd(capital.max_margin_usd)} USD"),
        ("settlements", f"{settlements.count}, {settlements.proxies} on a proxy price"),
        ("marks", f"{marks.count}, {marks.not_two_sided} not a two-sided quote"),
        ("sessions", f"{sessions.present} of {sessions.expected} in the data"),
        (
            "refusals",
            ", ".join(f"{rule} {one.count} (first: {one.first_reason})" for rule, one in summary.refusals.items())
            or "none",
        ),
        ("accounts", "balance exactly" if summary.accounting.balanced else "DO NOT BALANCE"),
        ("event log / summary hash", f"{summary.event_log_hash[:16]} / {summary.summary_hash[:16]}"),
    ]


def _refusals(summary: Summary) -> str:
    return "; ".join(f"{rule} {one.count} (first: {one.first_reason})" for rule, one in summary.refusals.items())


PROXY_SIGN: Final = "*"


def plain_table(title: str | None = None) -> Table:
    """A table without lines, for terminals and files."""
    return Table(title=title, title_justify="left", box=None, pad_edge=False, padding=(0, 2, 0, 0))


def _pairs(title: str, rows: Iterable[tuple[str, str]]) -> Table:
    table = plain_table(title)
    table.show_header = False
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for row in rows:
        table.add_row(*row)
    return table


def _trades_table(trades: tuple[Trade, ...]) -> Table:
    shown = trades[-_MOST_TRADES:]
    left_out = f" (the last {len(shown)} of {len(trades)}; all are in trades.csv)" if len(shown) < len(trades) else ""
    table = plain_table(f"Trades{left_out}")
    for name in ("opened", "closed"):
        table.add_column(name, no_wrap=True, min_width=10)
    several = len({trade.strategy for trade in trades}) > 1
    table.add_column("strategy, structure" if several else "structure", overflow="fold")
    for name in ("qty", "entry USD", "profit USD"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("exit", overflow="fold")
    for trade in shown:
        table.add_row(
            _day(utc_datetime(trade.opened_at)),
            "open" if trade.closed_at is None else _day(utc_datetime(trade.closed_at)),
            f"{trade.strategy}, {trade.structure}" if several else trade.structure,
            str(trade.quantity),
            _signed(to_usd(trade.entry_cash)),
            _signed(to_usd(trade.profit)),
            f"{trade.exit_reason}{PROXY_SIGN if trade.proxy_settled else ''}",
        )
    if any(trade.proxy_settled for trade in shown):
        table.caption, table.caption_justify = f"{PROXY_SIGN} a leg was settled on a proxy price", "left"
    return table


def _day(moment: datetime | None) -> str:
    return "-" if moment is None else moment.date().isoformat()


def _usd(amount: float | None) -> str:
    return "-" if amount is None else f"{amount:,.2f}"


def _signed(amount: float | None) -> str:
    return "-" if amount is None else f"{amount:+,.2f}"


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{value:+.2%}"


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.1%}"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
