"""The result of a run as people read it first: warnings and assumptions, key figures, trades."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pandas as pd
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from api.cli.display import console, day, number, pair_table, percent, plain_table, share, signed, usd
from api.runs import StoredRun
from api.runs.trade_tables import still_held
from schemas.sections.assumptions import Assumptions
from schemas.sections.robustness import Robustness
from schemas.summary import Summary

PROXY_SIGN: Final = "*"
_MOST_TRADES: Final = 20


def show_result(run: StoredRun) -> None:
    """Print what matters of a run."""
    out, summary = console(), run.summary
    for part in (heading(summary), warnings(summary), assumptions(summary), key_figures(summary), trades(run)):
        out.print(part)
    out.print(f"Files: {run.folder}", soft_wrap=True)


def heading(summary: Summary) -> Text:
    """Name, range and duration."""
    prices = " (model prices)" if summary.data.prices == "model" else ""
    first, last = day(summary.run.simulated_from), day(summary.run.simulated_to)
    status = f"{summary.run.status}, {first} to {last}, {summary.run.elapsed_s:.1f} s"
    return Text(f"{summary.config.name}{prices}: {status}", style="bold")


def warnings(summary: Summary) -> Group:
    """What to know before believing the figures."""
    lines = summary.warnings
    title = Text(f"Warnings: {len(lines) or 'none'}", style="yellow" if lines else "")
    return Group(title, *(Padding(Text(f"! {line}"), (0, 0, 0, 2)) for line in lines))


def assumptions(summary: Summary) -> Table:
    """Every choice that moves the result and is no data."""
    return pair_table("Assumptions", _assumptions(summary.assumptions))


def key_figures(summary: Summary) -> Table:
    """The figures by which a run is judged."""
    return pair_table("Result", (*_profit(summary), *_trading(summary), *_bookkeeping(summary)))


def trades(run: StoredRun) -> RenderableType:
    """The last trades; nothing where there is none."""
    every = run.trades
    shown = every.tail(_MOST_TRADES)
    if shown.empty:
        return Text("Trades: none")
    left_out = f" (the last {len(shown)} of {len(every)}; all are in trades.csv)" if len(shown) < len(every) else ""
    table = plain_table(f"Trades{left_out}")
    for name in ("opened", "closed"):
        table.add_column(name, no_wrap=True, min_width=10)
    several = every["strategy"].nunique() > 1
    table.add_column("strategy, structure" if several else "structure", overflow="fold")
    for name in ("qty", "entry USD", "profit USD"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("exit", overflow="fold")
    for trade in shown.itertuples():
        table.add_row(*_trade_row(trade, several))
    if shown["proxy_settled"].any():
        table.caption, table.caption_justify = f"{PROXY_SIGN} a leg was settled on a proxy price", "left"
    return table


def _assumptions(section: Assumptions) -> Iterator[tuple[str, str]]:
    for name in Assumptions.model_fields:
        value = getattr(section, name)
        yield name, ", ".join(f"{key}: {one}" for key, one in value.items()) if isinstance(value, dict) else str(value)


def _profit(summary: Summary) -> list[tuple[str, str]]:
    capital, returns, fills = summary.capital, summary.returns, summary.fill_sensitivity
    return [
        ("net liquidation", f"{usd(capital.start_usd)} -> {usd(capital.end_usd)} USD"),
        ("profit", f"{signed(capital.profit_usd)} USD ({percent(returns.total)})"),
        ("profit at mid / model / touch", " / ".join(map(signed, (fills.mid_usd, fills.model_usd, fills.touch_usd)))),
        ("break-even spread fraction", number(fills.breakeven_spread_fraction)),
        ("max drawdown", f"{percent(summary.drawdown.max)} (trough {day(summary.drawdown.trough)})"),
        ("cagr / volatility", f"{percent(returns.cagr)} / {percent(returns.volatility)}"),
        ("sharpe / sortino", f"{number(returns.sharpe)} / {number(returns.sortino)}"),
        ("growth in other orders", _other_orders(summary.robustness)),
    ]


def _other_orders(robustness: Robustness | None) -> str:
    if robustness is None or robustness.cagr is None:
        return "too few days to tell"
    low, high = percent(robustness.cagr.low), percent(robustness.cagr.high)
    return f"{low} to {high} a year on nine of ten paths, p-value {number(robustness.p_value)}"


def _trading(summary: Summary) -> list[tuple[str, str]]:
    trades = summary.trades
    return [
        ("trades", f"{trades.count}, {trades.open_at_end} open at the end, {trades.fills} fills"),
        ("winners / losers", f"{trades.winners} / {trades.losers} (win rate {share(trades.win_rate)})"),
        ("profit factor / expectancy", f"{number(trades.profit_factor)} / {signed(trades.expectancy_usd)} USD"),
        ("exits", ", ".join(f"{key} {one.count}" for key, one in trades.by_exit_reason.items()) or "none"),
        ("fees", f"{usd(summary.costs.fees_usd)} USD"),
        ("highest margin", f"{usd(summary.capital.max_margin_usd)} USD"),
    ]


def _bookkeeping(summary: Summary) -> list[tuple[str, str]]:
    settlements, marks, sessions = summary.settlements, summary.marks, summary.data.sessions
    refusals = ", ".join(f"{rule} {one.count} (first: {one.first_reason})" for rule, one in summary.refusals.items())
    return [
        ("settlements", f"{settlements.count}, {settlements.proxies} on a proxy price"),
        ("marks", f"{marks.count}, {marks.not_two_sided} not a two-sided quote"),
        ("sessions", f"{sessions.present} of {sessions.expected} in the data"),
        ("refusals", refusals or "none"),
        ("accounts", "balance exactly" if summary.accounting.balanced else "DO NOT BALANCE"),
        ("event log / summary hash", f"{summary.event_log_hash[:16]} / {summary.summary_hash[:16]}"),
    ]


def _trade_row(trade: Any, several: bool) -> tuple[str, ...]:
    return (
        day(trade.opened_at),
        still_held(trade.exit_reason) if pd.isna(trade.closed_at) else day(trade.closed_at),
        f"{trade.strategy}, {trade.structure}" if several else trade.structure,
        str(trade.quantity),
        signed(trade.entry_cash_usd),
        signed(trade.profit_usd),
        f"{trade.exit_reason}{PROXY_SIGN if trade.proxy_settled else ''}",
    )
