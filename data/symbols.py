"""Option symbols: OSI, padded to 21 characters or compact (RULES 1.1), one at a time or a column at once.

Roots are capital letters and digits with at least one letter; lower case is refused, not normalised, because a
vendor who writes it uses another convention, whose provider must say so.
"""

from __future__ import annotations

import functools
import re
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from data.errors import BadSymbol

_SHAPE = re.compile(r"(?P<root>[A-Z0-9]{1,6} *)(?P<date>\d{6})(?P<right>[CP])(?P<strike>\d{8})", re.ASCII)
_LONG_STRIKE = re.compile(r"[CP](\d{9,})$", re.ASCII)
_TAIL = 15  # yymmdd, C or P, eight digits of strike
_ROOT = 6
_MOST_THOUSANDTHS = 100_000_000_000  # what contract lists can pack
_TOO_MANY = 10**9


class Symbol(NamedTuple):
    """What a symbol says; `right` is +1 for a call and -1 for a put, `strike` is in USD."""

    root: str
    symbol_date: date
    right: int
    strike: float


class SymbolColumns(NamedTuple):
    """Parsed symbols as columns of one length.

    Attributes:
        root: bytes of width 6, without blanks.
        symbol_date: datetime64[D], the date as written, Saturdays included (RULES 1.3, 1.4).
        right: int8, +1 call, -1 put.
        strike_thousandths: int64, strike times 1000, exact.
    """

    root: NDArray[np.bytes_]
    symbol_date: NDArray[np.datetime64]
    right: NDArray[np.int8]
    strike_thousandths: NDArray[np.int64]


def parse_symbol(text: str) -> Symbol:
    """Parse one symbol.

    Raises:
        BadSymbol: says what is wrong with it.
    """
    long_strike = _LONG_STRIKE.search(text)
    if long_strike:
        raise BadSymbol(
            f"symbol {text!r}: the strike has {len(long_strike[1])} digits, OSI has 8; this is a fabricated symbol, "
            "use data with the exchange's own symbols"
        )
    shape = _SHAPE.fullmatch(text)
    if shape is None or (" " in shape["root"] and len(text) != _ROOT + _TAIL):
        raise BadSymbol(
            f"symbol {text!r} is not OSI: root in capitals, yymmdd, C or P, strike x 1000 in 8 digits, either compact "
            "or with the root padded to 6 by blanks"
        )
    root = shape["root"].rstrip(" ")
    if root.isdigit():
        raise BadSymbol(f"symbol {text!r}: the root {root!r} has no letter")
    digits = shape["date"]
    try:
        symbol_date = date(2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:]))
    except ValueError:
        raise BadSymbol(f"symbol {text!r}: {digits} is no date (yymmdd)") from None
    if int(shape["strike"]) == 0:
        raise BadSymbol(f"symbol {text!r}: the strike is zero")
    return Symbol(root, symbol_date, 1 if shape["right"] == "C" else -1, int(shape["strike"]) / 1000)


def parse_symbols(symbols: NDArray[np.bytes_]) -> SymbolColumns:
    """Parse a column of symbols, shape (n,): each that differs once, by position instead of one by one.

    Raises:
        BadSymbol: for the first row that `parse_symbol` refuses, with its row.
    """
    if not len(symbols):
        return _parse_each(symbols)
    width = symbols.dtype.itemsize
    cells = pa.Array.from_buffers(pa.binary(width), len(symbols), [None, pa.py_buffer(np.ascontiguousarray(symbols))])
    encoded = cells.dictionary_encode()
    code = encoded.indices.to_numpy()
    distinct = np.frombuffer(encoded.dictionary.buffers()[1], f"S{width}", len(encoded.dictionary))
    try:
        parsed = _parse_each(distinct)
    except BadSymbol as error:
        raise BadSymbol(error.reason, int(np.flatnonzero(code == error.row)[0])) from None
    return SymbolColumns(*(column[code] for column in parsed))


