"""What the validator looks for: one entry per count of a report, in the order of its gravity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from engine.model import BLOCKS_BUY, BLOCKS_SELL, QuoteFlag

Blocks = Literal["both sides", "sale", "purchase", "nothing"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One kind of finding.

    Attributes:
        name: as in `QualityCounts`, or `frozen` and `absent`.
        flag: the flag that quotes carry; None where it is told by a count alone.
        usual: part of every good chain, so that it makes no session suspicious.
    """

    name: str
    meaning: str
    flag: QuoteFlag | None = None
    usual: bool = False

    @property
    def title(self) -> str:
        """The name for people."""
        return self.name.replace("_", " ")

    @property
    def blocks(self) -> Blocks:
        """What cannot be traded on a quote with it."""
        if self.flag is None:
            return "nothing"
        sale, purchase = bool(self.flag & BLOCKS_SELL), bool(self.flag & BLOCKS_BUY)
        if sale and purchase:
            return "both sides"
        return "sale" if sale else "purchase" if purchase else "nothing"


FINDINGS: Final = (
    Finding("stale", "the chain repeats that of the session before", QuoteFlag.STALE),
    Finding("off_hours", "the chain is stamped outside of the session's hours", QuoteFlag.OFF_HOURS),
    Finding("expired", "quoted after the last trade of the series", QuoteFlag.EXPIRED),
    Finding("crossed", "bid above ask", QuoteFlag.CROSSED),
    Finding("stub", "the ask is absurdly far from the bid", QuoteFlag.STUB),
    Finding("outlier", "far from what the strikes around it say", QuoteFlag.OUTLIER),
    Finding("arbitrage", "costs less than it must bring, together with others", QuoteFlag.ARBITRAGE),
    Finding("unlisted_date", "the symbol has a date on which nothing expires", QuoteFlag.UNLISTED_DATE),
    Finding("frozen", "bid, ask and sizes stand still while the price must have moved"),
    Finding("absent", "contracts seen before, not expired, and not in any chain of the day"),
    Finding("adjusted", "the root marks a deliverable of its own", usual=True),
    Finding("duplicates", "rows that repeat another one exactly; dropped", usual=True),
    Finding("no_ask", "no ask above 0", QuoteFlag.NO_ASK, usual=True),
    Finding("no_bid", "no bid above 0", QuoteFlag.NO_BID, usual=True),
)
"""All findings, gravest first."""
