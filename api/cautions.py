"""What a user must know before believing the figures of a run, most important first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from api.assumptions import ASSUMED_TIME
from api.data_access import RunData
from data.facts import UnderlyingDay
from data.overrides import Overrides
from engine.config import RunConfig
from engine.events import SettlementSource
from engine.instants import utc_datetime
from engine.metrics import Statistics
from engine.metrics.trust import Trust
from engine.money import to_usd
from engine.result import BacktestResult, MarkSource, RefusalTally

_FEW_TRADES: Final = 30
_MOST_NAMED: Final = 8
_MUCH: Final = 0.1
"""Share of the profit from which on it matters what it rests on."""
_MOST: Final = 0.5
"""The same of the account's moves: one wing without a bid is enough to make a mark one that is not quoted."""

MODEL_PRICES_WARNING: Final = (
    "All option quotes are model prices: computed from the day's VIX by one smile, never quoted by anybody. What "
    "earns money on them need not earn any on real quotes."
)


def warnings_of(
    config: RunConfig, result: BacktestResult, statistics: Statistics, trusted: Trust, data: RunData
) -> tuple[str, ...]:
    """Warnings in the order in which they should be read."""
    return (
        *((MODEL_PRICES_WARNING,) if data.model is not None else ()),
        *_of_the_run(config, result, statistics),
        *_of_the_data(config, data),
        *_of_prices(result),
        *(() if data.model is not None else _of_trust(trusted)),
        *_of_positions(result, statistics),
        *_of_size(config, statistics),
    )


def _of_the_run(config: RunConfig, result: BacktestResult, statistics: Statistics) -> Iterator[str]:
    if result.interrupted:
        reached = f"up to {utc_datetime(result.equity[-1].at):%Y-%m-%d}" if result.equity else "nothing"
        yield f"The run was interrupted: this covers {reached}, the configuration asked for {config.end.isoformat()}."
    if config.execution.fill_timing == "same_snapshot":
        yield "Orders fill on the very quotes they were decided on (fill_timing: same_snapshot); nobody can trade that."
    for strategy, counts in result.funnel.items():
        if not any(trade.strategy == strategy for trade in result.trades):
            yield f"Strategy {strategy} opened no trade{_likely_reason(counts, result.refusals)}."
    if 0 < statistics.trades.count < _FEW_TRADES:
        yield f"Few trades ({statistics.trades.count}): averages and ratios over so few say little."


def _likely_reason(counts: Mapping[str, int], refusals: Iterable[RefusalTally]) -> str:
    declined = {key: count for key, count in counts.items() if not key.endswith(": passed")}
    declined |= {tally.rule: tally.count for tally in refusals}
    top = sorted(declined, key=lambda key: (-declined[key], key))[:3]
    return "; most frequent reasons: " + ", ".join(f"{key} ({declined[key]})" for key in top) if top else ""


def _of_the_data(config: RunConfig, data: RunData) -> Iterator[str]:
    facts = data.facts
    if facts.missing:
        count = facts.sessions_expected - facts.sessions_present
        yield f"{count} of {facts.sessions_expected} sessions have no data: {_days(facts.missing)}."
    if facts.stale_days:
        yield f"Chains that repeat the previous session's, on which nothing fills: {_days(facts.stale_days)}."
    for one in facts.skipped:
        which = f"{one.rows} rows of {one.underlying} dated {one.day.isoformat()}"
        yield f"{one.source.name}: {which} were left out: {one.reason}."
    if data.overrides is not None:
        yield from _of_overrides(data.overrides, facts.overridden)
    if facts.warm_up_sessions < config.warm_up_sessions:
        asked = config.warm_up_sessions
        yield f"The warm-up has {facts.warm_up_sessions} sessions with data; the configuration asks for {asked}."
    if facts.survivors_only:
        names = _named(list(facts.survivors_only))
        yield (
            f"Nothing of {names} expires in the range, which has a standard expiration: the data may hold only what "
            "was still listed at its end, and results on survivors say little."
        )
    if facts.estimated_prices:
        yield (
            f"The vendor names no price of the underlying in {facts.estimated_prices} of {facts.snapshots} chains; "
            "it was estimated by put-call parity."
        )
    if facts.time_assumed:
        yield f"The data brings no time of day; quotes are {ASSUMED_TIME}."


