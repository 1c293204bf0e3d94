"""Delta hedging: brings the net delta of a position, or of all positions of a strategy, near a target.

`Hedger` is what a `DeltaHedge` says; its parts are here for strategies that decide by themselves when to hedge.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, time
from math import gcd, isfinite
from typing import Final

from engine.instants import NANOS_PER_SECOND, Instant
from engine.model import ChainSnapshot, Instrument, Leg, OptionContract, Position, SessionTable, Stock
from engine.strategies.adjustments.scene import Words
from engine.strategies.hedge_positions import HEDGE_TAG, is_hedge
from engine.strategies.selectors import NoMatch, select_expirations, select_legs
from engine.strategies.spec.hedging import DeltaHedge, HedgeBand, HedgeSchedule, OptionHedge, ShareHedge
from engine.strategies.spec.selection import LegSpec, expirations_named
from engine.strategy import StrategyContext
from engine.structures import recognise, signed

STAGE: Final = "hedge"
_NANOS_PER_MINUTE: Final = 60 * NANOS_PER_SECOND

# --- what is held -----------------------------------------------------------------------------------------------


def net_delta(positions: Iterable[Position], snapshot: ChainSnapshot) -> float | NoMatch:
    """Delta in shares of everything that positions hold on the chain's underlying.

    Returns:
        The delta by the chain; or `NoMatch` with `no_delta:<symbol>`, where the chain has none for a contract.
    """
    total = 0.0
    for leg in (leg for position in positions for leg in position.legs):
        if leg.instrument.underlying != snapshot.underlying:
            continue
        one = delta_of(leg.instrument, snapshot)
        if one is None:
            return NoMatch(STAGE, f"no_delta:{leg.instrument.symbol}")
        total += leg.quantity * one
    return total


def delta_of(instrument: Instrument, snapshot: ChainSnapshot) -> float | None:
    """Delta of one contract or share in shares, or None where the chain has none."""
    if not isinstance(instrument, OptionContract):
        return 1.0
    row = snapshot.row(instrument.contract_id)
    delta = None if row is None else float(snapshot.delta[row])
    return None if delta is None or not isfinite(delta) else delta * instrument.multiplier


def shares_to_trade(delta: float, target: float = 0.0, round_to: int = 1) -> int:
    """Shares, negative to sell, that bring a delta as near to a target as multiples of `round_to` allow."""
    return round((target - delta) / round_to) * round_to


# --- when -------------------------------------------------------------------------------------------------------


def is_scheduled(
    schedule: HedgeSchedule, last: Instant | None, opened: Instant, now: Instant, on: SessionTable
) -> bool:
    """Whether a hedge on a schedule is due.

    Args:
        last: when it was due before; None: never.
        opened: when the first of what is hedged was opened.
    """
    if schedule.times is not None:
        since = on.exchange_time(opened if last is None else last)
        return any(since < moment for moment in _passed(schedule.times, on.exchange_time(now)))
    if last is None:
        return True
    if schedule.every_minutes is not None:
        return now - last >= schedule.every_minutes * _NANOS_PER_MINUTE
    return len(on.between(on.date_of(last), on.date_of(now))) > (schedule.every_sessions or 1)


def _passed(times: Iterable[time], now: datetime) -> Iterable[datetime]:
    moments = (datetime.combine(now.date(), one, now.tzinfo) for one in times)
    return (moment for moment in moments if moment <= now)


# --- at work ----------------------------------------------------------------------------------------------------


class Hedger:
    """Carries out a `DeltaHedge`: looks at every chain, and trades when it is due.

    Args:
        words: the strategy's own, for the expirations of options that hedge.
    """

    def __init__(self, hedge: DeltaHedge, words: Words) -> None:
        self._hedge = hedge
        self._words = words
        self._last: dict[int, Instant] = {}
        self._options: dict[int, set[Instrument]] = {}
        """Contracts that hedge a position from inside it."""

    def act(self, context: StrategyContext, snapshot: ChainSnapshot, leaving: Collection[int] = ()) -> None:
        """Request what is due now.

        Args:
            leaving: positions that an exit closes on this chain, or an adjustment changes.
        """
        positions = context.positions
        if not positions:
            return
        busy = {order.target_position for order in context.pending}.union(leaving)
        if self._hedge.scope == "strategy":
            self._hedge_all(context, snapshot, busy)
            return
        for position in positions:
            if position.position_id not in busy and not position.closing:
                self._bring_back(context, snapshot, (position,), position)

    # --- inside ----------------------------------------------------------------------------------------------------

    def _hedge_all(self, context: StrategyContext, snapshot: ChainSnapshot, busy: Collection[int]) -> None:
        """All positions together, by one that hedges; it closes after the last of the others."""
        positions = context.positions
        hedge = next((position for position in positions if is_hedge(position)), None)
        if any(order.tag == HEDGE_TAG for order in context.pending):
            return
        if hedge is None or len(positions) > 1:
            self._bring_back(context, snapshot, positions, hedge)
        elif hedge.position_id not in busy:
            context.close(hedge, tag=HEDGE_TAG)

    def _bring_back(
        self, context: StrategyContext, snapshot: ChainSnapshot, hedged: tuple[Position, ...], into: Position | None
    ) -> None:
        """Trade inside a position, or open one that hedges."""
        key = 0 if self._hedge.scope == "strategy" else hedged[0].position_id
        if not self._is_due(context, key, min(position.opened_at for position in hedged)):
            return
        delta = net_delta(hedged, snapshot)
        legs = delta if isinstance(delta, NoMatch) else self._legs(context, snapshot, delta, into)
        if isinstance(legs, NoMatch):
            context.decline(STAGE, legs.reason)
            return
        self._last[key] = context.now
        if not legs:
            return
        context.passed(STAGE)
        if into is not None:
            self._options.setdefault(into.position_id, set()).update(leg.instrument for leg in legs)
            context.adjust(into, legs, tag=HEDGE_TAG)
            return
        packages = gcd(*(leg.ratio for leg in legs))
        package = [Leg(leg.instrument, leg.ratio // packages) for leg in legs]
        context.open(package, structure=recognise(package), quantity=packages, tag=HEDGE_TAG)

    def _is_due(self, context: StrategyContext, key: int, opened: Instant) -> bool:
        when = self._hedge.when
        if isinstance(when, HedgeBand):
            return True
        return is_scheduled(when, self._last.get(key), opened, context.now, context.market.sessions)

    def _legs(
        self, context: StrategyContext, snapshot: ChainSnapshot, delta: float, into: Position | None
    ) -> tuple[Leg, ...] | NoMatch:
        """What brings a delta back to the target; nothing while it is within its band, or nearer than one unit."""
        hedge = self._hedge
        missing = hedge.target_delta_shares - delta
        if isinstance(hedge.when, HedgeBand) and abs(missing) <= hedge.when.delta_shares:
            return ()
        if isinstance(hedge.using, ShareHedge):
            shares = shares_to_trade(delta, hedge.target_delta_shares, hedge.using.round_to)
            return (Leg(Stock(snapshot.underlying), shares),) if shares else ()
        undone = self._undone(snapshot, missing, into)
        return (undone,) if undone is not None else self._opened(context, snapshot, missing, hedge.using, into)

    def _undone(self, snapshot: ChainSnapshot, missing: float, into: Position | None) -> Leg | None:
        """Options of an earlier hedge that lead away from the target, as many as are to be closed."""
        for leg in () if into is None else into.legs:
            one = delta_of(leg.instrument, snapshot)
            if one and self._hedges(leg.instrument, into) and leg.quantity * one * missing < 0.0:
                contracts = min(abs(leg.quantity), round(abs(missing / one)))
                if contracts:
                    return Leg(leg.instrument, -contracts if leg.quantity > 0 else contracts)
        return None

    def _hedges(self, instrument: Instrument, into: Position | None) -> bool:
        return into is not None and (is_hedge(into) or instrument in self._options.get(into.position_id, ()))

    def _opened(
        self,
        context: StrategyContext,
        snapshot: ChainSnapshot,
        missing: float,
        using: OptionHedge,
        into: Position | None,
    ) -> tuple[Leg, ...] | NoMatch:
        """Options of the first leg that leads to the target."""
        spec = next((leg for leg in using.legs if _direction(leg) * missing > 0.0), None)
        if spec is None:
            return NoMatch(STAGE, "no_leg_leads_back")
        wanted = expirations_named([spec.expiration], self._words.expirations)
        chosen = select_expirations(snapshot, context.today, wanted, context.market.sessions)
        legs = chosen if isinstance(chosen, NoMatch) else select_legs(snapshot, chosen, [spec], self._words.liquidity)
        if isinstance(legs, NoMatch):
            return legs
        contract = legs[0].instrument
        held = () if into is None or self._hedges(contract, into) else into.legs
        if any(leg.instrument == contract for leg in held):
            return NoMatch(STAGE, f"held_already:{contract.symbol}")
        one = delta_of(contract, snapshot)
        if not one:
            return NoMatch(STAGE, f"no_delta:{contract.symbol}")
        contracts = round(abs(missing / one))
        return (Leg(contract, signed(spec.side, contracts)),) if contracts else ()


def _direction(leg: LegSpec) -> int:
    return (1 if leg.side == "buy" else -1) * (1 if leg.right == "call" else -1)
