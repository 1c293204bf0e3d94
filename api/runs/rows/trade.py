"""Rows of the tables of `api/runs/trade_tables.py`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from api.mapping import FinishedRun
from api.runs.rows.source import TableRows
from api.runs.trade_tables import LEGS, TRADES
from engine.events import CorporateActionApplied
from engine.model import Instrument, OptionContract
from engine.result import BacktestResult, Trade, TradeLeg

_DIGITS: Final = 6
_OPEN: Final = "the trade is open at the end of the run"
_UNBOUNDED: Final = "without bound"


class _LegOfTrade(NamedTuple):
    """One leg; its instrument is None of shares that came from an option."""

    position_id: int
    number: int
    leg: TradeLeg
    instrument: Instrument | None

    @property
    def contract(self) -> OptionContract | None:
        """The option; None of shares."""
        return self.instrument if isinstance(self.instrument, OptionContract) else None

    @property
    def underlying(self) -> str:
        """Symbol of the market that quotes it."""
        return self.leg.symbol if self.instrument is None else self.instrument.underlying


def _legs(run: FinishedRun) -> Iterator[_LegOfTrade]:
    instruments = _instruments(run.result)
    for trade in run.result.trades:
        for number, leg in enumerate(trade.legs, 1):
            yield _LegOfTrade(trade.position_id, number, leg, instruments.get(leg.symbol))


def _instruments(result: BacktestResult) -> dict[str, Instrument]:
    """Everything that was traded, and what corporate actions made of it, by symbol."""
    traded = {leg.instrument.symbol: leg.instrument for fill in result.fills for leg in fill.legs}
    actions = (event for event in result.event_log if isinstance(event, CorporateActionApplied))
    return traded | {action.after.symbol: action.after for action in actions}


def _delta(trade: Trade) -> float | None:
    return None if trade.entry.delta is None else round(trade.entry.delta, _DIGITS)


def _leg_texts(trade: Trade) -> str:
    return ";".join(f"{leg.quantity:+d} {leg.symbol} {leg.exit_kind}" for leg in trade.legs)


def _right(row: _LegOfTrade) -> str:
    return "" if row.contract is None else row.contract.right.name.lower()


TRADES_ROWS: Final = TableRows(
    TRADES,
    lambda run: run.result.trades,
    {
        "position_id": lambda row: row.position_id,
        "strategy": lambda row: row.strategy,
        "structure": lambda row: row.structure,
        "underlying": lambda row: row.entry.underlying,
        "quantity": lambda row: row.quantity,
        "opened_at": lambda row: row.opened_at,
        "opened_on": lambda row: row.entry.opened_on,
        "closed_at": lambda row: row.closed_at,
        "entry_tag": lambda row: row.entry_tag,
        "exit_reason": lambda row: row.exit_reason,
        "entry_cash_usd": lambda row: row.entry_cash,
        "exit_cash_usd": lambda row: row.exit_cash,
        "fees_usd": lambda row: row.fees,
        "profit_usd": lambda row: row.profit,
        "worst_usd": lambda row: row.worst,
        "best_usd": lambda row: row.best,
        "maximum_loss_usd": lambda row: row.entry.maximum_loss,
        "maximum_profit_usd": lambda row: row.entry.maximum_profit,
        "margin_usd": lambda row: row.entry.requirement,
        "days_to_expiration": lambda row: row.entry.days_to_expiration,
        "delta": _delta,
        "spot": lambda row: row.entry.spot,
        "iv_rank": lambda row: None if row.entry.iv_rank is None else round(row.entry.iv_rank, _DIGITS),
        "vix": lambda row: row.entry.vix,
        "proxy_settled": lambda row: row.proxy_settled,
        "left_open": lambda row: ";".join(row.left_open),
        "legs": _leg_texts,
    },
)

LEGS_ROWS: Final = TableRows(
    LEGS,
    _legs,
    {
        "position_id": lambda row: row.position_id,
        "leg": lambda row: row.number,
        "symbol": lambda row: row.leg.symbol,
        "underlying": lambda row: row.underlying,
        "right": _right,
        "strike": lambda row: row.contract and row.contract.strike,
        "expires_on": lambda row: row.contract and row.contract.series.expires_on,
        "multiplier": lambda row: 1 if row.instrument is None else row.instrument.multiplier,
        "quantity": lambda row: row.leg.quantity,
        "entry_cash_usd": lambda row: row.leg.entry_cash,
        "exit_cash_usd": lambda row: row.leg.exit_cash,
        "fees_usd": lambda row: row.leg.fees,
        "exit_kind": lambda row: row.leg.exit_kind,
    },
)
