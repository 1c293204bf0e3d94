"""The configurations that come with the product: each is valid, and the two put spreads are one strategy."""

import importlib.util
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter
from ruamel.yaml import YAML

from api.parts import strategies_of
from engine.config import RunConfig
from engine.model import Intent, Order, Position
from engine.strategies.spec import DeclarativeStrategy, PythonStrategy
from engine.strategy import Strategy
from schemas.consistency import contradictions
from signals.catalogue import default_registry
from tests.builders import chain, contract_table, new_york, series, session_table, weekdays
from tests.engine.strategies.fake_run import FakeRun, position, worth
from tests.reference import REPOSITORY

CONFIGS = sorted((REPOSITORY / "configs").glob("*.yaml"))
SESSIONS = session_table(date(2019, 1, 1), date(2019, 12, 31))


def load(path: Path) -> RunConfig:
    return TypeAdapter(RunConfig).validate_python(YAML(typ="safe").load(path))


def named(name: str) -> RunConfig:
    return load(REPOSITORY / "configs" / name)


def built(config: RunConfig) -> Strategy:
    (made,) = strategies_of(config, REPOSITORY / "configs")
    return made


def programmed(spec: PythonStrategy) -> Strategy:
    file, _, name = spec.source.partition(":")
    location = importlib.util.spec_from_file_location("shipped_strategy", REPOSITORY / "configs" / file)
    assert location is not None
    assert location.loader is not None
    module = importlib.util.module_from_spec(location)
    sys.modules[module.__name__] = module  # dataclasses and pydantic look annotations up there
    location.loader.exec_module(module)
    made: type[Strategy] = getattr(module, name)
    return made(spec.name, TypeAdapter[Any](made.Parameters).validate_python(spec.parameters))


@pytest.mark.parametrize("path", CONFIGS, ids=lambda path: path.stem)
def test_configuration_is_valid_and_its_strategy_can_be_built(path: Path) -> None:
    config = load(path)
    assert built(config).name == config.strategies[0].name


@pytest.mark.parametrize("path", CONFIGS, ids=lambda path: path.stem)
def test_signals_are_known_have_valid_parameters_and_are_all_that_strategies_ask_for(path: Path) -> None:
    config, registry = load(path), default_registry()
    for one in config.signals:
        parameters = TypeAdapter[Any](registry.kind(one.kind).parameters).validate_python(one.parameters)
        made = registry.create(
            one.kind, name=one.name, underlying=one.underlying, parameters=parameters, sessions=SESSIONS
        )
        assert made.name == one.name
    assert contradictions(config) == []


@pytest.mark.parametrize("path", CONFIGS, ids=lambda path: path.stem)
def test_every_setting_of_a_configuration_is_explained(path: Path) -> None:
    assert path.read_text().startswith("# ")
    assert f"ironfly run configs/{path.name}" in path.read_text()


@pytest.mark.parametrize("path", CONFIGS, ids=lambda path: path.stem)
def test_every_configuration_stands_in_the_guide_to_strategies(path: Path) -> None:
    assert f"`configs/{path.name}`" in (REPOSITORY / "docs/strategies.md").read_text()


def test_yaml_and_python_put_spread_differ_in_the_strategy_only() -> None:
    said, programmed_ = named("spx_put_spread.yaml"), named("spx_put_spread_python.yaml")
    assert replace(said, name="x", strategies=programmed_.strategies) == replace(programmed_, name="x")
    (first,), (second,) = said.strategies, programmed_.strategies
    assert isinstance(first, DeclarativeStrategy)
    assert isinstance(second, PythonStrategy)
    assert (first.name, first.sizing) == (second.name, second.sizing)


def test_defaults_of_the_python_put_spread_are_what_its_configuration_says() -> None:
    (spec,) = named("spx_put_spread_python.yaml").strategies
    assert isinstance(spec, PythonStrategy)
    parameters = programmed(spec).parameters
    assert parameters == type(parameters)()


# --- one strategy, said and programmed --------------------------------------------------------------------------

DAYS = weekdays(date(2019, 4, 25), date(2019, 5, 28))
TABLE = contract_table({series(day): range(2600, 3100, 5) for day in weekdays(DAYS[0], date(2019, 6, 21))[::2]})
PRICES = [2900.0 + 45.0 * ((7 * day) % 11 - 5) / 5 for day in range(len(DAYS))]


def played(strategy: Strategy) -> tuple[list[Order], FakeRun]:
    """What a strategy requests over the days, when every order fills at once; profits follow the price."""
    run, requested = FakeRun(), []
    for number, (day, price) in enumerate(zip(DAYS, PRICES, strict=True)):
        at = new_york(day, "15:45")
        held = [one for one in run.positions if one.legs[0].instrument.symbol[6:12] >= f"{day:%y%m%d}"]
        run.positions = tuple(held)
        run.values = {
            one.position_id: worth((price - PRICES[number - 1]) * (5 if number % 4 else 30), trusted=number % 5 > 0)
            for one in held
        }
        signals = {"trend": price / 2900.0 - 1.0} if number > 1 else {}
        run.show(strategy, chain(TABLE, at, price), signals)
        orders = [replace(order, order_id=0) for order in run.orders]
        requested += orders
        closed = {order.position_id for order in orders}
        opened = [filled(order, 1000 + number) for order in orders if order.intent is Intent.OPEN]
        run.positions = (*(one for one in run.positions if one.position_id not in closed), *opened)
    return requested, run


def filled(order: Order, position_id: int) -> Position:
    return position(*order.legs, position_id=position_id, credit_usd=500.0, at=order.submitted_at)


def test_yaml_and_python_put_spread_request_the_same_orders_and_decline_for_the_same_reasons() -> None:
    said, said_run = played(built(named("spx_put_spread.yaml")))
    coded, coded_run = played(built(named("spx_put_spread_python.yaml")))
    assert said == coded
    assert said_run.funnel == coded_run.funnel
    assert {order.tag for order in said} == {"entry", "stop_loss", "profit_target", "dte_exit"}
    assert {"signal: signal_undefined:trend", "signal: signal_not_above:trend"} < set(said_run.funnel)
    assert said[0].submitted_at == new_york(DAYS[0] + timedelta(days=4), "15:45")
