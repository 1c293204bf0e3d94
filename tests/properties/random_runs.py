"""Small runs that hypothesis makes up: a market that gaps and misquotes, a script that opens and closes, a broker.

Indices are settled in cash, shares are delivered. Prices and quotes are whole cents; two expirations lie inside the
run and one behind it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Final, Literal

import numpy as np
from hypothesis import strategies as st

from engine.config import (
    AccountConfig,
    DataSelection,
    ExecutionConfig,
    ExerciseConfig,
    FillConfig,
    MidFills,
    PerContractFeesConfig,
    SpreadFractionFills,
    TouchFills,
)
from engine.model import ChainSnapshot, ContractTable, Leg, OptionContract, OptionSeries, QuoteFlag
from engine.result import BacktestResult
from engine.strategy import Strategy, StrategyContext
from engine.structures import build
from tests.builders import Quote, chain, contract_table, equity_series, new_york, series
from tests.engine.play import NoMargin, Scripted, config, play
from tests.properties.random_books import OPTIONS_ONLY

DAYS: Final = tuple(date(2019, 5, day) for day in (6, 7, 8, 9, 10, 13, 14))
EXPIRATIONS: Final = (date(2019, 5, 8), date(2019, 5, 10), date(2019, 5, 17))
STRIKES: Final = tuple(90.0 + 2.5 * rank for rank in range(9))
FILLS: Final[tuple[FillConfig, ...]] = (MidFills(kind="mid"), TouchFills(kind="touch"), SpreadFractionFills())
_RANKS: Final = {"equal": [2, 4, 6], "unequal": [2, 4, 5]}
Kind = Literal["index", "shares"]
Asked = tuple[int, tuple[Leg, ...]]
"""Packages and the legs of one."""


@cache
def market(kind: Kind) -> tuple[ContractTable, tuple[OptionSeries, ...]]:
    """Contracts of one underlying, and their series in order."""
    listed = tuple(series(one) if kind == "index" else equity_series(one, "SPY") for one in EXPIRATIONS)
    return contract_table(dict.fromkeys(listed, STRIKES)), listed


@dataclass(frozen=True)
class RandomRun:
    """Everything that decides one run.

    Attributes:
        cents: price of the underlying on each day.
        quote_seed: what the quotes are made of.
        misquoted: chance that a quote is absent, one-sided, crossed or stale.
        opened: orders of each day.
        closed: chance that an open position is closed, on every day.
    """

    kind: Kind
    cents: tuple[int, ...]
    quote_seed: int
    misquoted: float
    opened: tuple[tuple[Asked, ...], ...]
    closed: float
    execution: ExecutionConfig
    delivered_shares: Literal["liquidate", "keep"]
    open_at_end: Literal["mark", "close_at_touch", "settle"]

    @property
    def underlying(self) -> str:
        return "SPX" if self.kind == "index" else "SPY"

    def chains(self) -> list[ChainSnapshot]:
        """The same chains for the same run."""
        random, (table, _) = np.random.default_rng(self.quote_seed), market(self.kind)

        def quotes(contract: OptionContract) -> Quote | None:
            return _quote(random, contract.intrinsic(price), self.misquoted)

        snapshots = []
        for day, cents in zip(DAYS, self.cents, strict=True):
            price = cents / 100
            snapshots.append(chain(table, new_york(day, "15:45"), price, quotes=quotes, underlying=self.underlying))
        return snapshots

    def play(self, strategies: Sequence[Strategy] | None = None) -> BacktestResult:
        """Run it, by default with its own script."""
        settings = config(
            data=DataSelection(underlyings=(self.underlying,)),
            execution=self.execution,
            exercise=ExerciseConfig(delivered_shares=self.delivered_shares),
            account=AccountConfig(initial_cash_usd=1e9),
            open_at_end=self.open_at_end,
        )
        players = strategies or [Opener(self)]
        return play(self.chains(), {}, run=settings, strategies=players, margin=NoMargin())

    def times(self, factor: int) -> RandomRun:
        """The same with so many times the packages."""
        return replace(
            self, opened=tuple(tuple((factor * packages, legs) for packages, legs in day) for day in self.opened)
        )


class Opener(Scripted):
    """Opens what its run says, and closes at random what is open; `side` -1 does the opposite of everything."""

    def __init__(self, run: RandomRun, name: str = "scripted", side: int = 1) -> None:
        super().__init__({}, name)
        self._run, self._side = run, side
        self._opened = iter(run.opened)
        self._random = np.random.default_rng(run.quote_seed)

    def _act(self, context: StrategyContext) -> None:
        for position in context.positions:
            closes = self._random.random() < self._run.closed
            if closes and not position.closing:
                context.close(position, tag="at_random")
        for packages, legs in next(self._opened):
            context.open([Leg(leg.instrument, self._side * leg.ratio) for leg in legs], quantity=packages)


def _quote(random: np.random.Generator, intrinsic: float, misquoted: float) -> Quote | None:
    bid = round(intrinsic + int(random.integers(1, 200)) / 100, 2)
    ask = round(bid + int(random.integers(0, 100)) / 100, 2)
    if random.random() >= misquoted:
        return Quote(bid, ask)
    wrong = (
        None,
        Quote(0.0, ask, flags=QuoteFlag.NO_BID),
        Quote(bid, 0.0, flags=QuoteFlag.NO_ASK),
        Quote(ask + 0.5, bid, flags=QuoteFlag.CROSSED),
        Quote(bid, ask, flags=QuoteFlag.STALE),
    )
    return wrong[random.integers(len(wrong))]


@st.composite
def asked(draw: st.DrawFn, kind: Kind) -> Asked:
    """A few packages of a structure, on strikes as far apart as it wants them."""
    table, listed = market(kind)
    structure = draw(st.sampled_from(OPTIONS_ONLY))
    ranks = _RANKS.get(structure.widths) or sorted(
        draw(st.sets(st.integers(0, 8), min_size=structure.strikes, max_size=structure.strikes))
    )
    first = draw(st.integers(0, len(listed) - structure.expirations))
    chosen = listed[first : first + structure.expirations]
    return draw(st.integers(1, 9)), build(structure.name, table, chosen, [STRIKES[rank] for rank in ranks])


@st.composite
def random_runs(draw: st.DrawFn, *, misquoted: bool = True) -> RandomRun:
    kind: Kind = draw(st.sampled_from(("index", "shares")))
    per_day = st.lists(asked(kind), max_size=2).map(tuple)
    return RandomRun(
        kind=kind,
        cents=tuple(draw(st.lists(st.integers(8_500, 11_500), min_size=len(DAYS), max_size=len(DAYS)))),
        quote_seed=draw(st.integers(0, 2**32 - 1)),
        misquoted=draw(st.sampled_from((0.0, 0.1, 0.4))) if misquoted else 0.0,
        opened=tuple(draw(st.lists(per_day, min_size=len(DAYS), max_size=len(DAYS)))),
        closed=draw(st.sampled_from((0.0, 0.2, 0.8))),
        execution=ExecutionConfig(
            fills=draw(st.sampled_from(FILLS)),
            fees=PerContractFeesConfig(fee_per_exercise_usd=draw(st.sampled_from((0.0, 5.0)))),
            net_rounding=draw(st.sampled_from(("against_trader", "none"))),
            worthless_long=draw(st.sampled_from(("keep", "give_up"))),
            fill_timing=draw(st.sampled_from(("next_snapshot", "same_snapshot"))),
        ),
        delivered_shares=draw(st.sampled_from(("liquidate", "keep"))),
        open_at_end=draw(st.sampled_from(("mark", "close_at_touch", "settle"))),
    )
