"""From what an adjustment says to what it would trade now, or the reason why nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeAlias

from engine.model import Instrument, Leg, OptionContract
from engine.strategies.adjustments.changes import Change, change_of
from engine.strategies.adjustments.scene import Scene
from engine.strategies.adjustments.targets import roll_targets
from engine.strategies.selectors import NoMatch
from engine.strategies.spec.adjustments import AddLeg, AdjustmentAction, Convert, MoveLeg, RemoveLeg, Roll
from engine.strategies.spec.selection import LegSpec
from engine.structures import geometry_fault, structure_named

STAGE: Final = "adjustment"
NOTHING_TO_DO: Final = frozenset({"not_held", "held_already", "nothing_changes"})
"""Reasons that say that a position is as an adjustment would make it."""
_Moves: TypeAlias = list[tuple[Instrument, int]]


def planned(scene: Scene, action: AdjustmentAction) -> Change | NoMatch:
    """What an action would trade on the chain of now; sizes are those of the position.

    Returns:
        The change; or `NoMatch` of stage `expiration` or `legs` from the selectors, or of stage `adjustment` with
        `not_up`, `not_down`, `size_differs`, a fault of the geometry, or where there is `NOTHING_TO_DO`.
    """
    return _PLANS[type(action)](scene, action)


def _roll(scene: Scene, action: Roll) -> Change | NoMatch:
    names = [name for name in action.legs or scene.named if scene.option(name) is not None]
    if not names:
        return NoMatch(STAGE, "not_held")
    series = None
    if action.expiration is not None:
        chosen = scene.chosen_anew(action.expiration)
        if isinstance(chosen, NoMatch):
            return chosen
        series = chosen
    opened = roll_targets(scene, names, series, action.strikes)
    if isinstance(opened, NoMatch):
        return opened
    return _wrong_way(scene, opened, action.direction) or _moved(scene, opened)


def _wrong_way(scene: Scene, opened: Mapping[str, OptionContract], direction: str) -> NoMatch | None:
    """Why strikes that were chosen do not lead where they should."""
    sign = {"any": 0, "up": 1, "down": -1}[direction]
    for name, target in opened.items():
        before = scene.option(name)
        if sign and before is not None and sign * (target.strike - before.strike) <= 0:
            return NoMatch(STAGE, f"not_{direction}")
    return None


def _moved(scene: Scene, opened: Mapping[str, Instrument]) -> Change | NoMatch:
    """Legs of these names close, as many contracts of these instruments open."""
    moves: _Moves = [(scene.named[name], -scene.held(name)) for name in opened]
    moves += [(instrument, scene.held(name)) for name, instrument in opened.items()]
    return change_of(scene.position, moves, opened) or NoMatch(STAGE, "nothing_changes")


def _move(scene: Scene, action: MoveLeg) -> Change | NoMatch:
    if any(scene.option(leg.name) is None for leg in action.to):
        return NoMatch(STAGE, "not_held")
    legs = _selected(scene, action.to)
    if isinstance(legs, NoMatch):
        return legs
    return _moved(scene, {spec.name: leg.instrument for spec, leg in zip(action.to, legs, strict=True)})


def _add(scene: Scene, action: AddLeg) -> Change | NoMatch:
    if any(leg.name in scene.named for leg in action.legs):
        return NoMatch(STAGE, "held_already")
    legs = _selected(scene, action.legs)
    if isinstance(legs, NoMatch):
        return legs
    moves = [(leg.instrument, leg.ratio * scene.position.quantity) for leg in legs]
    named = {spec.name: leg.instrument for spec, leg in zip(action.legs, legs, strict=True)}
    return change_of(scene.position, moves, named) or NoMatch(STAGE, "nothing_changes")


def _remove(scene: Scene, action: RemoveLeg) -> Change | NoMatch:
    names = [name for name in action.legs if name in scene.named]
    if not names:
        return NoMatch(STAGE, "not_held")
    moves = [(scene.named[name], -scene.held(name)) for name in names]
    return change_of(scene.position, moves, {}) or NoMatch(STAGE, "not_held")


def _convert(scene: Scene, action: Convert) -> Change | NoMatch:
    legs = _selected(scene, [leg for leg in action.legs if scene.option(leg.name) is None])
    if isinstance(legs, NoMatch):
        return legs
    new = iter(legs)
    after = [
        (spec, next(new).instrument if (kept := scene.option(spec.name)) is None else kept) for spec in action.legs
    ]
    size = scene.position.quantity
    package = [Leg(instrument, spec.ratio if spec.side == "buy" else -spec.ratio) for spec, instrument in after]
    kept_differs = any(
        scene.held(spec.name) not in (0, leg.ratio * size) for (spec, _), leg in zip(after, package, strict=True)
    )
    fault = "size_differs" if kept_differs else geometry_fault(structure_named(action.structure), package)
    if fault is not None:
        return NoMatch(STAGE, fault)
    named = {spec.name: instrument for spec, instrument in after}
    moves: _Moves = [(scene.named[name], -scene.held(name)) for name in scene.named if name not in named]
    moves += [
        (leg.instrument, leg.ratio * size - scene.held(spec.name))
        for (spec, _), leg in zip(after, package, strict=True)
    ]
    change = change_of(scene.position, moves, named, action.structure)
    return change or NoMatch(STAGE, "nothing_changes")


def _selected(scene: Scene, wanted: Sequence[LegSpec]) -> tuple[Leg, ...] | NoMatch:
    """Legs by their words, in the expirations that the position has under their names, or in new ones."""
    expirations = scene.held_or_chosen([leg.expiration for leg in wanted])
    if isinstance(expirations, NoMatch):
        return expirations
    return scene.select(wanted, expirations)


_PLANS: Final[Mapping[type, Callable[[Scene, Any], Change | NoMatch]]] = {
    Roll: _roll,
    MoveLeg: _move,
    AddLeg: _add,
    RemoveLeg: _remove,
    Convert: _convert,
}
