"""What a run reads from the store besides its chains: bars, settlement values, splits and dividends, rates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from data.bar_rows import ASKS, BIDS
from data.calendar import INDEX_OVERTIME
from data.corporate_news import corporate_news
from data.errors import NotCovered, NotRunnable
from data.interest_rates import known_rates
from data.parquet_store import ParquetStore
from data.preprocessing import PriceStep, price_steps
from data.replay import StoredSource
from data.roots import root_facts
from data.settlement_values import SettlementValues, read_settlement_values, stored_settlement_values
from data.underlying_records import Bars, covered
from engine.config import BarSelection, RunConfig
from engine.costs.account_terms import RateStep
from engine.events import CorporateNews
from engine.instants import Instant, iso
from engine.model import UnderlyingKind


def settlement_values_of(
    config: RunConfig, base: Path, store: ParquetStore, source: StoredSource
) -> SettlementValues | None:
    """Values of the file that the configuration names, else those of the store that concern the contracts.

    Args:
        base: folder that a relative path starts from.

    Raises:
        SettlementFileError: when the file is wrong.
    """
    file = config.data.settlement_values
    if file is not None:
        return read_settlement_values(base / file)
    with store.underlyings() as records:
        return None if records is None else stored_settlement_values(records.settlements(), source.contracts)


def share_quotes_of(
    wanted: Sequence[BarSelection], store: ParquetStore, source: StoredSource
) -> list[tuple[Bars, Bars]]:
    """Bids and asks of each symbol.

    Raises:
        NotCovered: as `bars_of`.
    """
    bids, asks = (
        bars_of([replace(one, resolution=one.resolution + side) for one in wanted], store, source)
        for side in (BIDS, ASKS)
    )
    return list(zip(bids, asks, strict=True))


def bars_of(wanted: Sequence[BarSelection], store: ParquetStore, source: StoredSource) -> tuple[Bars, ...]:
    """Bars that the configuration asks for, from the first day that is read to the close of the last.

    Bars of an index reach as far as its options trade.

    Raises:
        NotCovered: when the store has none of a symbol in the range; says what it has.
    """
    if not wanted:
        return ()
    first = source.sessions.midnight(source.facts.first)
    with store.underlyings() as records:
        found = [
            records.bars(one.symbol, one.resolution, first, source.ends_at + _overtime(one.symbol))
            for one in wanted
            if records is not None
        ]
        stored = () if records is None else records.infos()
    for one in found:
        if not len(one.ends_at):
            known = ", ".join(f"{info.symbol} ({info.resolution}) {covered(info)}" for info in stored) or "none"
            raise NotCovered(
                f"bars of {one.symbol} ({one.resolution}): none from {source.facts.first} to {source.facts.last}; "
                f"stored: {known}"
            )
    return tuple(found)


def _overtime(symbol: str) -> int:
    return INDEX_OVERTIME if root_facts(symbol).kind is UnderlyingKind.INDEX else 0


def price_steps_of(
    config: RunConfig, store: ParquetStore, source: StoredSource, bars: Sequence[Bars]
) -> dict[str, tuple[PriceStep, ...]]:
    """Splits and dividends of the range, by symbol that the configuration wants adjusted.

    Raises:
        NotCovered: when the store knows none of a symbol; what is not there cannot be told from what did not happen.
        NotRunnable: when two entries of a symbol differ, or a dividend cannot be right.
    """
    wanted = {one.symbol: one.adjust for one in config.data.bars}
    found: dict[str, tuple[PriceStep, ...]] = {}
    with store.underlyings() as records:
        for chosen, own in zip(config.data.bars, bars, strict=True):
            if chosen.adjust != wanted[chosen.symbol]:
                raise NotRunnable(f"bars of {chosen.symbol}: data.bars adjusts some of them only; adjust all or none")
            if chosen.adjust == "none" or records is None:
                continue
            events = records.events(chosen.symbol)
            if not events:
                raise NotCovered(
                    f"bars of {chosen.symbol}: the store knows no splits or dividends of it to adjust for; "
                    "import them, or set adjust: none"
                )
            known = [one for one in events if one.ex_date <= source.facts.last]
            # Of several resolutions the first one's closes say what a dividend is worth.
            found.setdefault(chosen.symbol, price_steps(own, known, chosen.adjust, source.sessions.timezone))
    return found


def corporate_news_of(store: ParquetStore, source: StoredSource) -> list[CorporateNews]:
    """Dividends, splits and new symbols of the underlyings and of the symbols with bars, as they became known."""
    with store.underlyings() as records:
        if records is None:
            return []
        span = source.facts.first, source.facts.last
        return corporate_news(set(source.underlyings), records.events(), records.changes(), span, source.sessions)


@dataclass(frozen=True, slots=True)
class PricingRates:
    """Rates of the store per year, continuously compounded, where the configuration asks for them.

    Attributes:
        first: known at the open of the first session on which strategies act: what the run prices with.
        later: those that became known afterwards, by their instants, ascending.
    """

    first: float
    later: tuple[tuple[Instant, float], ...]


def pricing_rates_of(config: RunConfig, store: ParquetStore, source: StoredSource) -> PricingRates | None:
    """Rates that the run prices with; None where the configuration names one itself.

    Raises:
        NotCovered: when the store has none, or none that was known then.
    """
    if config.pricing.rate_source == "constant":
        return None
    with store.underlyings() as records:
        stored = () if records is None else records.rates()
    if not stored:
        raise NotCovered("pricing.rate_source: the store has no rates; import them, or set a constant pricing.rate")
    rates = known_rates("the store", [(one.on, one.percent) for one in stored])
    begins = source.sessions.between(config.start, config.end)[0].opens_at
    rate = rates.known_at(begins)
    if rate is None:
        raise NotCovered(
            f"pricing.rate_source: no rate was known at {iso(begins)}, the first is of {iso(int(rates.at[0]))}; "
            "import earlier ones, or set a constant pricing.rate"
        )
    later = zip(rates.at.tolist(), rates.rate.tolist(), strict=True)
    return PricingRates(rate, tuple((at, one) for at, one in later if at > begins))


def rate_steps_of(store: ParquetStore) -> tuple[RateStep, ...]:
    """Rates of the store by the dates on which they were set."""
    with store.underlyings() as records:
        stored = () if records is None else records.rates()
    return tuple(RateStep(since=rate.on, percent=rate.percent) for rate in stored)
