"""Opens what a configuration asks for, in the store or the model market: an event source, and what is known of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from api.settings import Settings
from data.bar_rows import ASKS, BIDS
from data.calendar import INDEX_OVERTIME
from data.dividend_events import dividends_declared
from data.errors import NotCovered, NotRunnable, OverrideFileError, SettlementFileError
from data.facts import DataFacts
from data.model_market import ModelMarket, model_market
from data.model_store import ModelSelection, Progress, model_store
from data.overridden_store import OverriddenStore
from data.overrides import Overrides, read_overrides
from data.parquet_store import ParquetStore
from data.preprocessing import PriceStep, price_steps
from data.replay import StoredSource, open_range, warm_up_start
from data.repository import DataRepository
from data.roots import root_facts
from data.selection import ContractFilter, MomentFilter, ReadOptions
from data.settlement_values import (
    SettlementValues,
    read_settlement_values,
    settlement_events,
    stored_settlement_values,
)
from data.share_quotes import share_quotes
from data.underlying_records import Bars, covered
from engine.config import BarSelection, DataSelection, RunConfig
from engine.costs.account_terms import RateStep
from engine.events import DividendDeclared
from engine.model import UnderlyingKind
from engine.runner import midnight
from engine.sources import EventSource

_MODEL_FOLDER: Final = "model"


@dataclass(frozen=True, slots=True)
class RunData:
    """The data of a run.

    Attributes:
        settlement_values: official ones of the user's file, or where the configuration names none of the store; None
            where neither has any.
        overrides: what the user knows better than the store, None where the configuration names no file.
        bars: bars beside the chains, raw.
        price_steps: changes of the unit of prices that signals are told of, by symbol that the run adjusts.
        rates: interest rates of the store, by the date on which each was set.
        model: the model market, None where the quotes are a vendor's; it brings settlement values of its own.
    """

    source: EventSource
    facts: DataFacts
    settlement_values: SettlementValues | None
    model: ModelMarket | None = None
    overrides: Overrides | None = None
    bars: tuple[Bars, ...] = ()
    price_steps: Mapping[str, tuple[PriceStep, ...]] = field(default_factory=dict)
    rates: tuple[RateStep, ...] = ()


def open_data(config: RunConfig, base: Path, store: Path, progress: Progress | None = None) -> RunData:
    """Open the range of a run, warm-up included.

    Args:
        base: folder that relative paths to settlement values and overrides start from.
        store: folder of the store; model prices are kept beside it, in `model`, and made when they are first asked for.
        progress: called while model prices are made.

    Raises:
        DataError: when the store does not cover the range, or the file of settlement values or of overrides is wrong.
    """
    if config.data.source == "model":
        return _model_data(config, store.parent / _MODEL_FOLDER, progress)
    changes = None if config.data.overrides is None else read_overrides(base / config.data.overrides)
    repository = ParquetStore(store, Settings().most_cache_bytes)
    source = _open(config, repository if changes is None else OverriddenStore(repository, changes))
    facts = source.facts
    bars = _bars(config.data.bars, repository, source)
    quotes = _share_quotes(config.data.share_quotes, repository, source)
    source = source.with_bars(bars).with_carried_quotes(config.data.carry_quotes)
    source = source.with_events([event for bids, asks in quotes for event in share_quotes(bids, asks)])
    values = _settlement_values(config, base, repository, source)
    if values is not None:
        source = source.with_events(settlement_events(values, source.contracts))
    source = source.with_events(_dividends(repository, source))
    steps = _price_steps(config, repository, source, bars)
    read = (*bars, *(series for pair in quotes for series in pair))
    return RunData(source, facts, values, overrides=changes, bars=read, price_steps=steps, rates=_rates(repository))


def _model_data(config: RunConfig, folder: Path, progress: Progress | None) -> RunData:
    selection = config.data
    if selection.settlement_values is not None:
        raise SettlementFileError(
            f"{selection.settlement_values}: the model market settles on its own opens and closes; "
            "leave data.settlement_values out"
        )
    if selection.overrides is not None:
        raise OverrideFileError(
            f"{selection.overrides}: nobody knows model prices better than the model; leave data.overrides out"
        )
    if selection.bars:
        raise NotCovered("the model market has no bars; leave data.bars out")
    if selection.share_quotes:
        raise NotCovered("the model market quotes no shares; leave data.share_quotes out")
    if selection.carry_quotes is not None:
        raise NotCovered("the model market quotes every contract at every chain; leave data.carry_quotes out")
    model = model_market(selection.model_seed)
    model.market.position(config.start)
    model.market.position(config.end)
    first = warm_up_start(model.market.days, config.start, config.warm_up_sessions)
    wanted = ModelSelection(selection.underlyings, selection.resolution, first, config.end, selection.model_seed)
    source = _open(config, model_store(folder, wanted, progress))
    values = model.settlement_values(source.contracts)
    return RunData(source.with_events(settlement_events(values, source.contracts)), source.facts, None, model)


def _dividends(store: ParquetStore, source: StoredSource) -> list[DividendDeclared]:
    """Dividends of the run's underlyings, as far as the store knows any."""
    with store.underlyings() as records:
        events = [] if records is None else [one for name in source.underlyings for one in records.events(name)]
    return dividends_declared(events, source.sessions)


def _settlement_values(
    config: RunConfig, base: Path, store: ParquetStore, source: StoredSource
) -> SettlementValues | None:
    file = config.data.settlement_values
    if file is not None:
        return read_settlement_values(base / file)
    with store.underlyings() as records:
        return None if records is None else stored_settlement_values(records.settlements(), source.contracts)


def _share_quotes(wanted: Sequence[BarSelection], store: ParquetStore, source: StoredSource) -> list[tuple[Bars, Bars]]:
    """Bids and asks of each symbol.

    Raises:
        NotCovered: as `_bars`.
    """
    bids, asks = (
        _bars([replace(one, resolution=one.resolution + side) for one in wanted], store, source)
        for side in (BIDS, ASKS)
    )
    return list(zip(bids, asks, strict=True))


def _bars(wanted: Sequence[BarSelection], store: ParquetStore, source: StoredSource) -> tuple[Bars, ...]:
    """Bars that the configuration asks for, from the first day that is read to the close of the last.

    Bars of an index reach as far as its options trade.

    Raises:
        NotCovered: when the store has none of a symbol in the range; says what it has.
    """
    if not wanted:
        return ()
    first = midnight(source.facts.first, source.sessions)
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


def _price_steps(
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


def _rates(store: ParquetStore) -> tuple[RateStep, ...]:
    with store.underlyings() as records:
        stored = () if records is None else records.rates()
    return tuple(RateStep(since=rate.on, percent=rate.percent) for rate in stored)


def _open(config: RunConfig, store: DataRepository) -> StoredSource:
    selection = config.data
    return open_range(
        store,
        selection.underlyings,
        selection.resolution,
        config.start,
        config.end,
        _options(selection, config.warm_up_sessions),
    )


def _options(selection: DataSelection, warm_up_sessions: int) -> ReadOptions:
    chosen, percent = selection.contracts, selection.contracts.moneyness_percent
    return ReadOptions(
        warm_up_sessions=warm_up_sessions,
        # Chains of the model market come with the Greeks that they were made with.
        greeks="vendor" if selection.source == "model" else selection.greeks,
        moments=MomentFilter(selection.times, selection.every_minutes),
        contracts=ContractFilter(
            chosen.roots, chosen.max_dte, None if percent is None else percent / 100, chosen.min_dte
        ),
    )
