"""Forwards from put-call parity, with good, wide and absurd quotes."""

import numpy as np
import pytest

from engine.errors import EngineError
from engine.pricing import price
from engine.pricing.forwards import ParityQuotes, implied_yield, parity_forward

STRIKES = np.arange(80.0, 121.0, 2.5)
FORWARD = 100.0 * np.exp((0.04 - 0.015) * 0.25)


def quotes(noise: float = 0.0, spread: float = 0.04) -> ParityQuotes:
    draws = np.random.default_rng(7)
    call = price(1, 100.0, STRIKES, 0.25, 0.04, 0.015, 0.22) + noise * draws.standard_normal(STRIKES.size)
    put = price(-1, 100.0, STRIKES, 0.25, 0.04, 0.015, 0.22) + noise * draws.standard_normal(STRIKES.size)
    half = 0.5 * spread
    return ParityQuotes(STRIKES, call - half, call + half, put - half, put + half)


def test_exact_quotes_give_the_forward() -> None:
    found = parity_forward(quotes(), years=0.25, rate=0.04, fallback=1.0)
    assert found.forward == pytest.approx(FORWARD, abs=1e-10)
    assert found.source == "parity"
    assert found.rejected == 0


def test_the_error_is_within_a_few_standard_errors() -> None:
    found = parity_forward(quotes(noise=0.03), years=0.25, rate=0.04, fallback=1.0)
    assert abs(found.forward - FORWARD) <= 4.0 * found.standard_error
    assert 0.0 < found.standard_error < 0.05


def test_bad_quotes_are_left_out() -> None:
    spoiled = ParityQuotes(*(np.array(column, dtype=float) for column in quotes()))
    call_bid, call_ask, put_bid = (
        np.asarray(column) for column in (spoiled.call_bid, spoiled.call_ask, spoiled.put_bid)
    )
    call_bid[3] += 8.0
    call_ask[3] += 8.0
    put_bid[5] = 0.0
    call_ask[7] = call_bid[7] - 0.5
    call_bid[9] = np.nan
    found = parity_forward(spoiled, years=0.25, rate=0.04, fallback=1.0)
    assert found.forward == pytest.approx(FORWARD, abs=1e-9)
    assert found.rejected == 1
    assert found.pairs == STRIKES.size - 4


def test_without_pairs_the_curve_answers() -> None:
    nothing = ParityQuotes(STRIKES, 0.0, 1.0, 0.0, 1.0)
    found = parity_forward(nothing, years=0.25, rate=0.04, fallback=FORWARD)
    assert found.forward == FORWARD
    assert found.source == "curve"
    assert np.isnan(found.standard_error)


def test_the_yield_carries_spot_to_the_forward() -> None:
    assert implied_yield(FORWARD, spot=100.0, years=0.25, rate=0.04) == pytest.approx(0.015)


def test_columns_of_different_lengths_are_refused() -> None:
    with pytest.raises(EngineError, match="shape"):
        parity_forward(ParityQuotes(STRIKES, [1.0, 2.0], 1.0, 1.0, 1.0), years=0.25, rate=0.04, fallback=1.0)
