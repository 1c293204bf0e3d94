"""Structures on random chains: strikes of any distances, expirations of any dates, prices that nobody would quote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from hypothesis import strategies as st

from engine.model import ContractTable, Leg, OptionSeries
from engine.structures import STRUCTURES, Structure, build
from tests.builders import contract_table, equity_series, series


@dataclass(frozen=True)
class Built:
    structure: Structure
    strikes: tuple[float, ...]
    legs: tuple[Leg, ...]


@cache
def market(dates: tuple[date, ...], strikes: tuple[float, ...]) -> tuple[ContractTable, list[OptionSeries]]:
    kind = equity_series if len(strikes) % 2 else series
    expirations = [kind(one) for one in dates]
    return contract_table(dict.fromkeys(expirations, strikes or (100.0,))), expirations


@st.composite
def strikes_of(draw: st.DrawFn, structure: Structure) -> tuple[float, ...]:
    """Ascending, in half dollars; equal or unequal widths where the structure asks for them."""
    gaps = draw(st.lists(st.integers(1, 80), min_size=structure.strikes, max_size=structure.strikes))
    if structure.widths == "equal":
        gaps[2] = gaps[1]
    elif structure.widths == "unequal" and gaps[2] == gaps[1]:
        gaps[2] += 1
    first = draw(st.integers(1, 600))
    return tuple((first + sum(gaps[: rank + 1])) / 2 for rank in range(structure.strikes))


@st.composite
def built(draw: st.DrawFn, names: tuple[str, ...] = tuple(STRUCTURES)) -> Built:
    structure = STRUCTURES[draw(st.sampled_from(names))]
    strikes = draw(strikes_of(structure))
    first = date(2019, 5, 10) + timedelta(days=draw(st.integers(0, 40)))
    dates = [first]
    if structure.expirations > 1:
        dates.append(first + timedelta(days=draw(st.integers(1, 200))))
    table, expirations = market(tuple(dates), strikes)
    return Built(structure, strikes, build(structure.name, table, expirations, strikes))