def _parse_each(symbols: NDArray[np.bytes_]) -> SymbolColumns:
    count = len(symbols)
    lengths = np.strings.str_len(symbols)
    width = max(symbols.dtype.itemsize, _ROOT + _TAIL)
    characters = np.ascontiguousarray(symbols, f"S{width}").view(np.uint8).reshape(count, width)
    fits = (lengths > _TAIL) & (lengths <= _ROOT + _TAIL)
    root_length = np.where(fits, lengths - _TAIL, 1)
    tail = np.take_along_axis(characters, root_length[:, None] + np.arange(_TAIL), axis=1)
    roots = np.where(np.arange(_ROOT) < root_length[:, None], characters[:, :_ROOT], 0).astype(np.uint8)
    root_is_good = _roots_are_good(roots, root_length)
    digits = tail.astype(np.int64) - ord("0")
    is_digit = (digits >= 0) & (digits <= 9)
    is_call, is_put = tail[:, 6] == ord("C"), tail[:, 6] == ord("P")
    shaped = (
        fits & root_is_good & (is_call | is_put) & is_digit[:, [0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14]].all(1)
    )
    strike = digits[:, 7:] @ (10 ** np.arange(7, -1, -1))
    symbol_date, is_date = _dates(np.where(shaped[:, None], digits[:, :6], 1))
    good = shaped & is_date & (strike > 0)
    if not good.all():
        raise _first_error(symbols, int(np.flatnonzero(~good)[0]))
    roots[roots == ord(" ")] = 0
    return SymbolColumns(
        np.ascontiguousarray(roots).view(f"S{_ROOT}").ravel(),
        symbol_date,
        np.where(is_call, 1, -1).astype(np.int8),
        strike,
    )


def spelled_contracts(
    root: NDArray[np.bytes_],
    expiration: NDArray[np.datetime64],
    right: NDArray[np.int8],
    strike: NDArray[np.float64],
) -> SymbolColumns:
    """Contracts of columns, shape (n,), for markets whose roots or strikes no OSI symbol can hold.

    Raises:
        BadSymbol: for the first row whose strike is not above zero, too large, or finer than a thousandth.
    """
    thousandths = np.rint(np.nan_to_num(strike, posinf=0.0) * 1000)
    wrong = (thousandths <= 0) | (thousandths > _MOST_THOUSANDTHS) | (thousandths / 1000 != strike)
    if wrong.any():
        row = int(np.flatnonzero(wrong)[0])
        most = _MOST_THOUSANDTHS // 1000
        reason = f"strike {float(strike[row])!r} is not above 0, above {most:,}, or finer than 0.001"
        raise BadSymbol(reason, row)
    return SymbolColumns(root, expiration, right.astype(np.int8), thousandths.astype(np.int64))


def osi_symbols(
    root: NDArray[np.bytes_],
    symbol_date: NDArray[np.datetime64],
    right: NDArray[np.int8],
    strike: NDArray[np.float64],
) -> NDArray[np.bytes_]:
    """Compact symbols of columns, shape (n,); strikes in USD, rights +1 or -1.

    A date that a symbol cannot say (before 2000), or a strike finer than a thousandth, is not refused here: the
    normaliser compares both with what the symbol says.
    """
    days = np.strings.replace(np.datetime_as_string(symbol_date).astype(np.bytes_), b"-", b"")
    yymmdd = np.strings.slice(days, 2, 8)
    # Beyond eight digits it does not matter how far: such a symbol is refused.
    thousandths = np.strings.zfill(np.rint(np.clip(strike * 1000, -1, _TOO_MANY)).astype(np.int64).astype(np.bytes_), 8)
    letter = np.where(right > 0, np.bytes_(b"C"), np.bytes_(b"P"))
    parts: tuple[Any, ...] = (root, yymmdd, letter, thousandths)
    symbols: NDArray[np.bytes_] = functools.reduce(np.strings.add, parts)
    return symbols


def _roots_are_good(roots: NDArray[np.uint8], length: NDArray[np.integer[Any]]) -> NDArray[np.bool_]:
    inside = np.arange(_ROOT) < length[:, None]
    letter = (roots >= ord("A")) & (roots <= ord("Z"))
    digit = (roots >= ord("0")) & (roots <= ord("9"))
    blank = roots == ord(" ")
    # Blanks only pad: only in the padded form, and nothing comes after one.
    padding = ~blank.any(1) | ((length == _ROOT) & (blank[:, 1:] | ~blank[:, :-1]).all(1))
    result: NDArray[np.bool_] = (letter | digit | blank | ~inside).all(1) & letter.any(1) & padding
    return result


def _dates(digits: NDArray[np.int64]) -> tuple[NDArray[np.datetime64], NDArray[np.bool_]]:
    """Dates from digits yymmdd, shape (n, 6), and which of them exist."""
    year, month, day = (digits[:, first] * 10 + digits[:, first + 1] for first in (0, 2, 4))
    months = ((2000 - 1970 + year) * 12 + month - 1).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + (day - 1)
    exists = (month >= 1) & (month <= 12) & (day >= 1) & (days.astype("datetime64[M]") == months)
    return days, exists


def _first_error(symbols: NDArray[np.bytes_], row: int) -> BadSymbol:
    text = symbols[row].decode("utf-8", "replace")
    try:
        parse_symbol(text)
    except BadSymbol as error:
        return BadSymbol(error.reason, row)
    return BadSymbol(f"symbol {text!r} is not OSI", row)
