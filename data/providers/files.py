"""Bytes of a vendor file, unpacked."""

from __future__ import annotations

import gzip
import hashlib
import io
import zlib
from pathlib import Path
from typing import Final, NamedTuple

from data.errors import UnreadableFile

MOST_BYTES: Final = 2 << 30
"""Largest unpacked file; a packed file that grows beyond it is refused rather than left to fill the memory."""
_BOMB_BYTES: Final = 64 << 20
_BOMB_RATIO: Final = 100
"""Tables of numbers shrink to a third or a tenth; what grows more than this is made to fill the memory."""
_CHUNK: Final = 1 << 20
_GZIP_MAGIC: Final = b"\x1f\x8b"


class Content(NamedTuple):
    """A file's bytes after unpacking, and the hash of the file as it lies on disk."""

    data: bytes
    sha256: str


def file_hash(path: Path) -> str:
    """SHA-256 of a file, hexadecimal.

    Raises:
        UnreadableFile: when it cannot be opened.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise _unopened(path, error) from error


def read_text_bytes(path: Path) -> Content:
    """Bytes of a text file, plain or gzip, whatever its name ends with; checked to be UTF-8 without NUL.

    Raises:
        UnreadableFile: when it cannot be opened or unpacked, is too large, or is not text.
    """
    try:
        packed = path.read_bytes()
    except OSError as error:
        raise _unopened(path, error) from error
    data = _unpacked(path, packed) if packed.startswith(_GZIP_MAGIC) else packed
    if not data:
        raise UnreadableFile(f"{path.name}: the file is empty; download it again")
    _check_text(path, data)
    return Content(data, hashlib.sha256(packed).hexdigest())


def _unpacked(path: Path, packed: bytes) -> bytes:
    limit = most_unpacked(len(packed))
    parts, size = [], 0
    try:
        with gzip.open(io.BytesIO(packed)) as file:
            while size <= limit and (part := file.read(_CHUNK)):
                parts.append(part)
                size += len(part)
    except EOFError as error:
        raise UnreadableFile(
            f"{path.name}: the gzip file is truncated ({len(packed):,} bytes on disk); download it again"
        ) from error
    except (OSError, zlib.error) as error:
        raise UnreadableFile(f"{path.name}: the gzip file is damaged ({error}); download it again") from error
    if size > limit:
        raise too_large(path, limit)
    return b"".join(parts)


def most_unpacked(packed: int) -> int:
    """Bytes that a packed file of this size may unpack to."""
    return min(MOST_BYTES, max(_BOMB_BYTES, _BOMB_RATIO * packed))


def too_large(path: Path, limit: int) -> UnreadableFile:
    """Error for a file that unpacks to more than it may."""
    return UnreadableFile(f"{path.name}: unpacks to more than {limit:,} bytes; if it is no mistake, split it by day")


def _check_text(path: Path, data: bytes) -> None:
    nul = data.find(b"\0")
    if nul >= 0:
        line = data.count(b"\n", 0, nul) + 1
        raise UnreadableFile(f"{path.name}: line {line} holds a NUL byte, this is not text; is it the right file?")
    if data.isascii():
        return
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableFile(f"{path.name}: line {line} is not UTF-8; convert the file to UTF-8") from error


def _unopened(path: Path, error: OSError) -> UnreadableFile:
    return UnreadableFile(f"{path.name}: cannot be opened ({error.strerror or error}); check the path")
