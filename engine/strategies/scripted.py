"""The strategy that carries out a script: orders and their changes, instructions and cash movements at their times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import gcd
from typing import ClassVar
from zoneinfo import ZoneInfo

from engine.errors import ConfigurationError
from engine.events import OrderRequested
from engine.instants import Instant, instant
from engine.model import Instrument, Intent, Leg, OptionContract, Order, Position, SessionTable, TimeInForce
from engine.money import to_micros
from engine.strategies.script import (
    ScriptedCancel,
    ScriptedCash,
    ScriptedChange,
    ScriptedExercise,
    ScriptedLeg,
    ScriptedOrder,
    ScriptedStrategy,
    ScriptLine,
    in_order,
    label_fault,
)
from engine.strategy import Strategy, StrategyContext


class ScriptPlayer(Strategy):
    """Does what a script says when it says so; a line whose position is not there is declined and counted.

    Args:
        lines: of the specification and of its file.
    """

    Parameters: ClassVar[type] = ScriptedStrategy

    def __init__(self, name: str, lines: Sequence[ScriptLine]) -> None:
        super().__init__(name, None)
        self._lines = in_order(lines)
        self._due: dict[Instant, list[ScriptLine]] = {}
        self._labelled: dict[str, int] = {}
        self._orders: dict[str, int] = {}

    def wake_times(self, sessions: SessionTable) -> tuple[Instant, ...]:
        """Instants of the lines.

        Raises:
            ConfigurationError: for a line on a day without a session.
        """
        zone = ZoneInfo(sessions.timezone)
        self._due = {}
        for line in self._lines:
            if sessions.on(line.at.date()) is None:
                raise ConfigurationError(
                    f"strategy {self.name!r}: {described(line)}: the exchange has no session on that day"
                )
            self._due.setdefault(instant(line.at.replace(tzinfo=zone)), []).append(line)
        return tuple(self._due)

    def named_symbols(self) -> dict[str, str]:
        return {symbol: described(line) for line in reversed(self._lines) for symbol in _symbols(line)}

    def on_start(self, context: StrategyContext) -> None:
        """Make sure that every label is clear before the first order.

        Raises:
            ConfigurationError: naming the label that is not.
        """
        fault = label_fault(self._lines)
        if fault is not None:
            raise ConfigurationError(f"strategy {self.name!r}: {described(fault[0])}: {fault[1]}")

    def on_time(self, context: StrategyContext) -> None:
        for line in self._due[context.now]:
            if isinstance(line, ScriptedCash):
                context.move_cash(to_micros(line.amount_usd), line.reason)
            elif isinstance(line, ScriptedExercise):
                self._instruct(context, line)
            elif isinstance(line, ScriptedChange):
                self._change(context, line)
            else:
                self._order(context, line)

    # --- orders ----------------------------------------------------------------------------------------------------

    def _order(self, context: StrategyContext, line: ScriptedOrder) -> None:
        position = self._position_for(context, line)
        wanted = line.legs if line.effect is None else _held_of(line.legs, position)
        if not wanted:
            context.decline("script", "close: nothing held")
            return
        packages = gcd(*(leg.quantity for leg in wanted))
        legs = tuple(Leg(_instrument(context, leg), leg.quantity // packages) for leg in wanted)
        closes = position is not None and _reduces(wanted, position)
        order = Order(
            order_id=context.desk.next_order_id(),
            strategy=self.name,
            intent=Intent.CLOSE if closes else Intent.OPEN,
            legs=legs,
            quantity=packages,
            submitted_at=context.now,
            position_id=None if position is None else position.position_id,
            time_in_force=TimeInForce.GTD if line.good_until is not None else TimeInForce(line.time_in_force),
            tag=line.position or "script",
            terms=line.terms,
            good_until=line.good_until,
        )
        context.publish(OrderRequested(context.now, order))
        if position is None and line.position is not None:
            self._labelled[line.position] = order.order_id
        if line.label is not None:
            self._orders[line.label] = order.order_id

    def _change(self, context: StrategyContext, line: ScriptedChange) -> None:
        number = self._orders[line.order]
        order = next((one for one in context.pending if one.order_id == number), None)
        if order is None:
            context.decline("script", f"{_verb(line)}: the order is over")
        elif isinstance(line, ScriptedCancel):
            context.cancel(number, "script")
        else:
            self._orders[line.order] = context.replace(order, terms=line.terms, quantity=line.quantity)
            self._follow(context, order, self._orders[line.order])

    def _follow(self, context: StrategyContext, replaced: Order, replacement: int) -> None:
        """A position that no part of the replaced order has opened is the one that its replacement opens."""
        if replaced.position_id is None and all(one.position_id != replaced.order_id for one in context.positions):
            for label, number in self._labelled.items():
                if number == replaced.order_id:
                    self._labelled[label] = replacement

    def _position_for(self, context: StrategyContext, line: ScriptedOrder) -> Position | None:
        """The position that an order changes, None where it opens one."""
        if line.position is not None:
            known = self._labelled.get(line.position)
            return next((one for one in context.positions if one.position_id == known), None)
        return next((one for one in context.positions if _reduces(line.legs, one)), None)

    # --- instructions ----------------------------------------------------------------------------------------------

    def _instruct(self, context: StrategyContext, line: ScriptedExercise) -> None:
        contract = context.instrument(line.symbol)
        known = None if line.position is None else self._labelled.get(line.position)
        for position in context.positions:
            held = _held(position).get(contract.symbol, 0) if isinstance(contract, OptionContract) else 0
            if held > 0 and (line.position is None or position.position_id == known):
                _give(context, line, position, held)
                return
        context.decline("script", f"{line.instruction}: nothing held")


def described(line: ScriptLine) -> str:
    """A line in words, for messages."""
    named = f"{_verb(line)} {line.order}" if isinstance(line, ScriptedChange) else ", ".join(_symbols(line))
    return f"{line.at:%Y-%m-%d %H:%M} {named or 'cash'}"


def _verb(line: ScriptedChange) -> str:
    return "cancel" if isinstance(line, ScriptedCancel) else "replace"


def _give(context: StrategyContext, line: ScriptedExercise, position: Position, held: int) -> None:
    contract = context.instrument(line.symbol)
    if not isinstance(contract, OptionContract):
        raise ConfigurationError(f"{described(line)}: shares are not exercised")
    if line.instruction == "exercise":
        context.exercise(position, contract, min(line.quantity or held, held))
    else:
        context.waive_exercise(position, contract)


def _symbols(line: ScriptLine) -> tuple[str, ...]:
    if isinstance(line, ScriptedOrder):
        return tuple(leg.symbol for leg in line.legs)
    return (line.symbol,) if isinstance(line, ScriptedExercise) else ()


def _instrument(context: StrategyContext, leg: ScriptedLeg) -> Instrument:
    found = context.instrument(leg.symbol)
    if found is None:
        raise ConfigurationError(f"{leg.symbol} is not in the data of this run")
    return found


def _held(position: Position) -> dict[str, int]:
    return {leg.instrument.symbol: leg.quantity for leg in position.legs}


def _held_of(legs: Sequence[ScriptedLeg], position: Position | None) -> tuple[ScriptedLeg, ...]:
    """As much of each leg as a position holds the opposite of; nothing without a position."""
    held = {} if position is None else {_plain(symbol): quantity for symbol, quantity in _held(position).items()}
    sizes = [min(abs(leg.quantity), -_sign(leg.quantity) * held.get(_plain(leg.symbol), 0)) for leg in legs]
    return tuple(
        replace(leg, quantity=_sign(leg.quantity) * size) for leg, size in zip(legs, sizes, strict=True) if size > 0
    )


def _reduces(legs: Sequence[ScriptedLeg], position: Position) -> bool:
    """Whether a position holds the opposite of all legs."""
    held = {_plain(symbol): quantity for symbol, quantity in _held(position).items()}
    return all(
        leg.quantity * held.get(_plain(leg.symbol), 0) < 0 and abs(leg.quantity) <= abs(held[_plain(leg.symbol)])
        for leg in legs
    )


def _sign(quantity: int) -> int:
    return 1 if quantity > 0 else -1


def _plain(symbol: str) -> str:
    return symbol.replace(" ", "")
