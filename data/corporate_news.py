"""Dividends, splits and new symbols of a store as market events of a run.

Files say what happened before the open of a date, not when it was announced. Exchanges announce all three days ahead at
least, so each is taken to be known from the open of the session before: it looks ahead of nobody, and comes in time for
who decides on the eve of an ex-date.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Final

from data.underlying_rows import CorporateEvent, SymbolChange
from engine.events import CorporateNews, DividendDeclared, SplitAnnounced, SymbolChanged
from engine.model import Session, SessionTable
from engine.money import to_micros

_LARGEST_DENOMINATOR: Final = 1_000
_DAY: Final = timedelta(days=1)


def corporate_news(
    symbols: Collection[str],
    events: Iterable[CorporateEvent],
    changes: Iterable[SymbolChange],
    span: tuple[date, date],
    sessions: SessionTable,
) -> list[CorporateNews]:
    """What became known of some symbols between two dates, both included, in order.

    Args:
        changes: all rows of each company.
        sessions: that cover more than the span.
    """
    found: list[CorporateNews] = []
    for event in events:
        eve = _eve(event.ex_date, span, sessions)
        if eve is not None and event.symbol in symbols:
            found += _of_event(event, eve)
    for old, new in pairwise(sorted(changes)):
        since = sessions.first_at_or_after(old.until + _DAY)
        eve = None if since is None else _eve(since.on, span, sessions)
        is_renamed = old.company == new.company and old.symbol != new.symbol
        if since is not None and eve is not None and is_renamed and {old.symbol, new.symbol} & set(symbols):
            found.append(SymbolChanged(eve.opens_at, old.symbol, new.symbol, since.on))
    return sorted(found, key=lambda news: (news.at, str(news)))


def ratio_of(shares: float) -> tuple[int, int]:
    """Shares after per shares before; factors of files have seven digits, so that 7 for 1 comes out as 7.000007."""
    ratio = Fraction(shares).limit_denominator(_LARGEST_DENOMINATOR)
    return ratio.numerator, ratio.denominator


def _eve(ex_date: date, span: tuple[date, date], sessions: SessionTable) -> Session | None:
    """Session before a date, when it lies in the span."""
    eve = sessions.last_at_or_before(ex_date - _DAY)
    return eve if eve is not None and span[0] <= eve.on <= span[1] else None


def _of_event(event: CorporateEvent, eve: Session) -> Iterator[CorporateNews]:
    if event.dividend_usd:
        yield DividendDeclared(eve.opens_at, event.symbol, event.ex_date, to_micros(event.dividend_usd))
    if event.shares != 1:
        yield SplitAnnounced(eve.opens_at, event.symbol, event.ex_date, ratio_of(event.shares))
