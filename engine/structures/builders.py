"""Structures made of the contracts of a table."""

from __future__ import annotations

from collections.abc import Sequence

from engine.errors import ConfigurationError
from engine.model import ContractTable, Leg, OptionSeries, Stock
from engine.structures.patterns import Structure, geometry_fault, shares_per_unit
from engine.structures.table import CUSTOM, structure_named


def build(
    name: str,
    table: ContractTable,
    expirations: Sequence[OptionSeries],
    strikes: Sequence[float],
) -> tuple[Leg, ...]:
    """One package of a structure: its shares, where it has some, then its options in the order of the table.

    Args:
        expirations: a series per expiration rank, earliest first (of `long_stock`: one, for its underlying).
        strikes: a strike per strike rank, lowest first.

    Raises:
        ConfigurationError: when the name is unknown or `custom`, the numbers of strikes or expirations are not the
            structure's, or its geometry is not met.
        UnknownContract: when the table does not hold a contract.
    """
    structure = structure_named(name)
    if structure is None:
        raise ConfigurationError(f"{CUSTOM!r} has no geometry to build from: make its legs one by one")
    needed = max(structure.expirations, 1)
    if len(expirations) != needed or len(strikes) != structure.strikes:
        raise ConfigurationError(
            f"{name} takes {needed} expirations and {structure.strikes} strikes, not {len(expirations)} and "
            f"{len(strikes)}"
        )
    legs = _legs(structure, table, expirations, strikes)
    fault = geometry_fault(structure, legs)
    if fault is not None:
        raise ConfigurationError(f"{structure} cannot be built of strikes {list(strikes)}: {fault}")
    return legs


def _legs(
    structure: Structure, table: ContractTable, expirations: Sequence[OptionSeries], strikes: Sequence[float]
) -> tuple[Leg, ...]:
    options = []
    for pattern in structure.legs:
        series = expirations[pattern.expiration - 1]
        contract = table.find(series.root, series.expires_on, pattern.right, strikes[pattern.strike - 1])
        options.append((contract, pattern.signed_ratio))
    legs = [Leg(contract, ratio) for contract, ratio in options]
    if structure.shares:
        per_unit = shares_per_unit(contract for contract, _ in options) or 1
        legs.insert(0, Leg(Stock(expirations[0].underlying), structure.shares * per_unit))
    return tuple(legs)
