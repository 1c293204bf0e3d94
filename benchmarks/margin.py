"""Regulation T on a book of forty legs: sought from scratch, and priced again while the book stays as it is."""

from __future__ import annotations

from datetime import date, timedelta

from benchmarks.measure import Goal, medians, timed
from engine.margin import OptionLeg, reg_t_margin
from engine.margin.charges import Spot
from engine.margin.classes import class_terms
from engine.margin.legs import net_book
from engine.margin.regulation_t import reg_t_of, reg_t_plans
from engine.model import Right

SPREADS = 20
SNAPSHOTS_A_CHANGE = 78
"""Five-minute snapshots of a session in which the book changes once."""
PRICE = 5_000.0


def _book() -> list[OptionLeg]:
    """Put spreads of twenty expirations."""
    legs = []
    for number in range(SPREADS):
        expiry = date(2024, 1, 4) + timedelta(days=number)
        strike = 4_800.0 - 7 * (number * 5 % 13)
        legs.append(OptionLeg(Right.PUT, strike, -1, 20.0 + number, expiry))
        legs.append(OptionLeg(Right.PUT, strike - 50.0, 1, 15.0 + number, expiry))
    return legs


def measure() -> list[Goal]:
    """Milliseconds from scratch, and a snapshot on average over a session."""
    legs, spot = _book(), Spot(PRICE, class_terms("broad_index"))
    plans = reg_t_plans(net_book(legs), spot, None)
    seconds = medians(
        {
            "scratch": timed(lambda: reg_t_margin(legs, underlying_price=PRICE, underlying_class="broad_index"), 3),
            "again": timed(lambda: reg_t_of(net_book(legs), spot, plans, None), 20),
        }
    )
    snapshot = (seconds["scratch"] + (SNAPSHOTS_A_CHANGE - 1) * seconds["again"]) / SNAPSHOTS_A_CHANGE
    return [
        Goal("margin of 40 legs from scratch", seconds["scratch"] * 1e3, "ms", 2.0, at_least=False),
        Goal("margin of 40 legs a snapshot, amortised", snapshot * 1e3, "ms", 0.25, at_least=False),
    ]
