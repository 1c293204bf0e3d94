"""What is read first: warnings, the assumptions that decide, the headline, and how far to believe it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from api.reports.blocks import Cautions, Chapter, Column, Part, Points, Table, Tile, Tiles
from api.reports.words import count, exchange_day, number, percent, plural, signed_percent, signed_usd, spelled, usd
from schemas.sections.trust import Touched, Trust
from schemas.summary import Summary

_MODEL_PRICES = "model prices: nobody ever quoted them"


def first_chapter(summary: Summary) -> Chapter:
    """Before everything else."""
    warnings = summary.warnings or ("None: nothing was found that the figures should not be believed for.",)
    return Chapter(
        "first",
        "Read this first",
        (
            Part("Warnings", (Cautions(warnings),)),
            Part("What it assumes", (Points(tuple(_decisive_assumptions(summary))),)),
        ),
    )


def headline_chapter(summary: Summary) -> Chapter:
    """The result in a few figures, and what speaks for and against them."""
    prices = " on model prices" if summary.data.prices == "model" else ""
    return Chapter(
        "headline",
        "Headline",
        (
            Part(f"The result{prices}", (Tiles(tuple(_tiles(summary))),)),
            Part("How far to believe it", (Points(tuple(_evidence(summary))),)),
            Part("What rests on prices that deserve less trust", (_touched(summary.trust),)),
        ),
    )


def _decisive_assumptions(summary: Summary) -> Iterator[str]:
    said = summary.assumptions
    timing = "at the next chain" if said.fill_timing == "next_snapshot" else "on the very quotes of the decision"
    yield f"Quotes: {_MODEL_PRICES if summary.data.prices == 'model' else said.quotes}."
    yield f"Fills: {said.fill_model}, {timing}; prices are rounded {said.net_rounding.replace('_', ' ')}."
    yield f"Costs: {said.commission_schedule}."
    yield f"Margin: {said.margin_model}. Cash: {said.interest_on_cash}."
    yield f"Marks: {said.mark_policy}."
    yield f"Settlement: {said.settlement_source}. {said.assignment_model[:1].upper()}{said.assignment_model[1:]}."
    ends = {"mark": "count at their last mark", "close_at_touch": "are closed at the touch", "settle": "are settled"}
    yield f"Positions that are open at the end {ends[said.open_at_end]}. All assumptions follow under Assumptions."


def _tiles(summary: Summary) -> Iterator[Tile]:
    capital, returns, trades = summary.capital, summary.returns, summary.trades
    tone = "gain" if capital.profit_usd > 0 else "loss" if capital.profit_usd < 0 else ""
    yield Tile("Profit", signed_usd(capital.profit_usd), f"{usd(capital.start_usd)} to {usd(capital.end_usd)}", tone)
    yield Tile("Return", signed_percent(returns.total), f"{signed_percent(returns.cagr)} a year (CAGR)")
    yield Tile("Deepest drawdown", percent(summary.drawdown.max), f"longest {summary.drawdown.longest_days:,} days")
    yield Tile("Sharpe ratio", number(returns.sharpe), f"Sortino {number(returns.sortino)}")
    yield Tile("Volatility", percent(returns.volatility), "of daily returns, a year")
    yield Tile("Trades", count(trades.count), f"{trades.winners:,} won, {trades.losers:,} lost")
    yield Tile("Win rate", percent(trades.win_rate), f"profit factor {number(trades.profit_factor)}")
    yield Tile("Average trade", signed_usd(trades.expectancy_usd), f"median {signed_usd(trades.median_usd)}")


def _evidence(summary: Summary) -> Iterator[str]:
    yield from _of_prices(summary)
    yield _of_the_sample(summary)
    yield from _of_the_data(summary)
    yield from _of_the_account(summary)


def _of_prices(summary: Summary) -> Iterator[str]:
    fills, marks, settled = summary.fill_sensitivity, summary.marks, summary.settlements
    if fills.breakeven_spread_fraction is not None:
        yield (
            f"Fills: the same trades make {signed_usd(fills.mid_usd)} at mid, {signed_usd(fills.model_usd)} at the "
            f"fill model, {signed_usd(fills.touch_usd)} at the touch; nothing is left where fills pay "
            f"{percent(fills.breakeven_spread_fraction)} of the spread (50% is mid, 100% the touch)."
        )
    touched = summary.trust.touched
    if touched.trades:
        yield (
            f"Prices: {plural(touched.trades, 'trade')} ({percent(touched.trades_fraction)}), with "
            f"{percent(touched.moved_fraction)} of what trades made and lost, "
            f"{'touches' if touched.trades == 1 else 'touch'} a price that nobody quoted or that carries a flag."
        )
    if marks.count:
        share = marks.not_two_sided / marks.count
        yield (
            f"Marks: {marks.not_two_sided:,} of {plural(marks.count, 'valuation')} ({percent(share)}) "
            f"{'rests' if marks.not_two_sided == 1 else 'rest'} on no trustworthy two-sided quote."
        )
    if settled.count:
        yield f"Settlements: {settled.proxies:,} of {settled.count:,} rest on a stand-in for the official value."


def _touched(trust: Trust) -> Table:
    """Trades by what they touch; what no trade touches is left out."""
    single = ("touched", "one_sided_fills", "model_fills", "proxy_settlements", "model_quotes")
    found = {spelled(name): getattr(trust, name) for name in single}
    for name in ("entry_quotes", "exit_quotes", "last_marks"):
        parts: Mapping[str, Touched] = getattr(trust, name)
        found |= {f"{spelled(name)}: {spelled(flag).lower()}": one for flag, one in parts.items()}
    titles = ("Trades", "Of all", "Their profit", "Made and lost", "Of all")
    rows = tuple(
        (name, count(one.trades), percent(one.trades_fraction), signed_usd(one.profit_usd), usd(one.moved_usd),
         percent(one.moved_fraction))
        for name, one in found.items()
        if one.trades or name == "Touched"
    )  # fmt: skip
    note = "A trade can touch several things; with its whole profit, the most that hangs on it. Made and lost: sizes."
    return Table(
        "Trades by what they touch", (Column("What"), *(Column(one, numeric=True) for one in titles)), rows, note
    )


def _of_the_sample(summary: Summary) -> str:
    trades, returns = summary.trades, summary.returns
    closed = trades.count - trades.open_at_end
    likely = (
        f"; the probability that the true Sharpe ratio is above zero is {percent(returns.probabilistic_sharpe)}"
        if returns.probabilistic_sharpe is not None
        else ""
    )
    return f"Sample: {plural(closed, 'closed trade')} over {plural(summary.data.sessions.present, 'session')}{likely}."


def _of_the_data(summary: Summary) -> Iterator[str]:
    data, zone = summary.data, summary.data.timezone
    yield (
        f"Data: {data.sessions.present:,} of {plural(data.sessions.expected, 'session')}, {data.snapshots:,} chains, "
        f"{plural(data.quality.rows, 'quote')}; {', '.join(data.vendors) or 'no vendor'}."
    )
    if summary.run.status == "interrupted":
        yield f"The run was interrupted: everything here ends on {exchange_day(summary.run.simulated_to, zone)}."


def _of_the_account(summary: Summary) -> Iterator[str]:
    unexplained = summary.attribution.daily.unexplained_fraction
    if unexplained is not None:
        yield f"Causes: of what positions gained and lost day by day, {percent(unexplained)} has no known cause."
    if summary.accounting.balanced:
        yield "Accounts: cash, profit and marks agree to the micro-dollar at every mark."
    else:
        yield "Accounts: THEY DO NOT BALANCE; do not use these figures."
