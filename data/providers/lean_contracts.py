"""Contracts of LEAN's option zips, told by the names of their entries (FORMATS section 0)."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

from data.errors import BadFile
from data.providers.lean_files import Entry, Place
from data.roots import root_facts

UNDERLYING_KINDS: Final = MappingProxyType({"option": "equity", "indexoption": "index"})
"""Folder of the underlying's bars by the folder of the options."""
_STRIKE_THOUSANDTHS: Final = 10
"""Strikes are in deci-cents, those of a symbol in thousandths of a dollar."""
_LAST_STRIKE: Final = 99_999_999


class LeanContract(NamedTuple):
    """What an entry's name says; `symbol` is OSI."""

    root: str
    underlying: str
    symbol: bytes


def entry_pattern(content: str) -> str:
    """Regular expression of entry names of one content: `quote`, `trade` or `openinterest`."""
    return (
        rf"(?:(?P<day>\d{{8}})_)?(?P<root>[a-z0-9.]+)_(?:(?:minute|hour|daily)_)?{content}_(?:american|european)_"
        r"(?P<right>call|put)_(?P<strike>\d+)_(?P<expiration>\d{8})\.csv"
    )


def zip_suffixes(content: str) -> tuple[str, ...]:
    """Endings of the names of zips of one content; some are zipped once and called `.zip.zip`."""
    return tuple(f"_{content}_{style}.zip{again}" for style in ("american", "european") for again in ("", ".zip"))


def lean_contract(path: Path, place: Place, entry: Entry, content: str) -> LeanContract:
    """The contract of an entry.

    Raises:
        BadFile: for a name of another content or day, an expiration or a strike that can be none.
    """
    parts = re.fullmatch(entry_pattern(content), entry.name, re.ASCII)
    if parts is None:
        raise BadFile(f"{path.name}: {entry.name!r} is no name of a {content} file; download it again")
    if parts["day"] not in (None, path.name[:8]):
        raise BadFile(f"{path.name}: {entry.name!r} is of another day; download it again")
    try:
        expiration = datetime.strptime(parts["expiration"], "%Y%m%d")  # noqa: DTZ007 - a calendar date has no zone
    except ValueError:
        raise BadFile(f"{path.name}: {entry.name!r} expires on no date; correct the name") from None
    strike, rest = divmod(int(parts["strike"]), _STRIKE_THOUSANDTHS)
    if rest or not 0 < strike <= _LAST_STRIKE:
        raise BadFile(f"{path.name}: {entry.name!r} has a strike that no OSI symbol can hold; correct the name")
    root = parts["root"].upper()
    underlying = root_facts(root).underlying if place.kind == "indexoption" else place.ticker.upper()
    symbol = f"{root}{expiration:%y%m%d}{parts['right'][0].upper()}{strike:08d}"
    return LeanContract(root, underlying, symbol.encode())
