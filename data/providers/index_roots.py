"""Roots of options whose vendor writes only a ticker."""

from __future__ import annotations

from typing import Final

from data.roots import INDEX_ROOTS
from engine.model import SettlementSession

_PUNCTUATION: Final = str.maketrans("", "", ".-/_ ^$")
"""In tickers, but not in roots: `BRK.B` is written on as `BRKB`; `^SPX` and `$SPX` are the index."""


def symbol_of(ticker: str) -> str:
    """Symbol of a share or an index as roots spell it.

    Raises:
        ValueError: when it holds anything else than letters, digits and punctuation, or nothing.
    """
    symbol = ticker.translate(_PUNCTUATION).upper()
    if not (symbol.isascii() and symbol.isalnum()):
        raise ValueError(f"{ticker[:40]!r} is no ticker")
    return symbol


def settling_root(underlying: str, session: SettlementSession) -> str:
    """Root of the options on an underlying that settle at the open or at the close, e.g. SPX or SPXW.

    The symbol itself where an index has no such root, and for shares and funds.
    """
    found = (facts.root for facts in INDEX_ROOTS.values() if (facts.underlying, facts.session) == (underlying, session))
    return next(found, underlying)


def settles_both_ways(underlying: str) -> bool:
    """Whether an index has options that settle at the open and others that settle at the close."""
    return len({facts.session for facts in INDEX_ROOTS.values() if facts.underlying == underlying}) == 2
