"""Bytes of Databento's DBN files, packed with zstd or plain.

The decoder of `databento` would neither miss the end of a packed file nor refuse one that fills the memory.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from data.errors import UnreadableFile
from data.providers.files import most_unpacked, too_large

ZSTD: Final = b"\x28\xb5\x2f\xfd"
DBN: Final = b"DBN"
_CHUNK: Final = 4 << 10
"""A block of zstd grows from 4 bytes to 128 KB, and nothing stops within a chunk."""


def read_dbn_bytes(path: Path) -> bytes:
    """Unpacked bytes of a DBN file.

    Raises:
        UnreadableFile: when it cannot be opened or unpacked, is cut off, too large, or no DBN.
    """
    try:
        packed = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"{path.name}: cannot be opened ({error.strerror or error}); check the path") from error
    data = _unpacked(path, packed) if packed.startswith(ZSTD) else packed
    if not data.startswith(DBN):
        raise UnreadableFile(f"{path.name}: is no DBN file, which begins with 'DBN'; ask for the encoding dbn")
    return data


def _unpacked(path: Path, packed: bytes) -> bytes:
    import zstandard  # noqa: PLC0415 - optional, comes with databento

    limit = most_unpacked(len(packed))
    parts, size, frame = [], 0, zstandard.ZstdDecompressor().decompressobj()
    try:
        for start in range(0, len(packed), _CHUNK):
            chunk = packed[start : start + _CHUNK]
            while chunk:
                if frame.eof:
                    frame = zstandard.ZstdDecompressor().decompressobj()
                part = frame.decompress(chunk)
                chunk = frame.unused_data if frame.eof else b""
                parts.append(part)
                size += len(part)
                if size > limit:
                    raise too_large(path, limit)
    except zstandard.ZstdError as error:
        raise UnreadableFile(f"{path.name}: the zstd file is damaged ({error}); download it again") from error
    if not frame.eof:
        raise UnreadableFile(f"{path.name}: the zstd file is cut off; download it again")
    return b"".join(parts)
