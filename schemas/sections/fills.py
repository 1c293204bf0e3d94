"""The same decisions at other prices: how much of the result hangs on what was paid between bid and ask."""

from __future__ import annotations

from schemas.sections.base import Count, Number, Ratio, Section


class FillGroup(Section):
    """Trades at other prices, and what their fills paid."""

    mid_usd: Number | None
    """Profit had every leg filled at mid; null: not finite."""
    model_usd: Number | None
    """Profit at the fill model of the run; of a group the sum over its trades, dividends and interest apart;
    null: not finite."""
    touch_usd: Number | None
    """Profit had every leg filled at the touch; null: not finite."""
    breakeven_spread_fraction: Ratio | None
    """Fraction of the spread (0.5 mid, 1 touch) at which the profit is zero; null: no leg had a spread."""
    legs: Count
    """Fills of single legs."""
    legs_two_sided: Count
    """Those against a quote with bid and ask."""
    spread_fraction_paid: Ratio | None
    """Fraction of the spread that the fills paid, spreads weighing by their money; null: no leg had a spread."""
    spread_cost_usd: Number | None
    """Profit at mid less profit at the fill model; null: not finite."""
    spread_cost_per_trade_usd: Number | None
    """The same by the number of trades; null: there is none."""


class Capacity(Section):
    """A hint at what more money would have met: contracts filled by contracts that the market showed.

    Of legs of options alone; quotes of which the data say no size, or no volume, are left out.
    """

    legs_with_size: Count
    """Fills of a leg of whose quote the data say a size above 0, at the side that was taken."""
    median_of_size: Ratio | None
    """Median of contracts filled by contracts shown; null: no size is known."""
    largest_of_size: Ratio | None
    """Largest of contracts filled by contracts shown; null: no size is known."""
    tightest_symbol: str | None
    """Contract of the largest; null: no size is known."""
    scale_within_size: Ratio | None
    """So many times larger, nine tenths of the legs still had fit into the size that was shown; null: no size is
    known."""
    legs_with_volume: Count
    """Fills of a leg of which the data say a volume above 0."""
    median_of_volume: Ratio | None
    """Median of contracts filled by contracts that had changed hands on the day; null: no volume is known."""
    largest_of_volume: Ratio | None
    """Largest of contracts filled by contracts that had changed hands; null: no volume is known."""


class FillSensitivity(FillGroup):
    """The same decisions at other prices: the whole run, and its trades by what opened them.

    A leg that pays the fraction f of the spread trades at bid + f x (ask - bid) when it buys, and at
    ask - f x (ask - bid) when it sells: 0.5 is the middle, 1 the touch. A leg that filled where there was no bid and
    ask keeps its price in all of these figures.

    Source: bid, ask and sizes that every leg filled against, `fills.csv`.
    """

    by_strategy: dict[str, FillGroup]
    """By the name of the strategy."""
    by_structure: dict[str, FillGroup]
    """By the canonical name of the legs that were opened."""
    capacity: Capacity
