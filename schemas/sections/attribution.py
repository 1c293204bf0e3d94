"""Where the profit came from."""

from __future__ import annotations

from schemas.sections.base import Count, Fraction, Section, Usd


class Causes(Section):
    """Profit by cause, negative where it cost; the amounts add up to the profit."""

    theta_usd: Usd
    """The whole step of time: value later less value before, at the old spot and volatility."""
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
    rho_usd: Usd
    """The whole step of the rate: 0 unless `pricing.rate_source` is `store`, whose rates change by date."""
    spread_cost_usd: Usd
    """Fills away from the middle of their quotes: price less middle, times the contracts."""
    fees_usd: Usd
    """Commissions, exchange and regulatory fees, negative."""
    dividends_usd: Usd
    """On shares held, negative on short shares."""
    financing_usd: Usd
    """Interest earned less interest and borrow fees paid, which the account bears as a whole."""
    assignment_usd: Usd
    """What exercise before expiration was worth more or less than the last mark."""
    unexplained_usd: Usd
    """What no volatility reproduces, e.g. of a mark below intrinsic value, and rounding."""


class Steps(Section):
    """The four steps of the revaluation; together with what is booked and the unexplained they are the profit."""

    time_usd: Usd
    """`theta_usd`."""
    spot_usd: Usd
    """`delta_usd` + `gamma_usd` + `spot_higher_order_usd`."""
    volatility_usd: Usd
    """`vega_usd` + `vanna_usd` + `volga_usd` + `volatility_higher_order_usd`."""
    rate_usd: Usd
    """`rho_usd`."""


class Explained(Section):
    """How much is explained: sums of the sizes of the amounts of every position and day."""

    position_days: Count
    """Days on which a position was looked at."""
    unexplained_fraction: Fraction | None
    """Unexplained amounts by all amounts; null: nothing moved."""
    higher_order_fraction: Fraction | None
    """Amounts of higher order by all amounts; null: nothing moved."""


class Attribution(Section):
    """Where the profit came from: the amounts of `causes` add up to the profit of the run, to the micro-dollar.

    Every holding is looked at from mark to mark: at fills, at the ends of sessions, at its settlement. Between two
    marks time passes first, then the spot moves, then the implied volatility, then the rate of interest, which stays
    where it is unless the run reads rates by date. The Greeks after time has passed divide the steps of spot and
    volatility; the rest of a step is of higher order.

    Source: the marks and fills of every holding, valued again by the pricing model, `attribution.csv`.
    """

    causes: Causes
    """Of the whole run."""
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
