"""A user's mapping: which column of an unknown vendor's CSV is what, in YAML."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Final, Literal, NamedTuple
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from data.errors import MappingError
from data.markets import MARKETS
from data.raw_rows import VendorUnits
from engine.model import QUOTE_COLUMNS
from engine.naming import suggestion, unknown_name

_MOST_BYTES: Final = 100_000
Name = Annotated[str, Field(min_length=1)]
"""Name of a column in the file, exactly as its header writes it."""


def _pattern(text: str) -> str:
    """Refuse what `strptime` does not understand: otherwise every cell would look wrong."""
    try:
        datetime.strptime("", text)  # noqa: DTZ007 - only the pattern is looked at
    except ValueError as error:
        if "does not match" not in str(error):
            raise ValueError(f"{text!r} is no pattern of strptime ({error})") from None
    return text


def _zone(text: str) -> str:
    if text not in available_timezones():
        raise ValueError(f"unknown time zone {text!r}{suggestion(text, available_timezones(), 'zone')}")
    return text


def _market(text: str) -> str:
    if text not in MARKETS:
        raise ValueError(unknown_name("market", text, MARKETS))
    return text


Pattern = Annotated[Name, AfterValidator(_pattern)]

_VEGA: Final = MappingProxyType({"per_unit": 1.0, "per_point": 100.0})
_THETA: Final = MappingProxyType({"per_year": 1.0, "per_day": 365.0})
_VOLATILITY: Final = MappingProxyType({"fraction": 1.0, "percent": 0.01})
_TICKS: Final = MappingProxyType({"unix_s": 10**9, "unix_ms": 10**6, "unix_us": 10**3, "unix_ns": 1})


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Side(_Part):
    """Quotes, each by the name that the file gives its column; in a wide file those of one side."""

    symbol: Name | None = None
    bid: Name | None = None
    ask: Name | None = None
    bid_size: Name | None = None
    ask_size: Name | None = None
    last: Name | None = None
    volume: Name | None = None
    open_interest: Name | None = None
    implied_volatility: Name | None = None
    delta: Name | None = None
    gamma: Name | None = None
    theta: Name | None = None
    vega: Name | None = None

    def quotes(self) -> dict[str, str]:
        """Names of the file by canonical column, of those that are given."""
        return {name: given for name in QUOTE_COLUMNS if (given := getattr(self, name)) is not None}


class Columns(Side):
    """All columns of a long file; of a wide one those that both sides share."""

    underlying: Name | None = None
    underlying_price: Name | None = None
    root: Name | None = None
    expiration: Name | None = None
    right: Name | None = None
    strike: Name | None = None
    quote_date: Name | None = None
    at: Annotated[tuple[Name, ...], BeforeValidator(lambda one: (one,) if isinstance(one, str) else one)] = ()


class Constants(_Part):
    """What is the same in every row, and stands in no column."""

    underlying: Name | None = None
    underlying_price: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = None
    root: Name | None = None
    right: Literal["call", "put"] | None = None


class Dates(_Part):
    """How dates are written, as for `strptime`."""

    quote_date: Pattern = "%Y-%m-%d"
    expiration: Pattern = "%Y-%m-%d"


class Time(_Part):
    """How `at` is written: a `strptime` pattern in a zone, or a count since 1970."""

    format: Pattern = "%Y-%m-%d %H:%M:%S"
    zone: Annotated[str, AfterValidator(_zone)] = "America/New_York"

    @property
    def tick(self) -> int | None:
        """Nanoseconds in what a count counts; None for a pattern."""
        return _TICKS.get(self.format)


class Rights(_Part):
    """Cells that mean a call and a put; case does not matter."""

    call: tuple[Name, ...] = ("call", "c")
    put: tuple[Name, ...] = ("put", "p")

    def codes(self) -> dict[str, int]:
        """+1 or -1 by cell in lower case."""
        return {cell.lower(): code for cells, code in ((self.put, -1), (self.call, 1)) for cell in cells}


class Units(_Part):
    """What the vendor's numbers count."""

    vega: Literal["per_unit", "per_point"] = "per_unit"
    theta: Literal["per_year", "per_day"] = "per_year"
    implied_volatility: Literal["fraction", "percent"] = "fraction"
    strike: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 1.0

    def factors(self) -> VendorUnits:
        """Factors to the canonical units."""
        return VendorUnits(_VOLATILITY[self.implied_volatility], _VEGA[self.vega], _THETA[self.theta])


class RootRule(_Part):
    """Roots where no column names them: of standard monthly expirations, and of all others."""

    monthly: Name
    other: Name


