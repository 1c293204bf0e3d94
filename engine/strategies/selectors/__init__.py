"""Choose expirations and strikes from a chain: what is quoted now, tradable on the side needed, nearest to a target.

Each selector returns what it found or a `NoMatch` that says why there is nothing; a market without a fitting
contract is no error. Reasons are stable words, so that a summary can count them.
"""

from engine.strategies.selectors.expected_move import expected_move
from engine.strategies.selectors.expirations import (
    is_monthly,
    select_expiration,
    select_expirations,
    select_later_expiration,
)
from engine.strategies.selectors.held import held_contracts
from engine.strategies.selectors.legs import LegSelector, select_legs
from engine.strategies.selectors.no_match import NoMatch
from engine.strategies.selectors.strikes import select_strike

__all__ = [
    "LegSelector",
    "NoMatch",
    "expected_move",
    "held_contracts",
    "is_monthly",
    "select_expiration",
    "select_expirations",
    "select_later_expiration",
    "select_legs",
    "select_strike",
]
