"""Where the profit came from. The amounts of `causes` sum to the profit of the run, to the micro-dollar.

Every holding is looked at from mark to mark: at fills, at the ends of sessions, at its settlement. Between two marks
time passes first, then the spot moves, then the implied volatility, each at the run's one rate of interest, so that
there is no part of rho. The Greeks after time has passed divide the steps of spot and volatility; the rest of a step is
of higher order.
"""

from __future__ import annotations

from schemas.sections.base import Count, Number, Section, Usd


class Causes(Section):
    """Profit by cause, negative where it cost."""

    theta_usd: Usd
    """The whole step of time."""
    delta_usd: Usd
    """Delta times the move of the spot; of shares their whole profit."""
    gamma_usd: Usd
    """Half of gamma times the square of the move."""
    spot_higher_order_usd: Usd
    """What delta and gamma leave of the step of the spot."""
    vega_usd: Usd
    """Vega times the move of the implied volatility."""
    vanna_usd: Usd
    """Vanna times both moves."""
    volga_usd: Usd
    """Half of volga times the square of the move of the volatility."""
    volatility_higher_order_usd: Usd
    """What vega, vanna and volga leave of the step of the volatility."""
    spread_cost_usd: Usd
    """Fills away from the middle of their quotes."""
    fees_usd: Usd
    dividends_usd: Usd
    """On shares held, negative on short shares."""
    financing_usd: Usd
    """Interest earned less interest and borrow fees paid, which the account bears as a whole."""
    assignment_usd: Usd
    """What exercise before expiration was worth more or less than the last mark."""
    unexplained_usd: Usd
    """What no volatility reproduces, e.g. of a mark below intrinsic value, and rounding."""


class Steps(Section):
    """The three steps of the revaluation; together with what is booked and the unexplained they are the profit."""

    time_usd: Usd
    spot_usd: Usd
    volatility_usd: Usd


class Explained(Section):
    """How much is explained: sums of the sizes of the amounts of every position and day."""

    position_days: Count
    """Days on which a position was looked at."""
    unexplained_fraction: Number | None
    """Unexplained amounts by all amounts; null: nothing moved."""
    higher_order_fraction: Number | None
    """Amounts of higher order by all amounts."""


class Attribution(Section):
    """Where the profit came from."""

    causes: Causes
    steps: Steps
    by_strategy: dict[str, Causes]
    """Trades by the strategy that opened them; financing belongs to none."""
    by_structure: dict[str, Causes]
    """Trades by the canonical name of the legs that were opened."""
    by_exit_reason: dict[str, Causes]
    """Trades by why they ended, as in `trades.by_exit_reason`."""
    daily: Explained
    """Position-days whose holdings had trustworthy marks on the evening before."""
    after_gaps: Explained
    """All others: the move of several days, looked at as one."""
