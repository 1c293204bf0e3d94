"""Predicates on what a position has won or lost; none holds on marks that cannot be trusted (T17)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from engine.money import to_micros
from engine.strategies.spec.triggers import BreakEvenStop, ProfitTarget, StopLoss, TrailingStop
from engine.strategies.triggers.holding import Holding

Predicate: TypeAlias = Callable[[Holding], bool]

_Level: TypeAlias = Callable[[Holding], float | None]
"""A hundred times a sum of money, so that percentages compare exactly; None: there is none, and nothing reaches it."""


def profit_target(trigger: ProfitTarget) -> Predicate:
    """Whether the profit has reached its level, or the closing price has come down to its own."""
    if trigger.net_price_usd is not None:
        price = to_micros(trigger.net_price_usd)
        return _judged(trigger.legs, lambda part: part.closing_cost <= price * part.shares)
    level = _level(trigger.percent_of_premium, trigger.percent_of_maximum_profit, trigger.usd, _most_earned)
    return _judged(trigger.legs, lambda part: _reached(part.value.profit, level(part)))


def stop_loss(trigger: StopLoss) -> Predicate:
    """Whether the loss has reached its level, or the closing price has risen to its own."""
    if trigger.net_price_usd is not None:
        price = to_micros(trigger.net_price_usd)
        return _judged(trigger.legs, lambda part: part.closing_cost >= price * part.shares)
    level = _level(trigger.percent_of_premium, trigger.percent_of_maximum_loss, trigger.usd, _most_lost)
    return _judged(trigger.legs, lambda part: _reached(-part.value.profit, level(part)))


def trailing_stop(trigger: TrailingStop) -> Predicate:
    """Whether the profit was once at the arming level, and has since fallen by the other one from its highest."""
    arm = _arming(trigger)
    of_peak = trigger.give_back_percent_of_peak
    give_back = _level(trigger.give_back_percent_of_premium, None, trigger.give_back_usd, _nothing)

    def holds(part: Holding) -> bool:
        peak = part.peak_profit
        if peak is None or not _reached(peak, arm(part)):
            return False
        return _reached(peak - part.value.profit, of_peak * peak if of_peak is not None else give_back(part))

    return _judged(trigger.legs, holds)


def break_even_stop(trigger: BreakEvenStop) -> Predicate:
    """Whether the profit was once at the arming level, and nothing is left of it."""
    arm = _arming(trigger)

    def holds(part: Holding) -> bool:
        peak = part.peak_profit
        return peak is not None and part.value.profit <= 0 and _reached(peak, arm(part))

    return _judged(trigger.legs, holds)


def _judged(legs: tuple[str, ...], holds: Predicate) -> Predicate:
    """On the named legs alone, where something of them is held and every mark can be trusted."""
    if not legs:
        return lambda holding: holding.value.trusted and holds(holding)

    def predicate(holding: Holding) -> bool:
        part = holding.of(legs)
        return part is not None and part.value.trusted and holds(part)

    return predicate


def _reached(money: int, level: float | None) -> bool:
    return level is not None and money * 100 >= level


def _arming(trigger: TrailingStop | BreakEvenStop) -> _Level:
    of_premium, of_profit = trigger.arm_percent_of_premium, trigger.arm_percent_of_maximum_profit
    return _level(of_premium, of_profit, trigger.arm_usd, _most_earned)


def _level(of_premium: float | None, of_extreme: float | None, usd: float | None, extreme: _Level) -> _Level:
    """The level that is said; without a premium, or an extreme, a percentage of it means nothing."""
    if of_premium is not None:
        return lambda part: of_premium * part.premium or None
    if of_extreme is not None:
        return lambda part: of_extreme * (extreme(part) or 0) or None
    hundredfold = None if usd is None else 100 * to_micros(usd)
    return lambda part: hundredfold


def _most_earned(part: Holding) -> float | None:
    return part.maximum_profit


def _most_lost(part: Holding) -> float | None:
    return part.maximum_loss


def _nothing(part: Holding) -> float | None:
    return None
