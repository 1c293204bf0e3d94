"""Which format a file is in, told from its content: column names, first bytes, names inside a zip; never its name.

A provider that wants to be found declares `signature: Signature`; there is no other table.
"""

from __future__ import annotations

import codecs
import csv
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

from data.errors import UnknownFormat, UnreadableFile

SYMBOLS_ONLY: Final = b'"root-symbol"'
"""What a file of tastytrade's symbols has and no other JSON (FORMATS section 17)."""
_HEAD: Final = 1 << 16
_LINES: Final = 8  # of a preamble and the header
_GZIP: Final = b"\x1f\x8b"
_ZIP: Final = b"PK\x03\x04"
_FEWEST: Final = 4
_NEAR: Final = 0.4  # share of a format's columns from which on it is worth naming


@dataclass(frozen=True, slots=True)
class Signature:
    """What the files of a format show; one of the marks is enough.

    Attributes:
        headers: alternatives; all names of one of them stand in one of the first lines, blanks around them aside.
        never: names that mark another format; a line that has one of them is no header of this one.
        below: regular expression that the first cell of the line below such a header matches whole.
        magic: first bytes, of the unpacked file if it is gzip.
        beginning: regular expression that the file begins with, for texts that are no tables.
        entries: regular expression that the name of a zip's first entry matches whole.
        opening: regular expression that the beginning of the text matches.
    """

    headers: tuple[tuple[str, ...], ...] = ()
    never: frozenset[str] = frozenset()
    below: str = ""
    magic: bytes = b""
    beginning: bytes = b""
    entries: str = ""
    opening: bytes = b""


class Head(NamedTuple):
    """Beginning of a file; `lines` are cells of the first lines that are not blank, `entry` is a zip's first one."""

    data: bytes
    lines: tuple[tuple[str, ...], ...]
    entry: str


class Recognition(NamedTuple):
    """Name of a format, and the mark that tells it."""

    format: str
    because: str


def recognise(path: Path, providers: Mapping[str, Any]) -> Recognition:
    """The format of a file.

    Args:
        providers: provider classes by name; those without a `signature` are not looked at.

    Raises:
        UnreadableFile: when it cannot be opened or unpacked.
        UnknownFormat: when no format fits, or several do; says what was seen and which formats come near.
    """
    head = read_head(path)
    signatures = {name: one.signature for name, one in providers.items() if hasattr(one, "signature")}
    found = [
        Recognition(name, because)
        for name, signature in sorted(signatures.items())
        if (because := _mark(head, signature)) is not None
    ]
    if len(found) == 1:
        return found[0]
    if found:
        names = " and ".join(f"{one.format} ({one.because})" for one in found)
        raise UnknownFormat(f"{path.name}: fits {names}; choose one with --format")
    raise UnknownFormat(f"{path.name}: {_seen(head)}; {_nearest(head, signatures)}")


def read_head(path: Path) -> Head:
    """Beginning of a file, unpacked if it is gzip.

    Raises:
        UnreadableFile: when it cannot be opened or unpacked.
    """
    try:
        with path.open("rb") as file:
            packed = file.read(_HEAD)
        entry = _first_entry(path) if packed.startswith(_ZIP) else ""
        # No more than _HEAD bytes come out, whatever the file would unpack to.
        data = zlib.decompressobj(wbits=31).decompress(packed, _HEAD) if packed.startswith(_GZIP) else packed
    except OSError as error:
        raise UnreadableFile(f"{path.name}: cannot be opened ({error.strerror or error}); check the path") from error
    except (zlib.error, zipfile.BadZipFile) as error:
        raise UnreadableFile(f"{path.name}: cannot be unpacked ({error}); download it again") from error
    if not data:
        raise UnreadableFile(f"{path.name}: the file is empty; download it again")
    return Head(data, _lines(data), entry)


def _first_entry(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return next(iter(archive.namelist()), "")


def _lines(data: bytes) -> tuple[tuple[str, ...], ...]:
    text = data.decode("utf-8-sig", "replace")
    filled = [line for line in text.splitlines() if line.strip()][:_LINES]
    return tuple(tuple(cell.strip() for cell in next(csv.reader([line]), [])) for line in filled)


def _mark(head: Head, signature: Signature) -> str | None:
    if signature.magic and head.data.startswith(signature.magic):
        return f"begins with {signature.magic!r}"
    if signature.beginning and (beginning := re.match(signature.beginning, head.data)):
        return f"begins with {' '.join(beginning[0].decode('utf-8-sig').split())!r}"
    if signature.entries and re.fullmatch(signature.entries, head.entry):
        return f"a zip whose first entry is {head.entry!r}"
    if signature.opening and re.match(signature.opening, head.data):
        return f"begins like {head.data[:24].decode('utf-8', 'replace')!r}"
    for header in signature.headers:
        for line, below in zip(head.lines, (*head.lines[1:], ("",)), strict=False):
            fits = set(header) <= set(line) and signature.never.isdisjoint(line)
            if fits and re.fullmatch(signature.below or ".*", below[0]):
                return f"columns {', '.join(header)}" + (f" above {below[0]!r}" if signature.below else "")
    return None


def _seen(head: Head) -> str:
    """What the file is, as far as its beginning shows."""
    start = head.data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.entry:
        return f"a zip whose first entry is {head.entry!r}"
    if head.data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "this is UTF-16, convert the file to UTF-8"
    if b"\0" in head.data:
        return f"no text, begins with {head.data[:8]!r}"
    if start[:1] in (b"{", b"["):
        what = "symbols without prices: `ironfly data symbols`" if SYMBOLS_ONLY in head.data else "no table of quotes"
        return f"this is JSON, {what}"
    widest = max(head.lines, key=len, default=())
    below = head.lines[head.lines.index(widest) + 1 :][:1] if widest else ()
    # A quote has a contract, a date and a price; lines of a text are not equally wide.
    if len(widest) < _FEWEST or any(len(line) != len(widest) for line in below):
        return "this is prose or a note, no table of quotes"
    return f"columns {', '.join(widest[:24])[:300]}"


def _nearest(head: Head, signatures: Mapping[str, Signature]) -> str:
    shares = sorted(
        (-len(set(header) & set(line)) / len(header), name, header, line)
        for name, signature in signatures.items()
        for header in signature.headers
        for line in head.lines
    )
    if shares and -shares[0][0] >= _NEAR:
        _, name, header, line = shares[0]
        lacking = ", ".join(column for column in header if column not in line)
        return f"{name} comes near, but {lacking} is missing; choose the format with --format"
    return f"it is none of {', '.join(sorted(signatures))}; choose the format with --format, or leave the file out"
