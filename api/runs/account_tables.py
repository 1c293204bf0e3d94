"""The account: what it was worth, how it was exposed, where its profit came from, where margin did not suffice."""

from __future__ import annotations

from typing import Final

from api.runs.columns import Column, Kind, Table

EQUITY: Final = Table(
    "equity",
    "One row per instant at which the account was valued, in the order of time.",
    (
        Column("at", Kind.INSTANT, "Instant of the value."),
        Column("cash_usd", Kind.MONEY, "Cash."),
        Column("market_value_usd", Kind.MONEY, "Everything held, at its marks."),
        Column("net_liquidation_usd", Kind.MONEY, "Cash and market value."),
        Column("margin_requirement_usd", Kind.MONEY, "Requirement on the book.", "no amount would have been enough"),
        Column("external_flows_usd", Kind.MONEY, "What was deposited so far, less what was withdrawn."),
        Column(
            "growth_usd",
            Kind.NUMBER,
            "What the starting capital grew to, deposits and withdrawals left out: returns are its changes.",
        ),
    ),
)

GREEKS: Final = Table(
    "greeks",
    "One row per session: exposure of everything held at its end. Empty where `risk.exposure.sessions` is false.",
    (
        Column("at", Kind.INSTANT, "Instant of the last event of the session."),
        Column("day", Kind.DAY, "Exchange date of the session."),
        Column("delta_shares", Kind.NUMBER, "Shares of the underlyings that move alike, added up share for share."),
        Column("gamma_shares_per_point", Kind.NUMBER, "Change of `delta_shares` per point of the underlying."),
        Column("vega_usd_per_point", Kind.NUMBER, "Gain per volatility point, USD."),
        Column("theta_usd_per_day", Kind.NUMBER, "Gain per calendar day, USD."),
        Column(
            "beta_weighted_delta_shares",
            Kind.NUMBER,
            "Delta in shares of the index of `risk.beta`.",
            "without `risk.beta`, or before the index has a price",
        ),
        Column(
            "worst_stress_usd",
            Kind.NUMBER,
            "Least gain under the shocks of `risk.exposure.stress`, USD.",
            "without shocks",
        ),
    ),
)

ATTRIBUTION: Final = Table(
    "attribution",
    "One row per position and exchange date on which something moved or was booked, in the order of the dates. "
    "All rows and causes together are the profit of the run.",
    (
        Column("day", Kind.DAY, "Exchange date."),
        Column("position_id", Kind.COUNT, "Position.", "of what the account as a whole bore"),
        Column("theta_usd", Kind.MONEY, "The step of time."),
        Column("delta_usd", Kind.MONEY, "The step of the spot, by the delta at its start."),
        Column("gamma_usd", Kind.MONEY, "The step of the spot, by the gamma at its start."),
        Column("spot_higher_order_usd", Kind.MONEY, "What delta and gamma leave of the step of the spot."),
        Column("vega_usd", Kind.MONEY, "The step of the volatility, by the vega at its start."),
        Column("vanna_usd", Kind.MONEY, "The step of the volatility, by its product with that of the spot."),
        Column("volga_usd", Kind.MONEY, "The step of the volatility, by its square."),
        Column(
            "volatility_higher_order_usd", Kind.MONEY, "What vega, vanna and volga leave of the step of the volatility."
        ),
        Column("rho_usd", Kind.MONEY, "The step of the rate; 0 where the run has one rate."),
        Column("spread_cost_usd", Kind.MONEY, "Fills away from the middle of their quotes."),
        Column("fees_usd", Kind.MONEY, "Fees, negative."),
        Column("dividends_usd", Kind.MONEY, "Dividends on shares held, negative on short shares."),
        Column("financing_usd", Kind.MONEY, "Interest, and what borrowed shares cost."),
        Column("assignment_usd", Kind.MONEY, "What early exercise was worth more or less than the mark."),
        Column("unexplained_usd", Kind.MONEY, "What no volatility reproduces, and rounding."),
    ),
)

MARGIN_CALLS: Final = Table(
    "margin_calls",
    "One row per margin call, in the order of time.",
    (
        Column("at", Kind.INSTANT, "When the account did not cover its requirement."),
        Column("day", Kind.DAY, "Exchange date of that."),
        Column("requirement_usd", Kind.MONEY, "Requirement on the book.", "no amount would have been enough"),
        Column("covering_usd", Kind.MONEY, "Cash, or net liquidation where the configuration measures that."),
        Column("liquidations", Kind.COUNT, "Positions whose closing it ordered."),
        Column("met_at", Kind.INSTANT, "When the requirement was covered again.", "never"),
    ),
)
