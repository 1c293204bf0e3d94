"""What was risked: by strategy, by Greek, and where protection stepped in."""

from __future__ import annotations

from typing import Literal

from schemas.sections.base import Count, Fraction, Moment, Number, Section, Usd


class StrategyResult(Section):
    """What one strategy made of the account; with interest the profits of all add up to the account's."""

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

    delta_shares: Number
    """Shares of the underlyings that move alike, added up share for share."""
    gamma_shares_per_point: Number
    vega_usd_per_point: Number
    """Per volatility point."""
    theta_usd_per_day: Number
    """Per calendar day."""


class Stress(Section):
    """Gains of everything held when all prices and all volatilities jump at once, time standing still."""

    spot_percent: tuple[Number, ...]
    """Moves of prices, one per row of `gains_usd`."""
    volatility_points: tuple[Number, ...]
    """Moves of implied volatilities, one per column."""
    gains_usd: tuple[tuple[Number, ...], ...]


class Extreme(Section):
    """Least and greatest value at the ends of sessions."""

    least: Number
    least_at: Moment
    greatest: Number
    greatest_at: Moment
    average: Number
    """Mean over the sessions."""


class ExposureSection(Section):
    """Exposure of everything held after the last event, before `open_at_end` is carried out."""

    at: Moment
    total: Greeks
    beta_weighted_delta_shares: Number | None
    """In shares of the index of `risk.beta`; null: no such index, or it had no price."""
    by_underlying: dict[str, Greeks]
    by_expiration: dict[str, Greeks]
    """By date; what shares add stands under `shares`."""
    by_structure: dict[str, Greeks]
    by_strategy: dict[str, Greeks]
    stress: Stress | None
    """null: the configuration names no shocks."""
    extremes: dict[str, Extreme]
    """By Greek, over the sessions; empty: the configuration does not ask for sessions."""


class ProtectionBegun(Section):
    """A bound of `risk.protection` that was reached."""

    at: Moment
    rule: Literal["drawdown", "daily_loss", "trade_stop"]
    action: Literal["halt", "reduce", "flatten", "close"]
    value: Number
    """The loss."""
    limit: Number
    """The bound that it reached."""
    unit: Literal["%", "USD"]
    """Of both."""
    position_id: Count | None
    """The position that a trade stop closes."""


class ProtectionEnded(Section):
    """The end of what a bound had led to."""

    at: Moment
    rule: Literal["drawdown", "daily_loss"]
    limit: Number


class Protection(Section):
    """What `risk.protection` did; orders that it refused stand in `refusals`."""

    triggered: tuple[ProtectionBegun, ...]
    lifted: tuple[ProtectionEnded, ...]
    closing_fills: Count
    """Fills of its closing orders."""
