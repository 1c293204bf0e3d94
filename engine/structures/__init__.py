"""Structures: the table of those that have a name, what they can lose, and what a set of legs is called."""

from engine.structures.builders import build
from engine.structures.formulas import Formulas, RiskClass, formulas
from engine.structures.patterns import LegPattern, Side, Structure, geometry_fault, shares_per_unit, signed
from engine.structures.recogniser import Part, name_of, named_parts, recognise
from engine.structures.table import ALIASES, CUSTOM, STRUCTURES, Alias, structure_named

__all__ = [
    "ALIASES",
    "CUSTOM",
    "STRUCTURES",
    "Alias",
    "Formulas",
    "LegPattern",
    "Part",
    "RiskClass",
    "Side",
    "Structure",
    "build",
    "formulas",
    "geometry_fault",
    "name_of",
    "named_parts",
    "recognise",
    "shares_per_unit",
    "signed",
    "structure_named",
]
