"""Rows of the tables of `api/runs/account_tables.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple, TypeAlias

from api.mapping import FinishedRun
from api.risk_views import rounded_greek
from api.runs.account_tables import ATTRIBUTION, EQUITY, GREEKS, MARGIN_CALLS
from api.runs.rows.equity_columns import equity_columns
from api.runs.rows.source import TableRows
from engine.attribution.components import Component
from engine.events import LiquidationOrdered, MarginCalled, MarginCallMet
from engine.instants import Instant
from engine.money import Micros
from engine.result import EquityPoint
from engine.risk_rules.breakdown import ExposurePoint
from schemas.sections.risk import Greeks


class _Exposed(NamedTuple):
    """Exposure at the end of a session."""

    day: date
    point: ExposurePoint


class _Caused(NamedTuple):
    """Profit of one position on one day by its causes."""

    day: date
    position_id: int | None
    amounts: tuple[Micros, ...]


@dataclass(slots=True)
class _Call:
    """A margin call, and what became of it."""

    called: MarginCalled
    day: date
    met_at: Instant | None = None
    liquidations: int = 0


_Valued: TypeAlias = tuple[EquityPoint, Micros, float]
"""A value of the account, deposits up to it, and the growth of the starting capital; plain, as there is one per bar."""


def _valued(run: FinishedRun) -> Iterator[_Valued]:
    columns = equity_columns(run.result)
    return zip(run.result.equity, columns.external_flows.tolist(), columns.growth.tolist(), strict=True)


def _exposed(run: FinishedRun) -> Iterator[_Exposed]:
    date_of = run.data.source.sessions.date_of
    return (_Exposed(date_of(point.at), point) for point in run.result.session_exposures)


def _caused(run: FinishedRun) -> Iterator[_Caused]:
    daily = run.attribution.by_day
    return map(_Caused._make, zip(daily.days, daily.position_ids, map(tuple, daily.amounts.tolist()), strict=True))


def _calls(run: FinishedRun) -> list[_Call]:
    calls: list[_Call] = []
    unmet: list[_Call] = []
    for event in run.result.event_log:
        if isinstance(event, MarginCalled):
            unmet.append(_Call(event, run.data.source.sessions.date_of(event.at)))
            calls.append(unmet[-1])
        elif isinstance(event, MarginCallMet):
            for call in unmet:
                call.met_at = event.at
            unmet.clear()
        elif isinstance(event, LiquidationOrdered) and unmet:
            unmet[-1].liquidations += 1
    return calls


def _greek(name: str) -> Callable[[Any], float]:
    def of(row: _Exposed) -> float:
        return rounded_greek(getattr(row.point.total, name))

    return of


def _rounded(value: float | None) -> float | None:
    return None if value is None else rounded_greek(value)


def _amount(place: int) -> Callable[[Any], Micros]:
    def of(row: _Caused) -> Micros:
        return row.amounts[place]

    return of


EQUITY_ROWS: Final = TableRows(
    EQUITY,
    _valued,
    {
        "at": lambda row: row[0].at,
        "cash_usd": lambda row: row[0].cash,
        "market_value_usd": lambda row: row[0].market_value,
        "net_liquidation_usd": lambda row: row[0].net_liquidation,
        "margin_requirement_usd": lambda row: row[0].margin_requirement,
        "external_flows_usd": lambda row: row[1],
        "growth_usd": lambda row: row[2],
    },
)

GREEKS_ROWS: Final = TableRows(
    GREEKS,
    _exposed,
    {
        "at": lambda row: row.point.at,
        "day": lambda row: row.day,
        **{name: _greek(name) for name in Greeks.model_fields},
        "beta_weighted_delta_shares": lambda row: _rounded(row.point.beta_weighted_delta_shares),
        "worst_stress_usd": lambda row: _rounded(row.point.worst_stress_usd),
    },
)

ATTRIBUTION_ROWS: Final = TableRows(
    ATTRIBUTION,
    _caused,
    {
        "day": lambda row: row.day,
        "position_id": lambda row: row.position_id,
        **{f"{component}_usd": _amount(place) for place, component in enumerate(Component)},
    },
)

MARGIN_CALLS_ROWS: Final = TableRows(
    MARGIN_CALLS,
    _calls,
    {
        "at": lambda row: row.called.at,
        "day": lambda row: row.day,
        "requirement_usd": lambda row: row.called.requirement,
        "covering_usd": lambda row: row.called.cash,
        "liquidations": lambda row: row.liquidations,
        "met_at": lambda row: row.met_at,
    },
)
