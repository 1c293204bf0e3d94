"""Chooses the parts that a configuration names: strategies, signals and models; the names are checked here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

from api.assumptions import PartNames
from api.errors import EventDatesUnreadable, SignalNotLoaded, StrategyNotLoaded, TradeLogUnreadable
from api.event_dates import read_event_dates
from api.python_signals import signal_kind, signal_registry
from api.python_strategies import parameters_class, strategy_class
from api.signal_files import completed
from api.trade_log import read_trade_log
from engine.config import RunConfig
from engine.costs.fees import fee_model
from engine.errors import ConfigurationError
from engine.execution.fills import fill_model
from engine.margin.choice import margin_model
from engine.model import SessionTable
from engine.risk import position_sizer
from engine.runner import Models
from engine.strategies.cycles import Wheel
from engine.strategies.declarative import SpecifiedStrategy
from engine.strategies.event_dates import EventDates
from engine.strategies.script import ScriptedStrategy
from engine.strategies.scripted import ScriptPlayer
from engine.strategies.spec import FixedContracts, PythonStrategy, SizingConfig, StrategyConfig, WheelStrategy
from engine.strategy import Strategy
from schemas.errors import InvalidConfiguration, Problem
from schemas.errors import Path as KeyPath
from schemas.strategy import typed_parameters
from signals.errors import SignalError
from signals.registry import Signal

SignalMaker: TypeAlias = Callable[[SessionTable], Signal]
"""Makes a fresh signal for the sessions of the data."""


def models_of(config: RunConfig) -> Models:
    """Fill, fee and margin model, and one sizer per strategy."""
    return Models(
        fills=fill_model(config.execution.fills, config.pricing),
        fees=fee_model(config.execution.fees),
        margin=margin_model(config.risk, config.pricing),
        sizers={strategy.name: position_sizer(_sizing(strategy)) for strategy in config.strategies},
    )


def names_of(models: Models) -> PartNames:
    """What the summary calls the parts."""
    return PartNames(
        fill_model=models.fills.name, commission_schedule=models.fees.name, margin_model=models.margin.name
    )


def strategies_of(config: RunConfig, base: Path) -> list[Strategy]:
    """Strategies in the order of the configuration.

    Args:
        base: folder that relative paths to strategy files start from.

    Raises:
        InvalidConfiguration: for a class that cannot be loaded, or wrong parameters.
    """
    return [_strategy(strategy, ("strategies", index), base) for index, strategy in enumerate(config.strategies)]


def signals_of(config: RunConfig, base: Path) -> list[SignalMaker]:
    """Makers of the signals, in the order of the configuration; they need the data's sessions only.

    Args:
        base: folder that relative paths to files of values, dates and classes start from.

    Raises:
        InvalidConfiguration: for an unknown kind, a class or file that cannot be used, wrong parameters, a signal of a
            market without one, or one that reads a signal that is not declared before it.
    """
    registry = signal_registry({signal.kind for signal in config.signals})
    makers: list[SignalMaker] = []
    for index, signal in enumerate(config.signals):
        path: KeyPath = ("signals", index)
        with _explained((*path, "kind" if signal.source is None else "source")):
            kind = registry.kind(signal.kind) if signal.source is None else signal_kind(signal.source, base)
        parameters = typed_parameters(kind.parameters, dict(signal.parameters), (*path, "parameters"))
        with _explained((*path, "parameters", "file")):
            parameters = completed(parameters, base)
        with _explained(path):
            kind.check_place(signal.name, signal.underlying, parameters, [one.name for one in config.signals[:index]])
        makers.append(partial(kind.factory, signal.name, signal.underlying, parameters))
    return makers


def _sizing(strategy: StrategyConfig) -> SizingConfig:
    # Every order of a script says how many.
    return FixedContracts() if isinstance(strategy, ScriptedStrategy) else strategy.sizing


def _strategy(strategy: StrategyConfig, path: KeyPath, base: Path) -> Strategy:
    if isinstance(strategy, ScriptedStrategy):
        with _explained((*path, "file")):
            logged = () if strategy.file is None else read_trade_log(base / strategy.file)
        return ScriptPlayer(strategy.name, (*strategy.lines, *logged))
    if isinstance(strategy, PythonStrategy):
        with _explained((*path, "source")):
            made_by = strategy_class(strategy.source, base)
        return made_by(strategy.name, _parameters(made_by, strategy, path))
    if isinstance(strategy, WheelStrategy):
        return Wheel(strategy)
    with _explained((*path, "event_dates")):
        events = EventDates() if strategy.event_dates is None else read_event_dates(base / strategy.event_dates)
        return SpecifiedStrategy(strategy, events)


def _parameters(made_by: type[Strategy], strategy: PythonStrategy, path: KeyPath) -> Any:
    with _explained((*path, "source")):
        shape = parameters_class(made_by)
    return typed_parameters(shape, dict(strategy.parameters), (*path, "parameters"))


@contextmanager
def _explained(path: KeyPath) -> Iterator[None]:
    """Turn the error of a part into a problem of the configuration, at the key that named the part."""
    try:
        yield
    except (
        ConfigurationError,
        SignalError,
        SignalNotLoaded,
        StrategyNotLoaded,
        TradeLogUnreadable,
        EventDatesUnreadable,
    ) as error:
        raise InvalidConfiguration([Problem(path, str(error))]) from error
