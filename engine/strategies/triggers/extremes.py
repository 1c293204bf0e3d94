"""The most that the legs of a position can lose and earn at expiration, from here on and with what is realised."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from engine.margin.maximum_loss import maximum_loss
from engine.model import NetLeg, OptionContract, PositionLeg
from engine.money import Micros


@lru_cache(maxsize=256)
def most_lost(legs: tuple[PositionLeg, ...], realised: Micros) -> Micros | None:
    """Exact largest loss, at least 0; None where it has no bound, or a sold option outlives the first expiration.

    A bought option that outlives it is worth at least what it would pay at once, and counts as that.
    """
    first = min((one.series.settles_at for one in _contracts(legs)), default=0)
    together: list[NetLeg] = []
    for leg in legs:
        one = leg.instrument
        if isinstance(one, OptionContract) and one.series.settles_at > first:
            if leg.quantity < 0:
                return None
            one = replace(one, series=replace(one.series, settles_at=first))
        together.append(NetLeg(one, leg.quantity))
    return maximum_loss(together, realised - _cost(legs))


@lru_cache(maxsize=256)
def most_earned(legs: tuple[PositionLeg, ...], realised: Micros) -> Micros | None:
    """Exact largest profit, at least 0; None where it has no bound, or options expire at several instants.

    What the holder can earn is what the other side can lose.
    """
    if len({one.series.settles_at for one in _contracts(legs)}) > 1:
        return None
    other_side = [NetLeg(leg.instrument, -leg.quantity) for leg in legs]
    return maximum_loss(other_side, _cost(legs) - realised)


def _contracts(legs: tuple[PositionLeg, ...]) -> list[OptionContract]:
    return [leg.instrument for leg in legs if isinstance(leg.instrument, OptionContract)]


def _cost(legs: tuple[PositionLeg, ...]) -> Micros:
    return sum(leg.cost_basis for leg in legs)
