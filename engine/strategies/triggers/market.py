"""Predicates on the market: the delta of a leg, the price of the underlying, signals."""

from __future__ import annotations

from math import isnan
from typing import Final

from engine.model import UNTRUSTED, ChainSnapshot, OptionContract, QuoteFlag
from engine.money import to_micros
from engine.strategies.entries import Known, compiled
from engine.strategies.event_dates import EventDates
from engine.strategies.spec.triggers import DeltaBreach, PriceBreach, SignalTrigger
from engine.strategies.triggers.holding import Holding
from engine.strategies.triggers.money import Predicate

_NO_MARK: Final = int(UNTRUSTED | QuoteFlag.NO_ASK)
"""Flags of a quote whose delta nobody trusts: those without which a mark is trusted."""


def delta_breach(trigger: DeltaBreach) -> Predicate:
    """Whether the absolute delta of a leg has come to a bound, on a quote that can be trusted (T17)."""
    above, below = trigger.above, trigger.below

    def holds(holding: Holding) -> bool:
        contract = holding.named.get(trigger.leg)
        delta = absolute_delta(holding.moment.snapshot, contract) if isinstance(contract, OptionContract) else None
        if delta is None:
            return False
        return (above is not None and delta >= above) or (below is not None and delta <= below)

    return holds


def absolute_delta(snapshot: ChainSnapshot, contract: OptionContract) -> float | None:
    """Delta of a contract without its sign; None without a quote that can be trusted, or where it has none."""
    row = snapshot.row(contract.contract_id)
    if row is None or int(snapshot.flags[row]) & _NO_MARK:
        return None
    delta = abs(float(snapshot.delta[row]))
    return None if isnan(delta) else delta


def price_breach(trigger: PriceBreach) -> Predicate:
    """Whether the underlying stands at the strike of a leg, beyond it, or near it."""
    usd, percent = trigger.within_usd or 0.0, trigger.within_percent or 0.0

    def holds(holding: Holding) -> bool:
        contract = holding.named.get(trigger.leg)
        price = holding.moment.snapshot.underlying_price
        if not isinstance(contract, OptionContract) or isnan(price):
            return False
        into_money = contract.right * (to_micros(price) - to_micros(contract.strike))
        return into_money >= -to_micros(usd + contract.strike * percent / 100)

    return holds


def signal(trigger: SignalTrigger, events: EventDates) -> Predicate:
    """Whether all conditions hold, on what is known now and was on the chain before.

    Raises:
        ConfigurationError: for an event that the calendar does not name.
    """
    checks = [compiled(one, events) for one in trigger.conditions]

    def holds(holding: Holding) -> bool:
        moment = holding.moment
        context = moment.context
        known = Known(context.signal, moment.previous.value_of, moment.today, context.market.sessions)
        return all(check(known) is None for check in checks)

    return holds