def _of_overrides(overrides: Overrides, used: Sequence[int]) -> Iterator[str]:
    unused = [str(one.line) for one in overrides.lines if one.line not in used]
    if used:
        yield f"{overrides.name} changes the vendor's data: {len(used)} of {len(overrides.lines)} lines are in force."
    if unused:
        yield f"{overrides.name}: lines that change nothing in this run: {_named(unused)}."


def _days(days: Sequence[UnderlyingDay]) -> str:
    several = len({one.underlying for one in days}) > 1
    return _named([f"{one.day.isoformat()}{f' ({one.underlying})' if several else ''}" for one in days])


def _of_prices(result: BacktestResult) -> Iterator[str]:
    proxies = [one for one in result.settlements if one.source is not SettlementSource.OFFICIAL]
    if proxies:
        named = _named([f"{one.root} of {utc_datetime(one.settles_at):%Y-%m-%d}" for one in proxies])
        yield (
            f"{len(proxies)} of {len(result.settlements)} settlements used a proxy for the settlement value: {named};"
            " give official values with data.settlement_values."
        )
    marks = sum(result.marks.values())
    unquoted = marks - result.marks.get(MarkSource.TWO_SIDED_QUOTE, 0)
    if unquoted:
        yield f"{unquoted} of {marks} marks ({unquoted / marks:.1%}) are no trustworthy two-sided quote."


def _of_trust(trusted: Trust) -> Iterator[str]:
    every, touched, curve = trusted.every, trusted.touched, trusted.curve
    if every.moved and touched.moved >= _MUCH * every.moved:
        counts = {
            reason.replace("_", " ") + ("" if kind == reason else f" {kind}"): share.trades
            for reason, kinds in trusted.by_reason.items()
            for kind, share in kinds.items()
        }
        named = _named([f"{what} ({count})" for what, count in sorted(counts.items(), key=lambda one: -one[1])])
        yield (
            f"{touched.moved / every.moved:.0%} of what trades made and lost belongs to trades ({touched.trades} of "
            f"{every.trades}) that rest on a price that deserves less trust: {named}."
        )
    if curve.moved and curve.moved_unquoted >= _MOST * curve.moved:
        share = curve.moved_unquoted / curve.moved
        yield f"{share:.0%} of the account's moves begin or end at a mark that is no trustworthy two-sided quote."


def _of_size(config: RunConfig, statistics: Statistics) -> Iterator[str]:
    largest = statistics.capacity.largest_of_size
    if config.execution.shown_size == "ignore" and largest is not None and largest > 1:
        yield (
            f"Fills are larger than the size that was shown, up to {largest:,.3g} times "
            f"({statistics.capacity.tightest_symbol}); execution.shown_size minds it."
        )


def _of_positions(result: BacktestResult, statistics: Statistics) -> Iterator[str]:
    left = [symbol for trade in result.trades for symbol in trade.left_open]
    if left:
        yield f"Long legs that found no bid when the rest was closed, and stayed open: {_named(left)}."
    open_ = [trade.profit for trade in result.trades if trade.closed_at is None]
    if open_:
        yield (
            f"Trades open at the end of the run: {len(open_)}, with {to_usd(sum(open_)):+,.2f} USD at their last mark. "
            "They are in the profit, but not in win rate, profit factor and averages, which are of closed trades."
        )
    mid, touch = statistics.fills.total.at_mid_usd, statistics.fills.total.at_touch_usd
    if mid > 0 > touch:
        yield f"The sign of the result depends on the fills: {mid:+,.2f} USD at mid, {touch:+,.2f} USD at the touch."


def _named(names: list[str]) -> str:
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
