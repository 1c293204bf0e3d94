"""Words for legs and expirations at the edge: where a mistake is, what was expected, what was probably meant."""

from __future__ import annotations

import pytest

from engine.strategies.spec import DeclarativeStrategy, ExactExpiration, LaterExpiration, SharesSpec, Width
from schemas.errors import InvalidConfiguration
from schemas.strategy import parse_strategy

COVERED = """\
name: covered
structure: custom
underlying: XFUND
expirations:
  front: {dte: 7, cycle: weekly}
  back: {after: front, min_days: 20}
legs:
  - {name: stock, instrument: shares, side: buy}
  - {name: short, side: sell, right: call, expiration: front, delta: {target: 0.30, tolerance: 0.05}}
  - {name: long, side: buy, right: call, expiration: back, width: {leg: short, points: 5}}
liquidity: {minimum_bid_usd: 0.05, maximum_spread_percent: 20}
same_strike: {policy: move, within: account}
"""


def test_every_shape_is_told_apart_by_its_keys() -> None:
    spec = parse_strategy(COVERED)
    assert isinstance(spec, DeclarativeStrategy)
    assert spec.expirations == {
        "front": ExactExpiration(dte=7, cycle="weekly"),
        "back": LaterExpiration(after="front", min_days=20),
    }
    assert spec.legs[0] == SharesSpec(name="stock", instrument="shares", side="buy")
    assert getattr(spec.legs[2], "width", None) == Width(leg="short", points=5)
    assert (spec.liquidity.maximum_spread_percent, spec.same_strike.policy) == (20, "move")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("width: {leg: short", "width: {leg: shrt", "legs[2].width.leg: leg 'long': unknown leg 'shrt': did you mean"),
        ("points: 5", "point: 5", "legs[2].width.point: unknown key; did you mean 'points'?"),
        ("points: 5", "points: -5", "legs[2].width.points: expected a value greater than 0, got -5"),
        ("points: 5", "points: 5, maximum: 4", "legs[2].width: target 5.0 lies above maximum 4.0"),
        ("points: 5", "points: 5, strikes: 1", "legs[2].width: a width takes exactly one of `points`, `percent`, `str"),
        (
            "tolerance: 0.05}",
            "tolerance: 0.05}, beyond: lng",
            "legs[1].beyond: leg 'short': unknown leg 'lng': did you",
        ),
        ("tolerance: 0.05}", "tolerance: 0.05}, beyond: long", "covered.yaml:1: legs refer to each other in a circle"),
        ("delta: {target", "delto: {target", "legs[1].delto: unknown key; did you mean 'delta'?"),
        (
            ", width: {leg: short, points: 5}",
            "",
            "legs[2]: leg 'long' does not say which strike; a leg has exactly one",
        ),
        ("width:", "premium: {target: 1}, width:", "legs[2]: leg 'long' says premium and width; a leg has exactly one"),
        ("side: buy}", "side: buy, delta: {target: 0.3}}", "legs[0].delta: unknown key"),
        (
            "instrument: shares",
            "instrument: share",
            "legs[0].instrument: unknown value 'share'; did you mean 'shares'?",
        ),
        (
            "after: front",
            "after: frnt",
            "expirations.back.after: expiration 'back': unknown expiration 'frnt': did you",
        ),
        ("cycle: weekly", "cycle: weakly", "expirations.front.cycle: unknown value 'weakly'; did you mean 'weekly'?"),
        ("dte: 7", "dte: -7", "expirations.front.dte: expected a value greater than or equal to 0, got -7"),
        ("minimum_bid_usd", "minimum_bid", "liquidity.minimum_bid: unknown key; did you mean 'minimum_bid_usd'?"),
        ("policy: move", "policy: mov", "same_strike.policy: unknown value 'mov'; did you mean 'move'?"),
    ],
)
def test_a_mistake_is_named_where_it_stands(old: str, new: str, message: str) -> None:
    assert old in COVERED
    with pytest.raises(InvalidConfiguration) as caught:
        parse_strategy(COVERED.replace(old, new, 1), "covered.yaml")
    assert message in str(caught.value)
