"""Functions of TA-Lib: what a configuration may say about one, checked against TA-Lib's own tables, and its values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
import talib
from numpy.typing import NDArray
from talib import abstract, stream

from engine.naming import suggestion, unknown_name
from signals.session_bars import COLUMNS

Option: TypeAlias = int | float | str
"""A number, or the name of a moving average (`EMA`) where TA-Lib wants the number of its kind."""
InputColumns: TypeAlias = str | tuple[str, ...]

# TA-Lib's type stubs do not show these modules as they are.
_TALIB: Final[Any] = talib
_ABSTRACT: Final[Any] = abstract
_STREAM: Final[Any] = stream

FUNCTIONS: Final[tuple[str, ...]] = tuple(_TALIB.get_functions())
"""Names of all of them."""

_OUT_OF_RANGE: Final = -1
"""The look-back of a function with a parameter that it does not accept."""


@dataclass(frozen=True, slots=True)
class ChosenFunction:
    """A function of TA-Lib with everything chosen that it leaves to choose.

    Attributes:
        columns: which column of a session's bar each of its input arrays is.
        options: its parameters, those that were set.
        output: position of the output that counts.
        lookback: sessions that pass before the first value.
    """

    name: str
    columns: tuple[int, ...]
    options: Mapping[str, int | float]
    output: int
    lookback: int

    def last_value(self, bars: NDArray[np.float64]) -> float:
        """The value after the last session.

        Args:
            bars: of shape (5, sessions), in the order of `COLUMNS`, one session at least.
        """
        found = getattr(_TALIB, self.name)(*(bars[one] for one in self.columns), **self.options)
        return float(found[self.output][-1] if isinstance(found, tuple) else found[-1])

    def stream(self, bars: NDArray[np.float64]) -> FunctionStream | None:
        """A stream that continues these sessions; None where they are too few for one."""
        try:
            made = getattr(_STREAM, self.name)(*(bars[one] for one in self.columns), **self.options)
        except _TALIB.InsufficientHistory:
            return None
        return FunctionStream(made, self)


class FunctionStream:
    """A function that has seen sessions and keeps of them what it needs."""

    def __init__(self, made: Any, function: ChosenFunction) -> None:
        self._made = made
        self._columns, self._output = function.columns, function.output

    def take(self, bar: NDArray[np.float64]) -> None:
        """Add a finished session, of shape (5,)."""
        self._made.update(*self._inputs(bar))

    def value_with(self, bar: NDArray[np.float64]) -> float:
        """The value that a session, of shape (5,), would give; it is not added."""
        found = self._made.peek(*self._inputs(bar))
        return float(found[self._output] if isinstance(found, tuple) else found)

    def _inputs(self, bar: NDArray[np.float64]) -> list[float]:
        values = bar.tolist()
        return [values[one] for one in self._columns]


def function_facts(name: str) -> dict[str, Any]:
    """What TA-Lib's table says of a function: `input_names`, `parameters` with their defaults, `output_names`, ..."""
    facts: dict[str, Any] = _ABSTRACT.Function(name).info
    return facts


def lookback(name: str, options: Mapping[str, int | float]) -> int:
    """Sessions that pass before the first value, or -1 where the function does not accept a parameter."""
    return int(_ABSTRACT.Function(name, **options).lookback)


def chosen_function(
    name: str, inputs: Mapping[str, InputColumns], output: str | None, options: Mapping[str, Option]
) -> ChosenFunction:
    """Check a choice.

    Args:
        inputs: columns of the session's bar by TA-Lib's name of the input; those left out are TA-Lib's own.
        output: needed where the function has several.

    Raises:
        ValueError: says what the function has, and the nearest valid name.
    """
    if name not in FUNCTIONS:
        raise ValueError(unknown_name("TA-Lib function", name, FUNCTIONS))
    facts = function_facts(name)
    typed = _options(name, facts["parameters"], options)
    columns = _columns(name, facts["input_names"], inputs)
    output_position = _output(name, facts["output_names"], output)
    return ChosenFunction(name, columns, typed, output_position, _checked_lookback(name, typed))


def _options(name: str, known: Mapping[str, int | float], said: Mapping[str, Option]) -> dict[str, int | float]:
    typed: dict[str, int | float] = {}
    for key, value in said.items():
        if key not in known:
            raise ValueError(f"{name} has no parameter {key!r}{suggestion(key, known, 'parameter')}")
        typed[key] = _number(name, key, value, whole=isinstance(known[key], int))
    return typed


def _number(name: str, key: str, value: Option, *, whole: bool) -> int | float:
    if isinstance(value, str):
        averages = {kind: number for kind, number in vars(type(_TALIB.MA_Type)).items() if kind.isupper()}
        if not key.endswith("matype"):
            raise ValueError(f"{name}: {key} is {value!r}; write a number")
        if value not in averages:
            raise ValueError(f"{name}: {key}: {unknown_name('moving average', value, averages)}")
        return int(averages[value])
    if whole and not isinstance(value, int):
        raise ValueError(f"{name}: {key} is {value}; write a whole number")
    return int(value) if whole else float(value)


def _checked_lookback(name: str, options: Mapping[str, int | float]) -> int:
    together = lookback(name, options)
    if together != _OUT_OF_RANGE:
        return together
    defaults = function_facts(name)["parameters"]
    for key, value in options.items():
        if lookback(name, {key: value}) == _OUT_OF_RANGE:
            raise ValueError(f"{name} does not accept {key} {value}; its default is {defaults[key]}")
    said = ", ".join(f"{key} {value}" for key, value in options.items())
    raise ValueError(f"{name} does not accept {said} together")


def _columns(name: str, known: Mapping[str, Any], said: Mapping[str, InputColumns]) -> tuple[int, ...]:
    for key in said:
        if key not in known:
            raise ValueError(f"{name} has no input {key!r}{suggestion(key, known, 'input')}")
    chosen: list[int] = []
    for key, default in known.items():
        wanted = _names(default)
        names = _names(said.get(key, wanted))
        if len(names) != len(wanted):
            raise ValueError(f"{name}: input {key!r} is {len(names)} columns; it takes {len(wanted)}, as {wanted}")
        for column in names:
            if column not in COLUMNS:
                raise ValueError(f"{name}: input {key!r}: {unknown_name('column', column, COLUMNS)}")
            chosen.append(COLUMNS.index(column))
    return tuple(chosen)


def _names(columns: Any) -> tuple[str, ...]:
    return (columns,) if isinstance(columns, str) else tuple(columns)


def _output(name: str, known: list[str], said: str | None) -> int:
    if said is None and len(known) == 1:
        return 0
    if said is None:
        raise ValueError(f"{name} has several outputs; choose one with `output`: {', '.join(known)}")
    if said not in known:
        raise ValueError(f"{name} has no output {said!r}{suggestion(said, known, 'output')}")
    return known.index(said)
