"""What choosing costs: four legs by delta, and a declarative strategy on chains that it enters on and does not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from benchmarks.idle_snapshot import DAY, index_chain
from benchmarks.measure import Goal, interleaved_medians
from engine.events import Event
from engine.market import Market
from engine.model import (
    AccountView,
    ChainSnapshot,
    ClosedPosition,
    NetLegs,
    Order,
    Position,
    PositionLeg,
    PositionValue,
    Session,
    SessionTable,
)
from engine.money import MICROS_PER_USD
from engine.strategies.declarative import SpecifiedStrategy
from engine.strategies.selectors import LegSelector, NoMatch, select_expirations
from engine.strategies.spec import (
    DeclarativeStrategy,
    DeltaTarget,
    EntryRules,
    ExitRules,
    ExpirationSpec,
    LegSpec,
    LiquidityFilter,
    SameStrikeRule,
    SignalCondition,
    Width,
)
from engine.strategy import StrategyContext
from engine.structures import Side

EXPIRATIONS, STRIKES = 25, 43
"""2,150 contracts."""
CALLS = 2_000
FRONT: Final = {"front": ExpirationSpec(target_dte=30, min_dte=20, max_dte=45, roots=("SPXW",))}


def _by_delta(name: str, side: Side, target: float) -> LegSpec:
    wanted = DeltaTarget(target=target, minimum=round(target - 0.04, 2), maximum=round(target + 0.04, 2))
    return LegSpec(
        name=name, side=side, right="put" if name.endswith("put") else "call", expiration="front", delta=wanted
    )


FOUR_LEGS: Final = (
    _by_delta("long_put", "buy", 0.13),
    _by_delta("short_put", "sell", 0.25),
    _by_delta("short_call", "sell", 0.25),
    _by_delta("long_call", "buy", 0.13),
)


def _wing(leg: LegSpec, of: str) -> LegSpec:
    return replace(leg, delta=None, width=Width(leg=of, points=50, tolerance=25))


FULL: Final = DeclarativeStrategy(
    name="full",
    structure="iron_condor",
    underlying="SPX",
    expirations=FRONT,
    legs=(_wing(FOUR_LEGS[0], "short_put"), *FOUR_LEGS[1:3], _wing(FOUR_LEGS[3], "short_call")),
    liquidity=LiquidityFilter(minimum_bid_usd=0.10, maximum_spread_percent=50),
    same_strike=SameStrikeRule(policy="skip"),
    entry=EntryRules(conditions=(SignalCondition(signal="iv_rank", above=0.3),), max_open_positions=2),
    exit=ExitRules(stop_loss_percent=200, profit_target_percent=50, dte=7),
)
"""Every kind of rule at once, and wings of a width."""


class _Run:
    """A market that stands still: positions that no rule closes, and orders that nobody carries out."""

    def __init__(self, snapshot: ChainSnapshot) -> None:
        self.orders = 0
        self.positions: tuple[Position, ...] = ()
        day = 24 * 3600 * 10**9
        table = SessionTable("one day", "America/New_York", (Session(DAY, snapshot.at - 1, snapshot.at + day // 4),))
        market = Market(table, {}, {"SPX": snapshot}, {"iv_rank": 0.5}, now=snapshot.at)
        self.context = StrategyContext("full", market, self, self, self._publish, _say_nothing, lambda _: None)

    def _publish(self, event: Event) -> None:
        self.orders += 1

    def view(self) -> AccountView:
        return AccountView(self.context.now, 0, 0, 0, self.positions)

    def positions_of(self, strategy: str) -> tuple[Position, ...]:
        return self.positions

    def closed_of(self, strategy: str) -> Sequence[ClosedPosition]:
        return ()

    def value_of(self, position: Position) -> PositionValue:
        return PositionValue(0, True)

    def book(self) -> NetLegs:
        return NetLegs()

    def next_order_id(self) -> int:
        return 1

    def pending_of(self, strategy: str) -> tuple[Order, ...]:
        return ()


def _say_nothing(stage: str, reason: str) -> None:
    """Whoever is declined in here is not counted."""


def _held(snapshot: ChainSnapshot, position_id: int) -> Position:
    """A short put of the last expiration, which no entry here would choose."""
    contract = snapshot.contracts.contract(len(snapshot.contracts) - STRIKES - 1)
    return Position(
        position_id, "full", "short_put", "entry", 0, 1, (PositionLeg(contract, -1, 0),), 1_000 * MICROS_PER_USD
    )


def _work() -> Mapping[str, Callable[[], object]]:
    snapshot = index_chain(EXPIRATIONS, STRIKES)
    selector = LegSelector(FOUR_LEGS)

    def choose() -> object:
        found = select_expirations(snapshot, DAY, FRONT)
        return found if isinstance(found, NoMatch) else selector.select(snapshot, found)

    entering, holding, idle = _Run(snapshot), _Run(snapshot), _Run(snapshot)
    entering.positions = (_held(snapshot, 1),)
    holding.positions = (_held(snapshot, 1), _held(snapshot, 2))
    strategy = SpecifiedStrategy(FULL)
    strategy.on_snapshot(entering.context, snapshot)
    strategy.on_snapshot(holding.context, snapshot)
    idle.context.market.signals["iv_rank"] = 0.1
    strategy.on_snapshot(idle.context, snapshot)
    if isinstance(choose(), NoMatch) or (entering.orders, holding.orders, idle.orders) != (1, 0, 0):
        raise RuntimeError("the legs were not found, or the strategy did not do what is measured")
    return {
        "legs": choose,
        "entry": lambda: strategy.on_snapshot(entering.context, snapshot),
        "holding": lambda: strategy.on_snapshot(holding.context, snapshot),
        "idle": lambda: strategy.on_snapshot(idle.context, snapshot),
    }


def measure() -> list[Goal]:
    """Microseconds per choice and per chain."""

    def often(piece: Callable[[], object]) -> Callable[[], object]:
        return lambda: [piece() for _ in range(CALLS)]

    seconds = interleaved_medians({name: often(piece) for name, piece in _work().items()})
    micros = {name: value / CALLS * 1e6 for name, value in seconds.items()}
    rows = (
        ("four legs by delta within DTE bounds on 2,150 contracts", "legs", 40),
        ("declarative strategy on a chain that it enters on", "entry", 100),
        ("declarative strategy on a chain without an entry, nothing open", "idle", 10),
        ("declarative strategy on a chain without an entry, two positions open", "holding", 10),
    )
    return [Goal(title, micros[name], "microseconds", goal, at_least=False) for title, name, goal in rows]
