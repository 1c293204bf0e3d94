"""Choose expirations and strikes from a chain: what is quoted now, tradable on the side needed, nearest to a target.

Each selector returns what it found or a `NoMatch` that says why there is nothing; a market without a fitting
contract is no error. Reasons are stable words, so that a summary can count them.
"""

from engine.strategies.selectors.expirations import select_expiration, select_expirations
from engine.strategies.selectors.no_match import NoMatch
from engine.strategies.selectors.strikes import select_legs, select_strike

__all__ = ["NoMatch", "select_expiration", "select_expirations", "select_legs", "select_strike"]
