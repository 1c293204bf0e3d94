"""tastytrade's answer to `/option-chains/{symbol}/nested`, saved as JSON (FORMATS section 17): symbols, no prices.

Nothing of it can be traded or stored; it tells which contracts are listed, and when they settle.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from data.errors import BadFile, BadRow, BadSymbol
from data.providers.files import read_text_bytes
from data.symbols import Symbol, parse_symbol


class ListedContract(NamedTuple):
    """A contract that is listed.

    Attributes:
        settlement: at the open (`AM`) or at the close (`PM`) of its last day.
        shares: that one contract delivers.
    """

    underlying: str
    symbol: Symbol
    settlement: Literal["AM", "PM"]
    shares: int


class _Strike(BaseModel):
    model_config = ConfigDict(frozen=True)

    strike: float = Field(alias="strike-price")
    call: str
    put: str


class _Expiration(BaseModel):
    model_config = ConfigDict(frozen=True)

    on: date = Field(alias="expiration-date")
    settlement: Literal["AM", "PM"] = Field(alias="settlement-type")
    strikes: tuple[_Strike, ...]


class _Chain(BaseModel):
    model_config = ConfigDict(frozen=True)

    underlying: str = Field(alias="underlying-symbol")
    root: str = Field(alias="root-symbol")
    shares: int = Field(alias="shares-per-contract")
    expirations: tuple[_Expiration, ...]


class _Items(BaseModel):
    items: tuple[_Chain, ...]


class _Answer(BaseModel):
    data: _Items


_FILE: Final[TypeAdapter[Any]] = TypeAdapter(_Answer | _Items | _Chain)


def listed_contracts(path: Path) -> tuple[ListedContract, ...]:
    """Every contract of a file, in its order.

    Raises:
        UnreadableFile, BadFile, BadRow: naming file, place, and what contradicts what.
    """
    try:
        found = _FILE.validate_json(read_text_bytes(path).data)
    except ValidationError as error:
        first = error.errors()[-1]
        place = ".".join(str(part) for part in first["loc"])
        raise BadFile(f"{path.name}: {place}: {first['msg']}; save the answer of the nested chain as it came") from None
    chains = found.data.items if isinstance(found, _Answer) else found.items if isinstance(found, _Items) else (found,)
    return tuple(one for chain in chains for one in _of_chain(chain, path.name))


def _of_chain(chain: _Chain, file: str) -> Iterator[ListedContract]:
    for expiration in chain.expirations:
        for strike in expiration.strikes:
            for right, text in ((1, strike.call), (-1, strike.put)):
                said = Symbol(chain.root, expiration.on, right, strike.strike)
                yield ListedContract(chain.underlying, _checked(text, said, file), expiration.settlement, chain.shares)


def _checked(text: str, said: Symbol, file: str) -> Symbol:
    try:
        symbol = parse_symbol(text)
    except BadSymbol as error:
        raise BadRow(f"{file}: {error.reason}") from None
    if symbol != said:
        raise BadRow(
            f"{file}: symbol {text!r} stands at {said.root} {said.symbol_date} {said.strike:g} "
            f"{'call' if said.right > 0 else 'put'}; one of them is wrong"
        )
    return symbol
