"""From the values of an account to the growth of its starting capital, deposits and withdrawals apart."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Sequence

from engine.events import CashMoved
from engine.instants import Instant
from engine.money import Micros, to_usd
from engine.result import BacktestResult, EquityPoint

_NEVER = 2**63 - 1


def session_ends(result: BacktestResult) -> list[EquityPoint]:
    """The last point of each exchange date of the run."""
    ends = [bisect_left(result.equity, end, key=lambda point: point.at) for end in (*result.day_starts[1:], _NEVER)]
    return [result.equity[end - 1] for end in ends if end > 0]


def growth_of_capital(result: BacktestResult, ends: Sequence[EquityPoint]) -> list[float]:
    """What the starting capital grew to at each session's end, USD, as if no cash had been added or taken.

    Time-weighted: the account is valued at the instant of each flow, and what comes after is scaled to what it was
    worth just before. Shape (1 + sessions,). Without external flows these are the account's own values.
    """
    waiting, scale = deque(external_flows(result).items()), 1.0
    grown = [to_usd(result.totals.initial_cash)]
    for end in ends:
        while waiting and waiting[0][0] <= end.at:
            scale *= factor_without_flow(result, *waiting.popleft())
        grown.append(to_usd(end.net_liquidation) * scale)
    return grown


def external_flows(result: BacktestResult) -> dict[Instant, Micros]:
    """Deposits less withdrawals by their instants, in order."""
    flows: dict[Instant, Micros] = {}
    for event in result.event_log:
        if isinstance(event, CashMoved):
            flows[event.at] = flows.get(event.at, 0) + event.amount
    return flows


def factor_without_flow(result: BacktestResult, at: Instant, amount: Micros) -> float:
    """Value just before a flow over the value just after it; 1 where one of them is not positive."""
    place = bisect_right(result.equity, at, key=lambda point: point.at) - 1
    last = result.totals.initial_cash if place < 0 else result.equity[place].net_liquidation
    valued_after = place >= 0 and result.equity[place].at == at
    before = last - amount if valued_after else last
    return before / (before + amount) if before > 0 and before + amount > 0 else 1.0
