"""Rows of the tables of `api/runs/order_tables.py`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from api.mapping import FinishedRun
from api.runs.order_tables import FILLS, ORDERS
from api.runs.rows.source import TableRows
from engine.metrics.sensitivity import middle_of
from engine.model import Fill, LegFill, Limit, MarketOnClose, Stop, StopLimit
from engine.model.orders import AtMarket, Order, OrderTerms
from engine.money import Micros

_KINDS: Final[dict[type[OrderTerms], str]] = {
    AtMarket: "market",
    Limit: "limit",
    Stop: "stop",
    StopLimit: "stop_limit",
    MarketOnClose: "market_on_close",
}


class _FilledLeg(NamedTuple):
    """One leg of a fill."""

    fill: Fill
    leg: LegFill


def _filled_legs(run: FinishedRun) -> Iterator[_FilledLeg]:
    return (_FilledLeg(fill, leg) for fill in run.result.fills for leg in fill.legs)


def _limit(terms: OrderTerms) -> Micros | None:
    return terms.net_price if isinstance(terms, Limit | StopLimit) else None


def _stop(terms: OrderTerms) -> Micros | None:
    return terms.trigger if isinstance(terms, Stop | StopLimit) else None


def _leg_texts(order: Order) -> str:
    return ";".join(f"{leg.ratio:+d} {leg.instrument.symbol}" for leg in order.legs)


def _spread_cost(leg: LegFill) -> Micros:
    return leg.quantity * leg.instrument.multiplier * (leg.price - middle_of(leg))


def _flags(leg: LegFill) -> str:
    return ";".join((flag.name or "").lower() for flag in leg.flags)


ORDERS_ROWS: Final = TableRows(
    ORDERS,
    lambda run: run.result.orders,
    {
        "order_id": lambda row: row.order.order_id,
        "at": lambda row: row.order.submitted_at,
        "strategy": lambda row: row.order.strategy,
        "kind": lambda row: _KINDS[type(row.order.terms)],
        "intent": lambda row: row.order.intent.value,
        "position_id": lambda row: row.order.target_position,
        "structure": lambda row: row.order.structure,
        "tag": lambda row: row.order.tag,
        "legs": lambda row: _leg_texts(row.order),
        "requested": lambda row: row.order.quantity,
        "approved": lambda row: row.approved,
        "filled": lambda row: row.filled,
        "fills": lambda row: row.fills,
        "limit_usd": lambda row: _limit(row.order.terms),
        "stop_usd": lambda row: _stop(row.order.terms),
        "time_in_force": lambda row: row.order.time_in_force.value,
        "good_until": lambda row: row.order.good_until,
        "ended_at": lambda row: row.ended_at,
        "end": lambda row: "" if row.end is None else row.end.value,
        "reason": lambda row: row.reason,
    },
)

FILLS_ROWS: Final = TableRows(
    FILLS,
    _filled_legs,
    {
        "at": lambda row: row.fill.filled_at,
        "decided_at": lambda row: row.fill.decided_at,
        "order_id": lambda row: row.fill.order_id,
        "position_id": lambda row: row.fill.position_id,
        "strategy": lambda row: row.fill.strategy,
        "intent": lambda row: row.fill.intent.value,
        "tag": lambda row: row.fill.tag,
        "symbol": lambda row: row.leg.instrument.symbol,
        "quantity": lambda row: row.leg.quantity,
        "price_usd": lambda row: row.leg.price,
        "bid_usd": lambda row: row.leg.bid,
        "ask_usd": lambda row: row.leg.ask,
        "cash_usd": lambda row: row.leg.cash,
        "fee_usd": lambda row: row.leg.fee,
        "spread_cost_usd": lambda row: _spread_cost(row.leg),
        "flags": lambda row: _flags(row.leg),
        "theoretical": lambda row: row.leg.theoretical,
    },
)
