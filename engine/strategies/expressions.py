"""Conditions over signals as text: `iv_rank > 0.3 and sma50 > sma200`.

Python's own grammar (`ast`) reads the text; what is allowed becomes closures once, and everything else is an error.
No text is ever evaluated as Python.

    expression  or, and, not, parentheses, comparisons and their chains (10 < vix <= 20)
    numbers     signals by name, or in quotes ('iv-rank'), literals, + - * /, abs(x), min(x, ...), max(x, ...)
    previous(x) x on the values of the chain before, as a strategy saw it
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import isfinite, isnan
from typing import Final, TypeAlias

from engine.errors import ConfigurationError
from engine.naming import unknown_name

ValueOf: TypeAlias = Callable[[str], float | None]
"""The value of a signal by its name; None or NaN where it has none, e.g. `context.signal`."""

_Number: TypeAlias = Callable[[Sequence[float]], float]
_Test: TypeAlias = Callable[[Sequence[float]], bool]

MOST_CHARACTERS: Final = 1_000
DEEPEST: Final = 50

_COMPARISONS: Final[Mapping[type[ast.cmpop], Callable[[float, float], bool]]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
_ARITHMETIC: Final[Mapping[type[ast.operator], Callable[[float, float], float]]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_CHOICES: Final[Mapping[str, Callable[[Sequence[float]], float]]] = {"max": max, "min": min}
_FUNCTIONS: Final = ("abs", *_CHOICES, "previous")
_KNOWN: Final = f"signals, numbers, + - * /, < <= > >= == !=, and, or, not, {', '.join(_FUNCTIONS)}"


@dataclass(frozen=True, slots=True)
class Unmet:
    """Why a condition does not hold.

    Attributes:
        reason: stable words for counting.
        undefined: nobody knows whether it holds, so that its opposite does not hold either.
    """

    reason: str
    undefined: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """A signal that an expression asks for: its value now, or on the chain before."""

    signal: str
    previous: bool = False

    def __str__(self) -> str:
        return f"previous({self.signal})" if self.previous else self.signal


class Expression:
    """A condition over signals. Equal text is the same object, and it keeps nothing between two calls.

    Attributes:
        text: as it was written, white space apart.
        references: every signal that it asks for, in the order of the text, each once.
    """

    __slots__ = ("_not_a_number", "_not_met", "_of_before", "_of_now", "_test", "_undefined", "references", "text")

    def __init__(self, text: str, references: Sequence[Reference], test: _Test) -> None:
        self.text = text
        self.references = tuple(references)
        self._test = test
        self._not_met = Unmet(f"not_met:{text}")
        self._not_a_number = Unmet(f"not_a_number:{text}", undefined=True)
        self._undefined = [Unmet(f"signal_undefined:{one}:{text}", undefined=True) for one in references]

    @property
    def looks_back(self) -> bool:
        """Whether it asks for values of the chain before."""
        return any(one.previous for one in self.references)

    def unmet(self, value_of: ValueOf, previous_of: ValueOf) -> Unmet | None:
        """Why it does not hold; None when it holds.

        One signal without a value leaves the whole undefined, whatever the others say; so does a division by zero
        that was reached (`x != 0 and y / x > 2` does not reach it).

        Args:
            value_of: values of now.
            previous_of: values of the chain before, as `PreviousValues` keeps them.

        Returns:
            `not_met:<text>`, `signal_undefined:<signal>:<text>`, or `not_a_number:<text>`.
        """
        values: list[float] = []
        for index, one in enumerate(self.references):
            value = previous_of(one.signal) if one.previous else value_of(one.signal)
            if value is None or isnan(value):
                return self._undefined[index]
            values.append(value)
        try:
            return None if self._test(values) else self._not_met
        except ArithmeticError:
            return self._not_a_number


@lru_cache(maxsize=1024)
def expression(text: str) -> Expression:
    """The condition that a text says.

    Raises:
        ConfigurationError: for a text that is no condition; says what is wrong in it, and what may stand there.
    """
    plain = " ".join(text.split())
    if len(plain) > MOST_CHARACTERS:
        raise ConfigurationError(f"an expression has at most {MOST_CHARACTERS} characters, this one {len(plain)}")
    compiler = _Compiler(plain)
    return Expression(plain, compiler.references, compiler.test(_tree(plain), 0))


def _tree(text: str) -> ast.expr:
    try:
        return ast.parse(text, mode="eval").body
    except SyntaxError as error:
        place = f" at character {error.offset}" if error.offset else ""
        raise ConfigurationError(f"{text!r} is no expression: {error.msg}{place}; it may hold {_KNOWN}") from None
    except (ValueError, RecursionError, MemoryError):
        raise ConfigurationError(f"{text!r} is no expression; it may hold {_KNOWN}") from None


class _Compiler:
    """One walk over a tree: closures out of its nodes, over the values of its references by position."""

    def __init__(self, text: str) -> None:
        self.references: list[Reference] = []
        self._text = text

    # --- true or false ----------------------------------------------------------------------------------------------

    def test(self, node: ast.expr, depth: int) -> _Test:
        self._check_depth(depth)
        match node:
            case ast.BoolOp(op=op, values=values):
                tests = [self.test(value, depth + 1) for value in values]
                return _all_of(tests) if isinstance(op, ast.And) else _any_of(tests)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return _opposite(self.test(operand, depth + 1))
            case ast.Compare():
                return self._comparison(node, depth)
        raise self._refused(node, "is no condition; compare it with something, e.g. `iv_rank > 0.3`")

    def _comparison(self, node: ast.Compare, depth: int) -> _Test:
        operands = [self.number(one, depth + 1) for one in (node.left, *node.comparators)]
        links = []
        for how, (left, right) in zip(node.ops, pairwise(operands), strict=True):
            if type(how) not in _COMPARISONS:
                raise self._refused(node, f"compares in a way that is not known here; an expression may hold {_KNOWN}")
            links.append(_compared(_COMPARISONS[type(how)], left, right))
        return links[0] if len(links) == 1 else _all_of(links)

    # --- numbers ----------------------------------------------------------------------------------------------------

    def number(self, node: ast.expr, depth: int, previous: bool = False) -> _Number:
        self._check_depth(depth)
        match node:
            case ast.Name(id=name) | ast.Constant(value=str(name)):
                return self._signal(Reference(name, previous))
            case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
                return self._literal(value)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return _negative(self.number(operand, depth + 1, previous))
            case ast.BinOp(left=left, op=how, right=right) if type(how) in _ARITHMETIC:
                sides = self.number(left, depth + 1, previous), self.number(right, depth + 1, previous)
                return _calculated(_ARITHMETIC[type(how)], *sides)
            case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]):
                return self._call(name, arguments, depth, previous)
            case ast.Compare() | ast.BoolOp() | ast.UnaryOp(op=ast.Not()):
                raise self._refused(node, "is true or false and no number; join conditions with `and`, `or`, `not`")
        raise self._refused(node, f"is not known here; an expression may hold {_KNOWN}")

    def _call(self, name: str, arguments: Sequence[ast.expr], depth: int, previous: bool) -> _Number:
        if name not in _FUNCTIONS:
            raise ConfigurationError(
                f"{unknown_name('function', name, _FUNCTIONS)}; a signal has a name of its own and takes no arguments "
                "here, e.g. `sma50`"
            )
        wanted = "1 argument" if name in ("abs", "previous") else "2 arguments or more"
        if (len(arguments) == 1) != (wanted == "1 argument") or not arguments:
            raise ConfigurationError(f"{name} takes {wanted}, not {len(arguments)}, in {self._text!r}")
        if name == "previous" and previous:
            raise ConfigurationError(f"previous stands inside previous in {self._text!r}; it looks back one chain only")
        numbers = [self.number(one, depth + 1, previous or name == "previous") for one in arguments]
        if name == "previous":
            return numbers[0]
        return _absolute(numbers[0]) if name == "abs" else _chosen(_CHOICES[name], numbers)

    def _signal(self, reference: Reference) -> _Number:
        if reference not in self.references:
            self.references.append(reference)
        return operator.itemgetter(self.references.index(reference))

    def _literal(self, value: float) -> _Number:
        try:
            number = float(value)
        except OverflowError:
            number = float("inf")
        if not isfinite(number):
            raise ConfigurationError(f"a number in {self._text!r} is too large")
        return lambda _: number

    # --- what is refused --------------------------------------------------------------------------------------------

    def _refused(self, node: ast.expr, why: str) -> ConfigurationError:
        return ConfigurationError(f"`{ast.get_source_segment(self._text, node) or self._text}` {why}")

    def _check_depth(self, depth: int) -> None:
        if depth > DEEPEST:
            raise ConfigurationError(f"an expression nests at most {DEEPEST} deep; say it in several conditions")


def _all_of(tests: Sequence[_Test]) -> _Test:
    return lambda values: all(test(values) for test in tests)


def _any_of(tests: Sequence[_Test]) -> _Test:
    return lambda values: any(test(values) for test in tests)


def _opposite(test: _Test) -> _Test:
    return lambda values: not test(values)


def _compared(how: Callable[[float, float], bool], left: _Number, right: _Number) -> _Test:
    return lambda values: how(left(values), right(values))


def _negative(number: _Number) -> _Number:
    return lambda values: -number(values)


def _absolute(number: _Number) -> _Number:
    return lambda values: abs(number(values))


def _chosen(how: Callable[[Sequence[float]], float], numbers: Sequence[_Number]) -> _Number:
    return lambda values: how([number(values) for number in numbers])


def _calculated(how: Callable[[float, float], float], left: _Number, right: _Number) -> _Number:
    def value(values: Sequence[float]) -> float:
        result = how(left(values), right(values))
        if not isfinite(result):
            raise OverflowError
        return result

    return value
