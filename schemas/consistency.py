"""What no strategy or signal can say by itself: names that must exist in the run or differ, dates in order.

What the fields of one record must agree on, the engine's dataclasses check themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.config import RunConfig
from engine.naming import suggestion
from engine.strategies.expressions import expression
from engine.strategies.spec import DeclarativeStrategy, ExpressionCondition, SignalCondition, WheelStrategy
from engine.strategies.spec.conditions import Condition, SimpleCondition, parts_of
from engine.strategies.spec.triggers import SignalTrigger
from schemas.errors import Path, Problem


def contradictions(config: RunConfig) -> list[Problem]:
    """Problems of a run configuration that its parts alone do not show."""
    return list(_of_run(config))


def _of_run(config: RunConfig) -> Iterator[Problem]:
    if config.start > config.end:
        yield Problem(("end",), f"lies before start ({config.start.isoformat()}); expected start <= end")
    underlyings, signals = config.data.underlyings, [signal.name for signal in config.signals]
    yield from _repeated(underlyings, ("data", "underlyings"), "underlying")
    yield from _repeated([one.name for one in config.strategies], ("strategies",), "strategy", ("name",))
    yield from _repeated(signals, ("signals",), "signal", ("name",))
    yield from _of_benchmark(config)
    markets = (*underlyings, *(bars.symbol for bars in config.data.bars))
    for index, signal in enumerate(config.signals):
        if signal.underlying is not None and signal.underlying not in markets:
            hint = suggestion(signal.underlying, markets, "market")
            where: Path = ("signals", index, "underlying")
            yield Problem(where, f"{signal.underlying!r} is not among data.underlyings or data.bars{hint}")
    if config.risk.beta is not None:
        yield from _unpriced(config.risk.beta.index, config, ("risk", "beta", "index"))
    for index, strategy in enumerate(config.strategies):
        if isinstance(strategy, DeclarativeStrategy):
            yield from _unknown_market(strategy.underlying, underlyings, ("strategies", index, "underlying"))
            yield from _unknown_signals(strategy, signals, ("strategies", index))
        if isinstance(strategy, WheelStrategy):
            yield from _unknown_market(strategy.underlying, underlyings, ("strategies", index, "underlying"))
            yield from _shares_not_kept(config, strategy)


def _of_benchmark(config: RunConfig) -> Iterator[Problem]:
    benchmark = config.benchmark
    if benchmark.symbol is not None and benchmark.file is not None:
        yield Problem(("benchmark",), "names a symbol and a file; keep one of them")
    elif benchmark.symbol is not None:
        yield from _unpriced(benchmark.symbol, config, ("benchmark", "symbol"))


def _unknown_signals(strategy: DeclarativeStrategy, signals: Sequence[str], path: Path) -> Iterator[Problem]:
    for path_of, conditions in _conditions_of(strategy):
        for where, part in parts_of(conditions):
            for key, name in _signals_of(part):
                if name not in signals:
                    hint = suggestion(name, signals, "signal")
                    yield Problem((*path, *path_of, "conditions", *where, key), f"unknown signal {name!r}{hint}")


def _conditions_of(strategy: DeclarativeStrategy) -> Iterator[tuple[Path, Sequence[Condition]]]:
    """What entries, exits and adjustments ask, and where."""
    yield ("entry",), strategy.entry.conditions
    for index, rule in enumerate(strategy.exit.rules):
        if isinstance(rule, SignalTrigger):
            yield ("exit", "rules", index), rule.conditions
    for index, adjustment in enumerate(strategy.adjustments):
        for number, trigger in enumerate(adjustment.when):
            if isinstance(trigger, SignalTrigger):
                yield ("adjustments", index, "when", number), trigger.conditions


def _signals_of(part: SimpleCondition) -> Iterator[tuple[str, str]]:
    """Every signal that a condition asks for, and the key that names it."""
    match part:
        case SignalCondition(signal=name):
            yield "signal", name
        case ExpressionCondition(when=text):
            yield from (("when", name) for name in dict.fromkeys(one.signal for one in expression(text).references))


def _shares_not_kept(config: RunConfig, strategy: WheelStrategy) -> Iterator[Problem]:
    if config.exercise.delivered_shares != "keep":
        yield Problem(
            ("exercise", "delivered_shares"),
            f"strategy {strategy.name!r} is a wheel and sells calls on the shares that it is assigned; "
            "expected delivered_shares: keep",
        )


def _unknown_market(underlying: str, underlyings: Sequence[str], path: Path) -> Iterator[Problem]:
    if underlying not in underlyings:
        hint = suggestion(underlying, underlyings, "underlying")
        yield Problem(path, f"{underlying!r} is not among data.underlyings{hint}")


def _unpriced(symbol: str, config: RunConfig, path: Path) -> Iterator[Problem]:
    known = [*config.data.underlyings, *(bars.symbol for bars in config.data.bars)]
    if symbol not in known:
        hint = suggestion(symbol, known, "symbol")
        yield Problem(path, f"{symbol!r} is not among data.underlyings and data.bars{hint}")


def _repeated(names: Sequence[str], path: Path, noun: str, field: Path = ()) -> Iterator[Problem]:
    for index, name in enumerate(names):
        first = names.index(name)
        if first < index:
            yield Problem((*path, index, *field), f"{noun} {name!r} stands twice (first at item {first}); rename one")
