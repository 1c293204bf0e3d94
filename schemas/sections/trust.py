"""How much of the result rests on prices that nobody quoted, or that carry a flag."""

from __future__ import annotations

from schemas.sections.base import Count, Fraction, Section, Usd


class Touched(Section):
    """Trades that touch something."""

    trades: Count
    """How many."""
    trades_fraction: Fraction | None
    """By all trades, those still open included; null: there is none."""
    profit_usd: Usd
    """Sum of their profits after fees; of open ones at their last mark."""
    moved_usd: Usd
    """Sum of the sizes of these profits, so that gains do not hide losses."""
    moved_fraction: Fraction | None
    """`moved_usd` by the same of all trades; null: no trade made or lost anything."""


class MarkedMoves(Section):
    """How the account moved from one valuation to the next, deposits and withdrawals apart."""

    marks: Count
    """Times that the whole book was valued."""
    unquoted: Count
    """Those at which the mark of some leg was no trustworthy two-sided quote: half the ask, the last good quote, or
    intrinsic value."""
    moved_usd: Usd
    """Sum of the sizes of the moves of net liquidation."""
    unquoted_usd: Usd
    """The same of the moves that begin or end at such a valuation."""
    unquoted_fraction: Fraction | None
    """`unquoted_usd` by `moved_usd`; null: the account did not move."""


class Trust(Section):
    """How much of the result rests on prices that nobody quoted, or that carry a flag.

    A trade touches what one of its fills, its settlement or its last mark touches, with its whole profit: the most that
    hangs on it, not what would be lost without it. One trade can touch several things, so the parts add up to more than
    `touched`.

    Source: flags of the quotes that trades were filled on, what their last marks rest on, and their settlements.
    """

    touched: Touched
    """Trades that touch at least one of what follows."""
    entry_quotes: dict[str, Touched]
    """By flag of the quote that a leg was opened against (`data.quality` says what the flags mean)."""
    exit_quotes: dict[str, Touched]
    """By flag of the quote that a leg was closed against; `no_bid`: it was given up for nothing."""
    last_marks: dict[str, Touched]
    """Trades open at the end of the run, by what the last mark of a leg rests on, two-sided quotes apart."""
    one_sided_fills: Touched
    """A leg filled where there was no bid and ask, e.g. shares on a bar."""
    model_fills: Touched
    """A leg filled at a model's value, as `execution.fills: model_price` does."""
    proxy_settlements: Touched
    """A leg was settled on a proxy price."""
    model_quotes: Touched
    """Every trade, where all option quotes of the run were computed (`data.prices` is `model`)."""
    curve: MarkedMoves
    """The account itself, from valuation to valuation."""
