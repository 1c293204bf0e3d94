"""What the words for legs, strikes and expirations refuse, and what they say about it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from engine.strategies.spec import (
    DeltaTarget,
    ExactExpiration,
    Expiration,
    ExpirationSpec,
    LaterExpiration,
    LegSpec,
    PercentOtm,
    PremiumTarget,
    SharesSpec,
    StrikeOf,
    StrikeOffset,
    Width,
)
from engine.strategies.spec.selection import check_selection, expirations_needed, selection_order

FRONT = ExpirationSpec(target_dte=10, min_dte=5, max_dte=20)


def put_leg(name: str, **words: Any) -> LegSpec:
    said = words or {"delta": DeltaTarget(target=0.3)}
    return LegSpec(name=name, side="sell", right="put", **{"expiration": "front"} | said)


# --- one word per leg -----------------------------------------------------------------------------------------------


def test_a_leg_without_a_word_for_its_strike_is_refused_with_the_words_there_are() -> None:
    with pytest.raises(ValueError, match=r"leg 'low' does not say which strike; a leg has exactly one of delta, perc"):
        LegSpec(name="low", side="buy", right="put", expiration="front")


def test_a_leg_with_two_words_for_its_strike_is_refused_and_both_are_named() -> None:
    with pytest.raises(ValueError, match=r"leg 'low' says delta and width; a leg has exactly one of"):
        put_leg("low", delta=DeltaTarget(target=0.3), width=Width(leg="high", points=50))


@pytest.mark.parametrize(
    "word",
    [
        {"width": Width(leg="high", points=50)},
        {"strike_of": StrikeOf(leg="high")},
        {"offset": StrikeOffset(strikes=2)},
    ],
    ids=lambda word: next(iter(word)),
)
def test_beyond_needs_a_word_that_leaves_a_choice(word: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"leg 'low': `beyond` narrows a choice among strikes, and .* leaves none"):
        put_leg("low", beyond="high", **word)


# --- targets and bounds ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "message"),
    [
        (lambda: PercentOtm(target=5, minimum=6), "target 5 lies below minimum 6"),
        (lambda: PercentOtm(target=5, maximum=4), "target 5 lies above maximum 4"),
        (lambda: PremiumTarget(target=1, minimum=2, maximum=3), "target 1 must lie between minimum 2 and maximum 3"),
        (lambda: Width(leg="x", points=50, maximum=40), "target 50 lies above maximum 40"),
        (StrikeOffset, "an offset takes exactly one of `points`, `strikes`; it has none"),
        (lambda: StrikeOffset(points=1, strikes=1), "an offset takes .*; it has points and strikes"),
        (lambda: StrikeOffset(strikes=1, tolerance=5), "an offset in `strikes` is an exact count"),
        (lambda: Width(leg="x"), "a width takes exactly one of `points`, `percent`, `strikes`; it has none"),
        (lambda: Width(leg="x", strikes=1, minimum=5), "a width in `strikes` is an exact count"),
        (lambda: StrikeOf(leg="x", points=1, strikes=1), "takes `points` or `strikes`, not both"),
        (lambda: StrikeOf(leg="x", strikes=1, tolerance=5), "a count of listed strikes is exact"),
    ],
)
def test_a_word_that_contradicts_itself_is_refused(word: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        word()


def test_a_tolerance_bounds_beside_minimum_and_maximum() -> None:
    assert DeltaTarget(target=0.3, tolerance=0.1).bounds == (0.2, 0.4)
    assert DeltaTarget(target=0.3, minimum=0.25, tolerance=0.1).bounds == (0.25, 0.4)
    assert PercentOtm(target=5).bounds == (float("-inf"), float("inf"))
    assert Width(leg="x", percent=2, maximum=3, tolerance=0.5).bounds == (1.5, 2.5)


@pytest.mark.parametrize(
    ("later", "message"),
    [
        ({"min_days": 9, "max_days": 7}, "min_days 9 exceeds max_days 7"),
        ({"target_days": 3, "min_days": 5}, "target_days 3 must lie between min_days 5 and max_days any number"),
        ({"target_days": 9, "max_days": 7}, "target_days 9 must lie between min_days 1 and max_days 7"),
    ],
)
def test_days_behind_another_expiration_lie_in_order(later: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        LaterExpiration(after="front", **later)


# --- names ----------------------------------------------------------------------------------------------------------


def test_legs_may_name_legs_that_stand_behind_them() -> None:
    wing = put_leg("wing", width=Width(leg="body", points=50))
    far = put_leg("far", delta=DeltaTarget(target=0.05), beyond="wing")
    assert [leg.name for leg in selection_order([far, wing, put_leg("body")])] == ["body", "wing", "far"]


def test_an_order_of_legs_that_need_nobody_is_kept() -> None:
    assert [leg.name for leg in selection_order([put_leg("z"), put_leg("a"), put_leg("m")])] == ["z", "a", "m"]


def test_unknown_leg_names_the_nearest() -> None:
    wing = put_leg("wing", width=Width(leg="bodi", points=50))
    with pytest.raises(ValueError, match=r"leg 'wing': unknown leg 'bodi': did you mean 'body'\?"):
        check_selection([wing, put_leg("body")], {"front": FRONT})


def test_shares_are_no_leg_to_measure_a_strike_from() -> None:
    stock = SharesSpec(name="stock", instrument="shares", side="buy")
    with pytest.raises(ValueError, match=r"leg 'wing': unknown leg 'stock'.*valid: wing"):
        check_selection([stock, put_leg("wing", strike_of=StrikeOf(leg="stock"))], {"front": FRONT})


def test_legs_in_a_circle_are_refused_and_the_circle_is_named() -> None:
    one, two = (put_leg(name, width=Width(leg=other, points=5)) for name, other in (("one", "two"), ("two", "one")))
    with pytest.raises(ValueError, match=r"legs refer to each other in a circle: 'one' -> 'two' -> 'one'; one must"):
        selection_order([one, two])


def test_expirations_stand_behind_those_that_they_come_after_and_spare_ones_are_left_out() -> None:
    listed: dict[str, Expiration] = {
        "far": LaterExpiration(after="back", min_days=30),
        "back": LaterExpiration(after="front"),
        "spare": ExactExpiration(dte=900),
        "front": FRONT,
    }
    legs = [put_leg("a", delta=DeltaTarget(target=0.3), expiration="far")]
    assert list(expirations_needed(legs, listed)) == ["front", "back", "far"]
    assert list(expirations_needed([put_leg("a")], listed)) == ["front"]


def test_expirations_in_a_circle_or_after_nothing_are_refused() -> None:
    after = LaterExpiration(after="back")
    with pytest.raises(ValueError, match="expirations refer to each other in a circle: 'back' -> 'back'"):
        expirations_needed([], {"back": after})
    with pytest.raises(ValueError, match="expiration 'back': unknown expiration 'frnt': did you mean 'front'"):
        expirations_needed([], {"front": FRONT, "back": replace(after, after="frnt")})
