"""Backtests as the service knows them: their state, trades and equity curve. Times are ISO 8601 UTC, money is USD."""

from __future__ import annotations

from datetime import date
from typing import Literal, TypeAlias

from engine.config import RunConfig
from schemas.payoff import PayoffRequest
from schemas.problem import Problem
from schemas.sections.attribution import Causes
from schemas.sections.base import Count, Fraction, Moment, Number, Section, Usd

Status: TypeAlias = Literal["queued", "running", "complete", "interrupted", "failed"]


class Health(Section):
    """The service answers."""

    status: Literal["ok"]
    engine_version: str


class Example(Section):
    """A configuration that runs without any imported data."""

    name: str
    """Name of its file, without the ending."""
    title: str
    description: str
    configuration: RunConfig


class Progress(Section):
    """How far a run has come."""

    fraction: Fraction
    simulated_to: date | None
    """Date of the last event; null before the first."""
    message: str
    """What is being done, for people."""


class Headline(Section):
    """The four figures that people ask for first; all of them stand in the summary."""

    profit_usd: Usd
    total_return: Number | None
    max_drawdown: Number | None
    """As a decimal of the peak, negative."""
    trades: Count


class Backtest(Section):
    """One submitted backtest and its state."""

    id: str
    name: str
    """Name in its configuration."""
    status: Status
    """`interrupted`: it was stopped and keeps the results up to `progress.simulated_to`."""
    created: Moment
    started: Moment | None
    """When a worker last took it up."""
    finished: Moment | None
    progress: Progress
    problem: Problem | None
    """Why it failed."""
    model_prices: bool
    """It runs on prices of a model, not of a market."""
    headline: Headline | None
    """Null until there is a result."""


class BacktestPage(Section):
    """Some backtests, newest first."""

    items: tuple[Backtest, ...]
    next: str | None
    """`before` of the next page; null: there is none."""


class TradeLeg(Section):
    """One instrument over the life of a trade."""

    symbol: str
    quantity: int
    """Contracts or shares at the opening, negative when sold; 0 for shares that came from an option."""
    entry_cash_usd: Usd
    """Before fees, negative when paid."""
    exit_cash_usd: Usd
    """Of closing, settlement or exercise, before fees, negative when paid."""
    fees_usd: Usd
    exit_kind: str
    """`closed`, `settled`, `exercised`, `assigned`, `given_up`, or `open`."""


class Trade(Section):
    """One structure from its opening to its end, as the page lists and draws it."""

    id: int
    """Number of the trade, unique in its backtest."""
    strategy: str
    structure: str
    underlying: str
    opened_at: Moment
    closed_at: Moment | None
    """Null while open at the end of the run."""
    quantity: int
    """Packages."""
    entry_cash_usd: Usd
    """Before fees, negative when paid."""
    profit_usd: Usd
    """After fees; of an open trade at its last mark."""
    fees_usd: Usd
    entry_tag: str
    """What the strategy called the entry."""
    exit_reason: str
    """Tag of the closing order, or `expiration`; `open_at_end` where more is open than long legs without a bid."""
    proxy_settled: bool
    """A leg was settled on a proxy price."""
    left_open: tuple[str, ...]
    """Symbols of long legs that found no bid when the rest was closed."""
    spot_at_entry: Number
    """Price of the underlying when it was opened."""
    days_to_expiration: int | None
    """Calendar days from the opening to the first expiration; null: no options."""
    delta: Number | None
    """Largest size of a delta among the options sold, or bought where none was; null: the data have none."""
    maximum_loss_usd: Usd | None
    """At expiration, as it was opened, before fees, positive: its R; null: without bound."""
    margin_usd: Usd | None
    """Initial requirement of the position on its own; null: without bound."""
    worst_usd: Usd
    """Lowest profit before fees at any mark: the maximum adverse excursion."""
    best_usd: Usd
    """Highest profit before fees at any mark: the maximum favourable excursion."""
    legs: tuple[TradeLeg, ...]
    """What became of each instrument."""
    payoff: PayoffRequest
    """The legs as they were opened, for `POST /api/payoff`."""
    causes: Causes | None = None
    """Where its profit came from, dividends included; null: nothing moved it."""


class TradePage(Section):
    """Some trades in the order of opening."""

    items: tuple[Trade, ...]
    total: Count
    """Trades of the backtest."""


class EquityPoint(Section):
    """The account after one market event."""

    at: Moment
    net_liquidation_usd: Usd
    profit_usd: Usd
    """Since the start, without deposits and withdrawals."""
    total_return: Number
    """Time-weighted, as a decimal: what the starting capital made, as if no cash had been added or taken."""
    drawdown: Number
    """Fall of that growth from its highest so far, as a decimal; zero or negative."""
    margin_requirement_usd: Usd | None
    """Null: no amount would have been enough."""


class Equity(Section):
    """An equity curve, thinned out without losing an extreme."""

    points: tuple[EquityPoint, ...]
    total: Count
    """Points before thinning out."""
