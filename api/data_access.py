"""Opens what a configuration asks for, in the store or the model market: an event source, and what is known of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from api.reference_data import (
    bars_of,
    corporate_news_of,
    price_steps_of,
    pricing_rates_of,
    rate_steps_of,
    settlement_values_of,
    share_quotes_of,
)
from api.settings import Settings
from data.benchmark_values import BenchmarkValues, read_benchmark_values
from data.corporate_news import corporate_news
from data.errors import NotCovered, OverrideFileError, SettlementFileError
from data.facts import DataFacts
from data.model_market import ModelMarket, model_market
from data.model_store import ModelSelection, Progress, model_store
from data.overridden_store import OverriddenStore
from data.overrides import Overrides, read_overrides
from data.parquet_store import ParquetStore
from data.preprocessing import PriceStep
from data.replay import StoredSource, open_range, warm_up_start
from data.repository import DataRepository
from data.selection import ContractFilter, MomentFilter, ReadOptions
from data.settlement_values import SettlementValues, settlement_events
from data.share_quotes import share_quotes
from data.underlying_records import Bars
from engine.config import DataSelection, RunConfig
from engine.costs.account_terms import RateStep
from engine.instants import Instant
from engine.sources import EventSource

MODEL_FOLDER: Final = "model"


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
        pricing_rate: of the store, where the configuration asks for it; later_rates: those that became known during
            the run, with their instants.
        benchmark: of the file that the configuration names.
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
    pricing_rate: float | None = None
    later_rates: tuple[tuple[Instant, float], ...] = ()
    benchmark: BenchmarkValues | None = None


def open_data(config: RunConfig, base: Path, store: Path, progress: Progress | None = None) -> RunData:
    """Open the range of a run, warm-up included.

    Args:
        base: folder that relative paths to settlement values, overrides and the benchmark start from.
        store: folder of the store; model prices are kept beside it, in `model`, and made when they are first asked for.
        progress: called while model prices are made.

    Raises:
        DataError: when the store does not cover the range, or one of the user's files is wrong.
    """
    file = config.benchmark.file
    benchmark = None if file is None else read_benchmark_values(base / file)
    if config.data.source == "model":
        data = _model_data(config, store.parent / MODEL_FOLDER, progress)
    else:
        data = _stored_data(config, base, store)
    return replace(data, benchmark=benchmark)


def _stored_data(config: RunConfig, base: Path, store: Path) -> RunData:
    changes = None if config.data.overrides is None else read_overrides(base / config.data.overrides)
    repository = ParquetStore(store, Settings().most_cache_bytes)
    source = _open(config, repository if changes is None else OverriddenStore(repository, changes))
    facts = source.facts
    bars = bars_of(config.data.bars, repository, source)
    quotes = share_quotes_of(config.data.share_quotes, repository, source)
    source = source.with_bars(bars).with_carried_quotes(config.data.carry_quotes)
    source = source.with_events([event for bids, asks in quotes for event in share_quotes(bids, asks)])
    values = settlement_values_of(config, base, repository, source)
    source = source.with_events(corporate_news_of(repository, source))
    if values is not None:
        source = source.with_events(settlement_events(values, source.contracts))
    steps = price_steps_of(config, repository, source, bars)
    read = (*bars, *(series for pair in quotes for series in pair))
    rates = pricing_rates_of(config, repository, source)
    return RunData(
        source,
        facts,
        values,
        overrides=changes,
        bars=read,
        price_steps=steps,
        rates=rate_steps_of(repository),
        pricing_rate=None if rates is None else rates.first,
        later_rates=() if rates is None else rates.later,
    )


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
    if config.pricing.rate_source == "store":
        raise NotCovered("the model market has rates of its own (data.model); leave pricing.rate_source out")
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
    news = corporate_news(
        selection.underlyings, model.dividends(selection.underlyings), (), (first, config.end), source.sessions
    )
    values = settlement_events(model.settlement_values(source.contracts), source.contracts)
    return RunData(source.with_events(news).with_events(values), source.facts, None, model)


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
