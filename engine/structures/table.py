"""The table of structures, bought and sold, and the further names that people use for them.

A new structure is one row. What it can lose and earn follows from its legs (`formulas.py`); what a set of legs is
called follows from the table (`recogniser.py`), where of two rows that could fit the earlier one wins.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from engine.errors import ConfigurationError
from engine.naming import by_nearness
from engine.structures.patterns import Structure, Widths, structure_of

CUSTOM: Final = "custom"
"""Name of a structure that asks for no geometry: any legs will do."""

_ROWS: Final[tuple[tuple[str, str], ...]] = (
    # one leg
    ("long_stock", "+S"),
    ("short_stock", "-S"),
    ("long_call", "+C(K1)"),
    ("short_call", "-C(K1)"),
    ("long_put", "+P(K1)"),
    ("short_put", "-P(K1)"),
    # shares and options
    ("covered_call", "+S -C(K1)"),
    ("protective_put", "+S +P(K1)"),
    ("covered_put", "-S -P(K1)"),
    ("protective_call", "-S +C(K1)"),
    ("collar", "+S +P(K1) -C(K2)"),
    ("short_collar", "-S -P(K1) +C(K2)"),
    ("conversion", "+S +P(K1) -C(K1)"),
    ("reversal", "-S -P(K1) +C(K1)"),
    ("covered_straddle", "+S -P(K1) -C(K1)"),
    ("covered_strangle", "+S -P(K1) -C(K2)"),
    ("put_spread_collar", "+S -P(K1) +P(K2) -C(K3)"),
    ("stock_repair", "+S +C(K1) -2C(K2)"),
    # a call and a put
    ("synthetic_long_stock", "+C(K1) -P(K1)"),
    ("synthetic_short_stock", "-C(K1) +P(K1)"),
    ("risk_reversal", "-P(K1) +C(K2)"),
    ("short_risk_reversal", "+P(K1) -C(K2)"),
    ("inverted_risk_reversal", "+C(K1) -P(K2)"),
    ("short_inverted_risk_reversal", "-C(K1) +P(K2)"),
    ("long_straddle", "+P(K1) +C(K1)"),
    ("short_straddle", "-P(K1) -C(K1)"),
    ("long_strangle", "+P(K1) +C(K2)"),
    ("short_strangle", "-P(K1) -C(K2)"),
    ("long_guts", "+C(K1) +P(K2)"),
    ("short_guts", "-C(K1) -P(K2)"),
    ("long_strap", "+P(K1) +2C(K1)"),
    ("short_strap", "-P(K1) -2C(K1)"),
    ("long_strip", "+2P(K1) +C(K1)"),
    ("short_strip", "-2P(K1) -C(K1)"),
    # verticals: no arbitrage decides which of two strikes brings more
    ("put_credit_spread", "+P(K1) -P(K2)"),
    ("put_debit_spread", "-P(K1) +P(K2)"),
    ("call_credit_spread", "-C(K1) +C(K2)"),
    ("call_debit_spread", "+C(K1) -C(K2)"),
    # more of one strike than of the other
    ("call_ratio_spread", "+C(K1) -2C(K2)"),
    ("call_backspread", "-C(K1) +2C(K2)"),
    ("put_ratio_spread", "-2P(K1) +P(K2)"),
    ("put_backspread", "+2P(K1) -P(K2)"),
    ("call_zebra", "+2C(K1) -C(K2)"),
    ("short_call_zebra", "-2C(K1) +C(K2)"),
    ("put_zebra", "-P(K1) +2P(K2)"),
    ("short_put_zebra", "+P(K1) -2P(K2)"),
    ("bull_call_ladder", "+C(K1) -C(K2) -C(K3)"),
    ("bear_call_ladder", "-C(K1) +C(K2) +C(K3)"),
    ("bull_put_ladder", "+P(K1) +P(K2) -P(K3)"),
    ("bear_put_ladder", "-P(K1) -P(K2) +P(K3)"),
    ("put_ratio_hedge", "-2P(K1) -P(K2) +P(K3)"),
    ("short_put_ratio_hedge", "+2P(K1) +P(K2) -P(K3)"),
    # condors and iron butterflies
    ("iron_condor", "+P(K1) -P(K2) -C(K3) +C(K4)"),
    ("reverse_iron_condor", "-P(K1) +P(K2) +C(K3) -C(K4)"),
    ("iron_butterfly", "+P(K1) -P(K2) -C(K2) +C(K3)"),
    ("reverse_iron_butterfly", "-P(K1) +P(K2) +C(K2) -C(K3)"),
    ("long_call_condor", "+C(K1) -C(K2) -C(K3) +C(K4)"),
    ("short_call_condor", "-C(K1) +C(K2) +C(K3) -C(K4)"),
    ("long_put_condor", "+P(K1) -P(K2) -P(K3) +P(K4)"),
    ("short_put_condor", "-P(K1) +P(K2) +P(K3) -P(K4)"),
    # butterflies and trees
    ("long_call_butterfly", "+C(K1) -2C(K2) +C(K3)"),
    ("short_call_butterfly", "-C(K1) +2C(K2) -C(K3)"),
    ("long_put_butterfly", "+P(K1) -2P(K2) +P(K3)"),
    ("short_put_butterfly", "-P(K1) +2P(K2) -P(K3)"),
    ("long_call_broken_wing_butterfly", "+C(K1) -2C(K2) +C(K3)"),
    ("short_call_broken_wing_butterfly", "-C(K1) +2C(K2) -C(K3)"),
    ("long_put_broken_wing_butterfly", "+P(K1) -2P(K2) +P(K3)"),
    ("short_put_broken_wing_butterfly", "-P(K1) +2P(K2) -P(K3)"),
    ("long_call_christmas_tree", "+C(K1) -3C(K2) +2C(K3)"),
    ("short_call_christmas_tree", "-C(K1) +3C(K2) -2C(K3)"),
    ("long_put_christmas_tree", "+2P(K1) -3P(K2) +P(K3)"),
    ("short_put_christmas_tree", "-2P(K1) +3P(K2) -P(K3)"),
    # a vertical and one more option
    ("jade_lizard", "-P(K1) -C(K2) +C(K3)"),
    ("short_jade_lizard", "+P(K1) +C(K2) -C(K3)"),
    ("reverse_jade_lizard", "+P(K1) -P(K2) -C(K3)"),
    ("short_reverse_jade_lizard", "-P(K1) +P(K2) +C(K3)"),
    ("big_lizard", "-P(K1) -C(K1) +C(K2)"),
    ("short_big_lizard", "+P(K1) +C(K1) -C(K2)"),
    ("reverse_big_lizard", "+P(K1) -P(K2) -C(K2)"),
    ("short_reverse_big_lizard", "-P(K1) +P(K2) +C(K2)"),
    ("seagull", "-P(K1) +C(K2) -C(K3)"),
    ("short_seagull", "+P(K1) -C(K2) +C(K3)"),
    ("put_seagull", "-P(K1) +P(K2) -C(K3)"),
    ("short_put_seagull", "+P(K1) -P(K2) +C(K3)"),
    # locked
    ("long_box", "+C(K1) -P(K1) -C(K2) +P(K2)"),
    ("short_box", "-C(K1) +P(K1) +C(K2) -P(K2)"),
    ("long_jelly_roll", "-C(K1,T1) +P(K1,T1) +C(K1,T2) -P(K1,T2)"),
    ("short_jelly_roll", "+C(K1,T1) -P(K1,T1) -C(K1,T2) +P(K1,T2)"),
    # two expirations; long: the later one is bought
    ("long_call_calendar", "-C(K1,T1) +C(K1,T2)"),
    ("short_call_calendar", "+C(K1,T1) -C(K1,T2)"),
    ("long_put_calendar", "-P(K1,T1) +P(K1,T2)"),
    ("short_put_calendar", "+P(K1,T1) -P(K1,T2)"),
    ("bull_call_diagonal", "+C(K1,T2) -C(K2,T1)"),
    ("short_bull_call_diagonal", "-C(K1,T2) +C(K2,T1)"),
    ("bear_call_diagonal", "-C(K1,T1) +C(K2,T2)"),
    ("short_bear_call_diagonal", "+C(K1,T1) -C(K2,T2)"),
    ("bull_put_diagonal", "+P(K1,T2) -P(K2,T1)"),
    ("short_bull_put_diagonal", "-P(K1,T2) +P(K2,T1)"),
    ("bear_put_diagonal", "-P(K1,T1) +P(K2,T2)"),
    ("short_bear_put_diagonal", "+P(K1,T1) -P(K2,T2)"),
    ("long_double_calendar", "-P(K1,T1) +P(K1,T2) -C(K2,T1) +C(K2,T2)"),
    ("short_double_calendar", "+P(K1,T1) -P(K1,T2) +C(K2,T1) -C(K2,T2)"),
    ("long_double_diagonal", "+P(K1,T2) -P(K2,T1) -C(K3,T1) +C(K4,T2)"),
    ("short_double_diagonal", "-P(K1,T2) +P(K2,T1) +C(K3,T1) -C(K4,T2)"),
    ("long_straddle_swap", "-P(K1,T1) -C(K1,T1) +P(K1,T2) +C(K1,T2)"),
    ("short_straddle_swap", "+P(K1,T1) +C(K1,T1) -P(K1,T2) -C(K1,T2)"),
)


def _widths(name: str) -> Widths:
    if name.endswith("_broken_wing_butterfly"):
        return "unequal"
    return "equal" if name.endswith(("_call_butterfly", "_put_butterfly")) else "any"


STRUCTURES: Final[Mapping[str, Structure]] = MappingProxyType(
    {name: structure_of(name, notation, _widths(name)) for name, notation in _ROWS}
)


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of a structure.

    Attributes:
        structure: the canonical name.
        condition: what must hold beside the geometry; empty: nothing. Prices and cash are not geometry, so nothing
            here is checked; the canonical name is what the recogniser answers.
    """

    structure: str
    condition: str = ""


