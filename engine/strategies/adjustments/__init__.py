"""Adjustments: what changes about a position that goes on, when, and at what price.

scene = Scene.of(context, snapshot, position, named, Words(legs, expirations))
change = planned(scene, Roll(kind="roll", expiration="next"))      # or a `NoMatch` that says why not
context.adjust(position, change.legs, structure=change.structure, tag="roll_out")
"""

from engine.strategies.adjustments.adjuster import Adjuster
from engine.strategies.adjustments.changes import Change
from engine.strategies.adjustments.planning import planned
from engine.strategies.adjustments.scene import Scene, Words
from engine.strategies.adjustments.terms import terms_within

__all__ = ["Adjuster", "Change", "Scene", "Words", "planned", "terms_within"]
