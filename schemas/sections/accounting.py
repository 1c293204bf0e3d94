"""Settlements, marks, and the identity that explains every cent."""

from __future__ import annotations

from typing import Annotated, Literal

from schemas.sections.base import Count, Moment, Section, in_unit


class Settlement(Section):
    """One atomic settlement: all held contracts of one root and settlement instant, on one price."""

    root: str
    """Root symbol of the contracts, e.g. `SPXW`."""
    settles_at: Moment
    """Instant whose price settles the contracts."""
    settled_at: Moment
    """Instant of the event at which the run settled them."""
    price: Annotated[float, in_unit("USD per share")]
    """Settlement value of the underlying."""
    source: Literal["official", "first_print_of_session", "last_before_settlement", "last_known"]
    """Where the price came from."""
    settlement_proxy: bool
    """The price is a stand-in, not an official settlement value."""
    priced_at: Moment
    """Instant of the price."""
    contracts: Count
    """Contracts settled, long and short."""


class Settlements(Section):
    """All settlements, and how many rest on a proxy.

    Source: settlements of the run, on the prices that `assumptions.settlement_source` names.
    """

    count: Count
    """Settlements, each of one root and instant."""
    proxies: Count
    """Those on a price that is no official settlement value."""
    by_source: dict[str, Count]
    """Settlements by where their price came from."""
    settled: tuple[Settlement, ...]
    """Each of them, in the order of the run."""


class Marks(Section):
    """What the valuations of held legs rest on.

    Source: every valuation of the book, by the order that `assumptions.mark_policy` names.
    """

    count: Count
    """Valuations of one leg at one instant."""
    not_two_sided: Count
    """Those that are no trustworthy two-sided quote."""
    by_source: dict[str, Count]
    """Valuations by what they rest on."""


class MarginCalls(Section):
    """Where the account did not cover its requirement.

    Source: the events of the margin watch, `margin_calls.csv`.
    """

    count: Count
    """Calls, repeated ones after a change of the book included."""
    first_at: Moment | None
    """Instant of the first; null: there was none."""
    met: Count
    """Times that the requirement was covered again."""
    liquidations: Count
    """Positions that calls closed."""


class Accounting(Section):
    """The identity, exact: integers of 0.000001 USD that add up without rounding.

    initial_cash + external_flows + realised + unrealised + interest + dividends - fees = net_liquidation, and
    final_cash + final_market_value = net_liquidation.

    Source: the ledger of the account for cash, the cost bases of the positions for profit.
    """

    initial_cash_micros: int
    """Cash at the start."""
    external_flows_micros: int
    """Deposits less withdrawals."""
    realised_micros: int
    """Profit of what was closed or settled, before fees."""
    unrealised_micros: int
    """Profit of what is held at its last marks, before fees."""
    fees_micros: int
    """Commissions, exchange and regulatory fees, positive."""
    interest_micros: int
    """Interest earned less interest and borrow fees paid."""
    dividends_micros: int
    """On shares held, negative on short shares."""
    final_cash_micros: int
    """Cash at the end."""
    final_market_value_micros: int
    """Value of what is held at the end, at its last marks."""
    net_liquidation_micros: int
    """What the account is worth at the end."""
    balanced: bool
    """Both sums hold to the last micro-dollar."""
