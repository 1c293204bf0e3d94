"""What was risked: by strategy, by Greek, and where protection stepped in."""

from __future__ import annotations

from typing import Annotated, Literal

from schemas.sections.base import Count, Fraction, Moment, Number, Section, Usd, in_unit


class StrategyResult(Section):
    """What one strategy made of the account; with interest the profits of all add up to the account's.

    Source: the trades of the strategy, the ledger, and its positions' margin as if they stood alone.
    """

    trades: Count
    """Trades that it opened, those still open included."""
    profit_usd: Usd
    """Profit of its trades after fees, open ones at their last mark, with dividends."""
    fees_usd: Usd
    """Fees of its trades, positive."""
    dividends_usd: Usd
    """Dividends on what it held, negative on short shares."""
    max_margin_usd: Usd | None
    """Highest requirement of its positions as if they stood alone, after changes of the book; null: without bound."""
    margin_share: Fraction | None
    """Its part of the requirements of all strategies, averaged over time; null: there were none."""


class Greeks(Section):
    """Sensitivities in the units of the screen."""

    delta_shares: Annotated[float, in_unit("shares")]
    """Shares of the underlyings that move alike, added up share for share."""
    gamma_shares_per_point: Annotated[float, in_unit("shares per point of the underlying")]
    """Change of delta by one point of the underlying."""
    vega_usd_per_point: Annotated[float, in_unit("USD per volatility point")]
    """Gain when implied volatility rises by 0.01."""
    theta_usd_per_day: Annotated[float, in_unit("USD per calendar day")]
    """Gain by one day that passes."""


class Stress(Section):
    """Gains of everything held when all prices and all volatilities jump at once, time standing still."""

    spot_percent: tuple[Annotated[float, in_unit("%")], ...]
    """Moves of prices, one per row of `gains_usd`."""
    volatility_points: tuple[Annotated[float, in_unit("volatility points")], ...]
    """Moves of implied volatilities, one per column."""
    gains_usd: tuple[tuple[Number, ...], ...]
    """Value after both moves less value before, by the pricing model."""


class Extreme(Section):
    """Least and greatest value of one Greek at the ends of sessions."""

    least: Annotated[float, in_unit("of the Greek")]
    """Lowest value."""
    least_at: Moment
    """Instant of it."""
    greatest: Annotated[float, in_unit("of the Greek")]
    """Highest value."""
    greatest_at: Moment
    """Instant of it."""
    average: Annotated[float, in_unit("of the Greek")]
    """Mean over the sessions."""


class ExposureSection(Section):
    """Exposure of everything held after the last event, before `open_at_end` is carried out.

    Source: the quotes' Greeks, or the pricing model's where there are none; `greeks.csv` for the sessions.
    """

    at: Moment
    """Instant of the last event."""
    total: Greeks
    """Of everything held."""
    beta_weighted_delta_shares: Annotated[float, in_unit("shares of the index")] | None
    """Sum of deltas times beta times price, by the price of the index of `risk.beta`; null: no such index, or it had no
    price."""
    by_underlying: dict[str, Greeks]
    """By the symbol of the underlying."""
    by_expiration: dict[str, Greeks]
    """By date; what shares add stands under `shares`."""
    by_structure: dict[str, Greeks]
    """By the canonical name of the legs that were opened."""
    by_strategy: dict[str, Greeks]
    """By the name of the strategy."""
    stress: Stress | None
    """The shocks of `risk.exposure.stress`; null: the configuration names none."""
    extremes: dict[str, Extreme]
    """By Greek, over the sessions; empty: the configuration does not ask for sessions."""


class ProtectionBegun(Section):
    """A bound of `risk.protection` that was reached."""

    at: Moment
    """When it was reached."""
    rule: Literal["drawdown", "daily_loss", "trade_stop"]
    """Which bound."""
    action: Literal["halt", "reduce", "flatten", "close"]
    """What follows from it."""
    value: Annotated[float, in_unit("as `unit` says")]
    """The loss."""
    limit: Annotated[float, in_unit("as `unit` says")]
    """The bound that it reached."""
    unit: Literal["%", "USD"]
    """Of both."""
    position_id: Count | None
    """The position that a trade stop closes; null: another rule."""


class ProtectionEnded(Section):
    """The end of what a bound had led to."""

    at: Moment
    """When it ended."""
    rule: Literal["drawdown", "daily_loss"]
    """Which bound."""
    limit: Annotated[float, in_unit("as of the bound")]
    """The bound."""


class Protection(Section):
    """What `risk.protection` did; orders that it refused stand in `refusals`.

    Source: the events of the protection watch.
    """

    triggered: tuple[ProtectionBegun, ...]
    """Bounds that were reached, in order."""
    lifted: tuple[ProtectionEnded, ...]
    """Ends of what they had led to, in order."""
    closing_fills: Count
    """Fills of its closing orders."""