class ColumnMapping(_Part):
    """A mapping; `docs/data.md` says what each part means."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    resolution: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")] = "eod"
    market: Annotated[str, AfterValidator(_market)] = "US"
    delimiter: Annotated[str, Field(min_length=1, max_length=1)] = ","
    trim: bool = False
    columns: Columns
    calls: Side | None = None
    puts: Side | None = None
    constants: Constants = Constants()
    dates: Dates = Dates()
    time: Time = Time()
    rights: Rights = Rights()
    units: Units = Units()
    roots: RootRule | None = None

    @property
    def is_wide(self) -> bool:
        """Whether a row holds a call and a put."""
        return self.calls is not None

    @property
    def sides(self) -> tuple[Side, ...]:
        """Where quotes stand: calls and puts, or the columns of a long file."""
        return (self.columns,) if self.calls is None or self.puts is None else (self.calls, self.puts)

    @property
    def has_symbols(self) -> bool:
        """Whether the file has OSI symbols, so that nothing has to be put together."""
        return all(side.symbol is not None for side in self.sides)

    @model_validator(mode="after")
    def _consistent(self) -> ColumnMapping:
        for problem in _contradictions(self):
            raise ValueError(problem)
        return self


class MappingFile(NamedTuple):
    """A mapping and the hash of its file."""

    mapping: ColumnMapping
    sha256: str


def read_mapping(path: Path) -> MappingFile:
    """Read and check a mapping.

    Raises:
        MappingError: naming file, key and what was probably meant.
    """
    try:
        text = path.read_bytes()[: _MOST_BYTES + 1]
        if len(text) > _MOST_BYTES:
            raise MappingError(f"{path.name}: larger than {_MOST_BYTES:,} bytes; this is no mapping")
        document = YAML(typ="safe", pure=True).load(text.decode("utf-8-sig"))
    except OSError as error:
        raise MappingError(f"{path.name}: cannot be opened ({error.strerror or error}); check the path") from error
    except (YAMLError, ValueError, RecursionError) as error:
        reason = " ".join(str(error).split())
        raise MappingError(f"{path.name}: is no YAML: {reason[:200]}; correct the file") from None
    if not isinstance(document, dict):
        raise MappingError(f"{path.name}: a mapping has keys like `columns:`; see docs/data.md")
    try:
        return MappingFile(ColumnMapping.model_validate(document), hashlib.sha256(text).hexdigest())
    except ValidationError as error:
        raise MappingError(f"{path.name}: {_explained(error)}") from None


def _contradictions(mapping: ColumnMapping) -> Iterator[str]:
    columns, constants = mapping.columns, mapping.constants
    if (mapping.calls is None) != (mapping.puts is None):
        yield "calls and puts belong together: a row of a wide file holds both"
    if mapping.is_wide and (columns.quotes() or columns.symbol or columns.right or constants.right):
        yield "columns: symbol, right and quotes of a wide file stand under calls and puts"
    if not any(side.quotes() for side in mapping.sides):
        yield "columns: nothing is quoted; map bid and ask, or last"
    if (columns.quote_date is None) == (not columns.at):
        yield "columns: either quote_date, for a file without a time of day, or at"
    for name in ("underlying", "underlying_price", "root", "right"):
        if getattr(columns, name) is not None and getattr(constants, name) is not None:
            yield f"constants.{name}: columns.{name} is given as well; keep one of them"
    if not mapping.has_symbols:
        yield from _lacking(mapping)
    if mapping.roots and (mapping.has_symbols or columns.root or constants.root):
        yield "roots: the root is given as well; keep one of them"
    if set(map(str.lower, mapping.rights.call)) & set(map(str.lower, mapping.rights.put)):
        yield "rights: one text cannot mean call and put"
    yield from _twice(mapping)


def _lacking(mapping: ColumnMapping) -> Iterator[str]:
    """What a contract is put together from, where the file has no symbols."""
    columns, constants = mapping.columns, mapping.constants
    for name in ("expiration", "strike"):
        if getattr(columns, name) is None:
            yield f"columns.{name}: is missing, and so is symbol"
    if not (mapping.is_wide or columns.right or constants.right):
        yield "columns.right: is missing, and so is symbol; a constant or calls and puts would do"
    if not (columns.root or constants.root or mapping.roots or columns.underlying or constants.underlying):
        yield "columns.underlying: is missing, and so is root; a constant would do"


def _twice(mapping: ColumnMapping) -> Iterator[str]:
    places: dict[str, str] = {}
    parts: dict[str, Side | None] = {"columns": mapping.columns, "calls": mapping.calls, "puts": mapping.puts}
    for part, side in parts.items():
        for key, given in ({} if side is None else side.model_dump(exclude_none=True)).items():
            for name in (given,) if isinstance(given, str) else given:
                if name in places:
                    yield f"{part}.{key}: {places[name]} names the column {name!r} as well; a column is one thing"
                places[name] = f"{part}.{key}"


_SHAPES: Final[Mapping[str, Any]] = MappingProxyType(
    {"columns": Columns, "calls": Side, "puts": Side, "constants": Constants, "dates": Dates, "time": Time}
    | {"rights": Rights, "units": Units, "roots": RootRule}
)


def _explained(error: ValidationError) -> str:
    """All problems on one line."""
    found = []
    for one in error.errors(include_url=False, include_input=False):
        place = [str(part) for part in one["loc"]]
        message = one["msg"].removeprefix("Value error, ").replace("Input should be", "must be")
        if one["type"] == "extra_forbidden":
            message = "unknown key" + _meant(place)
        elif one["type"] == "missing":
            message = "is missing"
        found.append(": ".join(part for part in (".".join(place), message) if part))
    return "; ".join(found)


def _meant(place: list[str]) -> str:
    shape = _SHAPES.get(place[0]) if len(place) > 1 else ColumnMapping
    return suggestion(place[-1], shape.model_fields, "key") if shape else ""
