"""Daily returns of a run, as programs expect them that analyse series of returns, e.g. quantstats."""

from __future__ import annotations

from typing import Final

import pandas as pd

from engine.metrics.returns import simple_returns

_EXCHANGE: Final = "America/New_York"


def daily_returns(equity: pd.DataFrame, start_usd: float) -> pd.Series[float]:
    """Simple returns of the growth of the starting capital, one per session; those that the summary is computed from.

    Args:
        equity: the table of that name.
        start_usd: the starting capital; the first return is that of the first session's end on it.

    Returns:
        Decimals (0.01 is one percent) by exchange date; after a total loss there are no more.
    """
    days = equity["at"].dt.tz_convert(_EXCHANGE).dt.tz_localize(None).dt.normalize().rename("day")
    growth = equity["growth_usd"].groupby(days).last()
    returns = simple_returns([start_usd, *growth])
    return pd.Series(returns, index=growth.index[: len(returns)], name="return", dtype=float)
