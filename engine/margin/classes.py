"""Classes of underlyings and the rates that rules give them (RULES 7.1, 7.7 and 7.9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from engine.errors import ConfigurationError

STEPS: Final = 5
"""Equidistant moves on each side of the present price."""


@dataclass(frozen=True, slots=True)
class ClassTerms:
    """Rates of one class, as fractions of a price.

    Attributes:
        uncovered: of the underlying, for an uncovered short option, before its out-of-the-money amount is taken off.
        minimum: of the underlying (calls) or of the strike (puts), least charge of an uncovered short option.
        long_shares: of the shares' value, to hold them.
        short_shares: likewise when short, on top of the proceeds.
        initial_shares: of the shares' value, to buy them or sell them short.
        largest_fall: largest move downwards of the scenario grid, positive.
        largest_rise: largest move upwards.
        shares_cover_by_value: shares are a fund on the index and cover a contract by their market value.
    """

    uncovered: float = 0.20
    minimum: float = 0.10
    long_shares: float = 0.25
    short_shares: float = 0.30
    initial_shares: float = 0.50
    largest_fall: float = 0.15
    largest_rise: float = 0.15
    shares_cover_by_value: bool = False

    @property
    def moves(self) -> tuple[float, ...]:
        """The ten moves of the scenario grid, ascending."""
        falls = tuple(-self.largest_fall * step / STEPS for step in range(STEPS, 0, -1))
        return (*falls, *(self.largest_rise * step / STEPS for step in range(1, STEPS + 1)))


def _leveraged(factor: int) -> ClassTerms:
    """An equity's rates times the leverage, shares never above their value (FINRA notices 09-53 and 09-65)."""
    long_shares, short_shares = min(0.25 * factor, 1.0), min(0.30 * factor, 1.0)
    return ClassTerms(
        uncovered=0.20 * factor,
        minimum=0.10 * factor,
        long_shares=long_shares,
        short_shares=short_shares,
        initial_shares=max(0.50, short_shares),
        largest_fall=0.15 * factor,
        largest_rise=0.15 * factor,
    )


CLASSES: Final[Mapping[str, ClassTerms]] = MappingProxyType(
    {
        "equity": ClassTerms(),
        "narrow_index": ClassTerms(shares_cover_by_value=True),
        "broad_index": ClassTerms(uncovered=0.15, largest_fall=0.08, largest_rise=0.06, shares_cover_by_value=True),
        "other_broad_index": ClassTerms(
            uncovered=0.15, largest_fall=0.10, largest_rise=0.10, shares_cover_by_value=True
        ),
        "leveraged_etf_2x": _leveraged(2),
        "leveraged_etf_3x": _leveraged(3),
    }
)


def class_terms(underlying_class: str) -> ClassTerms:
    """Rates of a class.

    Raises:
        ConfigurationError: for a class that is not in the table.
    """
    terms = CLASSES.get(underlying_class)
    if terms is None:
        raise ConfigurationError(f"no underlying class {underlying_class!r}; choose one of {', '.join(CLASSES)}")
    return terms
