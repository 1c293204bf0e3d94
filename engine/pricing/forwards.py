"""The forward of an expiration from put-call parity.

For European options C - P = exp(-r T) (F - K) at every strike, so each pair of quotes votes for a forward. The quotes'
spreads say how much a vote is worth, and votes that no spread explains are left out.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from engine.pricing.elementwise import exp, log
from engine.pricing.errors import PricingInputError
from engine.pricing.types import FloatArray, Numbers

_REJECT = 3.5
_SWEEPS = 20
_MAD_TO_DEVIATION = 1.4826
# Spreads of nothing (a locked market, closing prices) still leave the resolution of a tick.
_FINEST_RELATIVE = 1e-6


class ParityQuotes(NamedTuple):
    """Quotes of calls and puts at the same strikes, per share; unusable ones may be NaN, zero, crossed or stale."""

    strike: Numbers
    call_bid: Numbers
    call_ask: Numbers
    put_bid: Numbers
    put_ask: Numbers


@dataclass(frozen=True, slots=True)
class ForwardEstimate:
    """A forward, its standard error (NaN from a curve), how many pairs it rests on and how many were left out."""

    forward: float
    standard_error: float
    pairs: int
    rejected: int
    source: Literal["parity", "curve"]


def parity_forward(
    quotes: ParityQuotes, *, years: float, rate: float, fallback: float, least_pairs: int = 2
) -> ForwardEstimate:
    """Estimate the forward price of the underlying for one expiration.

    years to expiry and the continuously compounded rate discount the strikes; fallback is the forward of the curve,
    returned (source "curve") when fewer than least_pairs pairs have a bid and an ask on both sides or agree. The
    estimate is the mean of the votes weighted by their inverse square spreads, with votes beyond 3.5 deviations left
    out (an iterated one-step M-estimate from the weighted median); its standard error is the larger of what spreads and
    what scatter imply. American quotes carry early-exercise premiums that parity does not know: use strikes near the
    money, or imply European prices first. Raises `PricingInputError` for shapes that do not fit.
    """
    strikes, votes, widths = _votes(quotes, years, rate)
    if votes.size < max(least_pairs, 1):
        return ForwardEstimate(fallback, np.nan, 0, 0, "curve")
    weights = 1.0 / widths**2
    centre = _weighted_median(votes, weights)
    kept: npt.NDArray[np.bool_] = np.ones(votes.size, dtype=bool)
    for _ in range(_SWEEPS):
        scatter = _MAD_TO_DEVIATION * _weighted_median(np.abs(votes - centre), weights)
        now = np.abs(votes - centre) <= _REJECT * np.maximum(widths, scatter)
        if not now.any():
            break
        centre = float(np.average(votes[now], weights=weights[now]))
        if np.array_equal(now, kept):
            break
        kept = now
    used = int(kept.sum())
    if used < least_pairs:
        return ForwardEstimate(fallback, np.nan, 0, votes.size, "curve")
    share = weights[kept] / weights[kept].sum()
    from_spreads = float(np.sqrt(np.sum((share * widths[kept]) ** 2)))
    from_scatter = float(np.sqrt(np.sum((share * (votes[kept] - centre)) ** 2)))
    return ForwardEstimate(centre, max(from_spreads, from_scatter), used, strikes.size - used, "parity")


def implied_yield(forward: float, *, spot: float, years: float, rate: float) -> float:
    """Return the continuously compounded dividend yield that carries spot to the forward; 0 at expiry."""
    if not (forward > 0.0 and spot > 0.0):
        raise PricingInputError("forward and spot must be positive")
    return rate - float(log(forward / spot)) / years if years > 0.0 else 0.0


def _votes(quotes: ParityQuotes, years: float, rate: float) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return strikes, forwards and half-widths of the usable pairs."""
    try:
        columns = np.broadcast_arrays(*(np.asarray(column, dtype=np.float64) for column in quotes))
    except (TypeError, ValueError) as error:
        raise PricingInputError(f"quotes must be numbers of one shape: {error}") from error
    strike, call_bid, call_ask, put_bid, put_ask = (column.reshape(-1) for column in columns)
    with np.errstate(invalid="ignore"):
        usable = np.isfinite(strike) & (call_bid > 0.0) & (put_bid > 0.0)
        usable &= (call_ask >= call_bid) & (put_ask >= put_bid) & np.isfinite(call_ask + put_ask)
    strike, call_bid, call_ask = strike[usable], call_bid[usable], call_ask[usable]
    put_bid, put_ask = put_bid[usable], put_ask[usable]
    growth = exp(rate * years)
    votes = strike + 0.5 * growth * ((call_bid + call_ask) - (put_bid + put_ask))
    widths = 0.5 * growth * ((call_ask - call_bid) + (put_ask - put_bid))
    return strike, votes, np.maximum(widths, _FINEST_RELATIVE * strike)


def _weighted_median(values: FloatArray, weights: FloatArray) -> float:
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(reached, 0.5 * reached[-1])])
