"""Where legs are rolled to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import isfinite, nan
from typing import Literal, TypeAlias

from engine.model import BLOCKS_BUY, BLOCKS_SELL, OptionContract
from engine.strategies.adjustments.scene import Scene
from engine.strategies.selectors import NoMatch
from engine.strategies.spec.selection import LegSpec
from engine.strategies.spec.strikes import DeltaTarget

Strikes: TypeAlias = Literal["specified", "same_strike", "same_delta"]


def roll_targets(
    scene: Scene, names: Sequence[str], series: int | None, strikes: Strikes
) -> dict[str, OptionContract] | NoMatch:
    """The contract that each held leg is rolled to.

    Args:
        names: of options that are held.
        series: position of the new series; None: each stays in its own.
        strikes: as `Roll.strikes`.

    Returns:
        Contracts by name; or `NoMatch` of stage `legs`, the name of the leg in front: what the selectors say, or
        `strike_not_listed`, `no_bid_to_sell_at`, `no_ask_to_buy_at`, `no_delta`, `no_words` (a leg that is held under a
        name that the strategy's own legs do not have).
    """
    where = {name: scene.series_of(contract) if series is None else series for name, contract in _held(scene, names)}
    if strikes == "same_strike":
        return _same_strikes(scene, where)
    words: list[LegSpec] = []
    for name, contract in _held(scene, names):
        said = scene.words.legs.get(name) if strikes == "specified" else _by_present_delta(scene, name, contract)
        if said is None:
            return NoMatch("legs", f"{name}:{'no_words' if strikes == 'specified' else 'no_delta'}")
        words.append(replace(said, expiration=name))
    legs = scene.select(words, where)
    if isinstance(legs, NoMatch):
        return legs
    chosen = zip(words, (leg.instrument for leg in legs), strict=True)
    return {said.name: contract for said, contract in chosen if isinstance(contract, OptionContract)}


def _held(scene: Scene, names: Sequence[str]) -> list[tuple[str, OptionContract]]:
    return [(name, contract) for name in names if (contract := scene.option(name)) is not None]


def _same_strikes(scene: Scene, where: dict[str, int]) -> dict[str, OptionContract] | NoMatch:
    found: dict[str, OptionContract] = {}
    for name, held in _held(scene, list(where)):
        target = _same_strike(scene, name, held, where[name])
        if isinstance(target, str):
            return NoMatch("legs", f"{name}:{target}")
        found[name] = target
    return found


def _same_strike(scene: Scene, name: str, held: OptionContract, series: int) -> OptionContract | str:
    """The contract of the same right and strike, or why there is none to trade."""
    snapshot = scene.snapshot
    rows = snapshot.rows_of_series(series, held.right)
    at = rows.start + int(snapshot.strike[rows].searchsorted(held.strike))
    if at >= rows.stop or snapshot.strike[at] != held.strike:
        return "strike_not_listed"
    buys, flags = scene.held(name) > 0, snapshot.flag(at)
    if flags & (BLOCKS_BUY if buys else BLOCKS_SELL):
        return "no_ask_to_buy_at" if buys else "no_bid_to_sell_at"
    return snapshot.contracts.contract(int(snapshot.contract_id[at]))


def _by_present_delta(scene: Scene, name: str, held: OptionContract) -> LegSpec | None:
    """Words for the delta that a held contract has now, where that is one to aim at."""
    row = scene.snapshot.row(held.contract_id)
    delta = nan if row is None else abs(float(scene.snapshot.delta[row]))
    if not isfinite(delta) or not 0.0 < delta < 1.0:
        return None
    return LegSpec(
        name=name,
        side="buy" if scene.held(name) > 0 else "sell",
        right="call" if held.right > 0 else "put",
        expiration=name,
        delta=DeltaTarget(target=delta),
    )