ALIASES: Final[Mapping[str, Alias]] = MappingProxyType(
    {
        "bull_put_spread": Alias("put_credit_spread"),
        "bear_put_spread": Alias("put_debit_spread"),
        "bear_call_spread": Alias("call_credit_spread"),
        "bull_call_spread": Alias("call_debit_spread"),
        "buy_write": Alias("covered_call"),
        "married_put": Alias("protective_put"),
        "combo": Alias("risk_reversal"),
        "cash_secured_put": Alias("short_put", "strike times 100 held in cash"),
        "zero_cost_collar": Alias("collar", "net premium of the options about 0"),
        "poor_mans_covered_call": Alias("bull_call_diagonal", "long call deep in the money, debit below K2 - K1"),
        "skip_strike_butterfly": Alias("long_call_broken_wing_butterfly", "upper wing skips one listed strike"),
        "strangle_swap": Alias("long_double_calendar"),
        "put_111": Alias("bear_put_ladder"),
        "put_112": Alias("put_ratio_hedge"),
    }
)


def structure_named(name: str) -> Structure | None:
    """The structure of a canonical name or an alias; None for `custom`, which has no geometry.

    Raises:
        ConfigurationError: when there is none; names the nearest.
    """
    if name == CUSTOM:
        return None
    alias = ALIASES.get(name)
    found = STRUCTURES.get(alias.structure if alias else name)
    if found is None:
        near = by_nearness(name, [*STRUCTURES, *ALIASES, CUSTOM])[0]
        raise ConfigurationError(
            f"unknown structure {name!r}: did you mean {near!r}? docs/structures.md lists them all"
        )
    return found
