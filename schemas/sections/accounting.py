"""Settlements, marks, and the identity that explains every cent."""

from __future__ import annotations

from typing import Literal

from schemas.sections.base import Count, Moment, Number, Section


class Settlement(Section):
    """One atomic settlement: all held contracts of one root and settlement instant, on one price."""

    root: str
    settles_at: Moment
    """Instant whose price settles the contracts."""
    settled_at: Moment
    """Instant of the event at which the run settled them."""
    price: Number
    """Settlement value of the underlying, USD per share."""
    source: Literal["official", "first_print_of_session", "last_before_settlement", "last_known"]
    """Where the price came from."""
    settlement_proxy: bool
    """The price is a stand-in, not an official settlement value."""
    priced_at: Moment
    """Instant of the price."""
    contracts: Count
    """Contracts settled, long and short."""


class Settlements(Section):
    """All settlements, and how many rest on a proxy."""

    count: Count
    proxies: Count
    by_source: dict[str, Count]
    settled: tuple[Settlement, ...]


class Marks(Section):
    """What the valuations of held legs rest on."""

    count: Count
    """Valuations of one leg at one instant."""
    not_two_sided: Count
    """Those that are no trustworthy two-sided quote."""
    by_source: dict[str, Count]


class MarginCalls(Section):
    """Where the account did not cover its requirement."""

    count: Count
    """Calls, repeated ones after a change of the book included."""
    first_at: Moment | None
    met: Count
    """Times that the requirement was covered again."""
    liquidations: Count
    """Positions that calls closed."""


class Accounting(Section):
    """The identity, exact: integers of 0.000001 USD that add up without rounding.

    initial_cash + external_flows + realised + unrealised + interest + dividends - fees = net_liquidation, and
    final_cash + final_market_value = net_liquidation.
    """

    initial_cash_micros: int
    external_flows_micros: int
    """Deposits less withdrawals."""
    realised_micros: int
    """Before fees."""
    unrealised_micros: int
    """Before fees."""
    fees_micros: int
    """Positive."""
    interest_micros: int
    dividends_micros: int
    final_cash_micros: int
    final_market_value_micros: int
    net_liquidation_micros: int
    balanced: bool
    """Both sums hold to the last micro-dollar."""
