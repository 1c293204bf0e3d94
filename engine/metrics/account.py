"""The account over all its marks: how low it stood, what margin bound of it, and how deep it fell within sessions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.instants import NANOS_PER_DAY
from engine.metrics.growth import external_flows, factor_without_flow
from engine.metrics.returns import DAYS_PER_YEAR, mean
from engine.money import Micros, to_usd
from engine.result import BacktestResult, EquityPoint

_WITHOUT_BOUND: Final = -1


@dataclass(frozen=True, slots=True)
class AccountStatistics:
    """Figures over every mark of the account; exact where they are money.

    Attributes:
        max_margin: highest requirement; None where at some mark no amount would have been enough, as the next three.
        lowest_buying_power: least net liquidation less requirement.
        max_margin_fraction: highest requirement by net liquidation.
        average_margin_fraction: mean of the same at the ends of sessions.
        turnover_per_year: sum of the sizes of the cash of all fills, by the mean net liquidation at the ends of
            sessions, per year; None over less than a day.
        time_in_market: sessions in which something was held, by all sessions.
        deepest_fall: depth of the deepest fall between any two marks, deposits and withdrawals apart.
    """

    lowest_net_liquidation: Micros
    highest_net_liquidation: Micros
    max_margin: Micros | None
    lowest_buying_power: Micros | None
    max_margin_fraction: float | None
    average_margin_fraction: float | None
    turnover_per_year: float | None
    time_in_market: float
    deepest_fall: float


def account_statistics(result: BacktestResult, ends: Sequence[EquityPoint]) -> AccountStatistics:
    """Figures of the account, from all its marks and from those at the ends of sessions."""
    at, net, margin = _columns(result)
    bounded, covered = bool((margin != _WITHOUT_BOUND).all()), net > 0
    return AccountStatistics(
        lowest_net_liquidation=int(net.min()),
        highest_net_liquidation=int(net.max()),
        max_margin=int(margin.max()) if bounded else None,
        lowest_buying_power=int((net - margin).min()) if bounded else None,
        max_margin_fraction=float((margin[covered] / net[covered]).max(initial=0.0)) if bounded else None,
        average_margin_fraction=_average_margin(ends),
        turnover_per_year=_turnover(result, ends),
        time_in_market=_time_in_market(result),
        deepest_fall=_deepest_fall(result, at, net),
    )


def _columns(result: BacktestResult) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Instants, net liquidations and requirements, each of shape (marks,); the start alone where there is no mark."""
    equity = result.equity or [EquityPoint(result.started_at, result.totals.initial_cash, 0, 0)]
    values = list(chain.from_iterable(equity))
    at, cash, value = (np.array(values[column::4], np.int64) for column in range(3))
    margin = values[3::4]
    if None in margin:
        margin = [_WITHOUT_BOUND if one is None else one for one in margin]
    return at, cash + value, np.array(margin, np.int64)


def _average_margin(ends: Sequence[EquityPoint]) -> float | None:
    if any(end.margin_requirement is None for end in ends):
        return None
    return mean([(end.margin_requirement or 0) / end.net_liquidation for end in ends if end.net_liquidation > 0])


def _turnover(result: BacktestResult, ends: Sequence[EquityPoint]) -> float | None:
    years = (result.finished_at - result.started_at) / NANOS_PER_DAY / DAYS_PER_YEAR
    worth = mean([to_usd(end.net_liquidation) for end in ends])
    if years <= 0 or worth is None or worth <= 0:
        return None
    traded = sum(abs(leg.cash) for fill in result.fills for leg in fill.legs)
    return to_usd(traded) / worth / years


def _time_in_market(result: BacktestResult) -> float:
    """Share of the sessions that some trade touches, from that of its opening to that of its end."""
    starts = np.array(result.day_starts, np.int64)
    ends = [result.finished_at if trade.closed_at is None else trade.closed_at for trade in result.trades]
    first, last = (
        np.maximum(starts.searchsorted(np.array(instants, np.int64), side="right") - 1, 0)
        for instants in ([trade.opened_at for trade in result.trades], ends)
    )
    changes = np.bincount(first, minlength=len(starts) + 1) - np.bincount(last + 1, minlength=len(starts) + 1)
    return float((np.cumsum(changes)[:-1] > 0).mean())


def _deepest_fall(result: BacktestResult, at: NDArray[np.int64], net: NDArray[np.int64]) -> float:
    """Of the growth of the starting capital at every mark, which counts as a peak itself."""
    start = float(result.totals.initial_cash)
    grown = net.astype(np.float64)
    for moved_at, amount in external_flows(result).items():
        grown[at >= moved_at] *= factor_without_flow(result, moved_at, amount)
    peaks = np.maximum.accumulate(np.concatenate(([start], grown)))
    return min(float((grown / peaks[1:] - 1.0).min(initial=0.0)), 0.0)
