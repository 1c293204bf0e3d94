"""How much of the result may be chance."""

from __future__ import annotations

from typing import Literal

from schemas.sections.base import Count, Fraction, Return, Section


class Spread(Section):
    """Percentiles over the paths, linear between ranks."""

    low: Return
    """5th percentile."""
    median: Return
    """50th percentile."""
    high: Return
    """95th percentile."""


class Robustness(Section):
    """The daily returns of the run drawn again, in blocks, many times: other orders of the same good and bad times.

    A path is as long as the run and put together from stretches of its own returns, which begin anywhere and go on past
    the end at the beginning (stationary bootstrap; Politis and Romano, 1994). What never happened in the run happens on
    no path. What several runs say together, e.g. how figures hang on parameters, is no property of one of them.

    Source: the account at the last mark of every session, `equity.csv`; `config.seed` draws the paths.
    """

    method: Literal["stationary_bootstrap"]
    """How paths are made."""
    paths: Count
    """How many."""
    mean_block_sessions: Count
    """Expected length of a stretch: the cube root of the number of returns (Politis and White, 2004)."""
    cagr: Spread | None
    """Compound annual growth rate of the paths; null: the run is shorter than a day."""
    max_drawdown: Spread
    """Deepest fall of the paths, negative; `low` is the bad case."""
    probability_of_loss: Fraction
    """Paths that end below their start."""
    probability_of_halving: Fraction
    """Paths that ever fall to half of a peak or less."""
    p_value: Fraction
    """How often returns with a mean of 0, drawn alike, have a mean as high as the run's: (1 + such paths) by (1 +
    paths), one-sided (White, 2000). It knows nothing of other variants that were tried."""
