"""Payoff cases that the page's own arithmetic is held to: `python -m tests.engine.pricing.page_cases` writes them.

Each case is a position in the words of the service, and what the engine says of it.
"""

import json
from itertools import product
from typing import Any

from engine.pricing import greeks
from engine.pricing.payoff import PayoffLeg, PayoffProfile, analyse
from tests.reference import REPOSITORY

FILE = REPOSITORY / "app" / "lib" / "payoff.cases.json"
_MOVES = (0.0, 0.5, 0.8, 0.93, 0.99, 1.0, 1.02, 1.1, 1.35, 3.0)

Document = dict[str, Any]


def _option(kind: str, quantity: float, price: float, strike: float, **own: float) -> Document:
    return {"kind": kind, "quantity": quantity, "price": price, "strike": strike, **own}


def _position(legs: list[Document], spot: float, days: int, volatility: float, **market: float) -> Document:
    defaults = {"rate": 0.03, "dividend_yield": 0.015, "fees_usd": 0.0}
    return {"legs": legs, "spot": spot, "years": days / 365, "volatility": volatility, **defaults, **market}


_CONDOR = [
    _option("put", 2, 6.85, 2800.0, volatility=0.171),
    _option("put", -2, 14.2, 2860.0, volatility=0.152),
    _option("call", -2, 9.95, 2990.0, volatility=0.118),
    _option("call", 2, 3.1, 3030.0, volatility=0.109),
]
_DIAGONAL = [_option("call", -1, 2.4, 105.0), _option("call", 1, 6.1, 100.0, years=0.4, volatility=0.27)]
_DOUBLE_CALENDAR = [
    _option("put", -3, 1.15, 95.0, years=0.05),
    _option("put", 3, 2.35, 95.0, years=0.13),
    _option("call", -3, 1.05, 106.0, years=0.05),
    _option("call", 3, 2.2, 106.0, years=0.13),
]
_SHARES = {"kind": "stock", "quantity": 100, "price": 98.37}

POSITIONS: dict[str, Document] = {
    "iron condor with fees": _position(_CONDOR, 2926.17, 10, 0.14, fees_usd=5.2),
    "one day to expiry": _position(_CONDOR, 2926.17, 1, 0.14),
    "butterfly for nothing": _position(
        [_option("call", 1, 6.1, 95.1), _option("call", -2, 4.2, 100.1), _option("call", 1, 2.3, 105.1)], 100.0, 30, 0.2
    ),
    "covered call in the money": _position([_SHARES, _option("call", -1, 11.2, 90.0)], 100.0, 45, 0.31),
    "far strangle, high volatility": _position(
        [_option("put", -7, 0.02, 40.0), _option("call", -7, 0.03, 260.0)], 100.0, 400, 0.9, dividend_yield=0.06
    ),
    "negative rate, long put and cash": _position(
        [_option("put", 1, 3.3, 100.0), {"kind": "cash", "quantity": 250, "price": 1.0}], 100.0, 90, 0.18, rate=-0.005
    ),
    "no volatility": _position(
        [_option("call", 1, 2.0, 100.0), _option("call", -1, 0.5, 110.0)], 104.0, 60, 0.0, dividend_yield=0.0
    ),
    "small contract multiplier": _position([_option("put", -4, 3.25, 292.5, multiplier=10)], 290.0, 20, 0.22),
    "diagonal": _position(_DIAGONAL, 101.0, 30, 0.24, fees_usd=1.3),
    "double calendar": _position(_DOUBLE_CALENDAR, 100.0, 30, 0.21, dividend_yield=0.0),
    "short call against a longer one on a yield": _position(
        [_option("call", -1, 3.0, 100.0), _option("call", 1, 7.5, 100.0, years=1.0)],
        100.0,
        60,
        0.25,
        dividend_yield=0.05,
    ),
}


def cases() -> list[Document]:
    """Measure every position with the engine."""
    return [
        {"name": name, "position": position, "expected": _measured(position)} for name, position in POSITIONS.items()
    ]


def _measured(position: Document) -> Document:
    profile = _profile(position)
    end = profile.distribution.years
    points = list(product([move * position["spot"] for move in _MOVES], [0.0, 0.4 * end, end]))
    values = profile.value_at([spot for spot, _ in points], [years for _, years in points])
    return {
        "net_debit_usd": profile.net_debit,
        "breakevens": profile.breakevens,
        "flat_zero_intervals": profile.flat_zero_intervals,
        "max_profit_usd": profile.max_profit,
        "max_loss_usd": profile.max_loss,
        "profit_intervals": profile.profit_intervals,
        "probability_of_profit": profile.probability_of_profit,
        "probability_of_touch": profile.probability_of_touch,
        "expected_value_usd": profile.expected_value,
        "greeks": _greeks(profile),
        "values": [[spot, years, value] for (spot, years), value in zip(points, values.tolist(), strict=True)],
    }


def _profile(position: Document) -> PayoffProfile:
    names = ("rate", "dividend_yield", "volatility", "years", "spot")
    legs = [PayoffLeg(**leg) for leg in position["legs"]]
    return analyse(legs, fees=position["fees_usd"], **{name: position[name] for name in names})


def _greeks(profile: PayoffProfile) -> dict[str, float]:
    """Sum the legs' sensitivities at spot, now, in the units of the screen."""
    market, total = profile.market, [0.0] * 5
    total[0] = sum(leg.shares for leg in profile.legs if leg.kind == "stock")
    for leg in (leg for leg in profile.legs if leg.is_option):
        right, terms = 1 if leg.kind == "call" else -1, (market.rate, market.dividend_yield, market.sigma(leg))
        found = greeks(right, profile.distribution.spot, leg.strike or 0.0, market.expiry(leg), *terms)
        parts = (found.delta, found.gamma, found.theta, found.vega, found.rho)
        total = [sum_so_far + leg.shares * float(part) for sum_so_far, part in zip(total, parts, strict=True)]
    return {
        "delta_shares": total[0],
        "gamma_shares_per_point": total[1],
        "theta_usd_per_day": total[2] / 365,
        "vega_usd_per_point": total[3] / 100,
        "rho_usd_per_percent": total[4] / 100,
    }


def main() -> None:
    """Write the file."""
    FILE.write_text(json.dumps({"cases": cases()}, indent=1) + "\n")


if __name__ == "__main__":
    main()
