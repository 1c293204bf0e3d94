"""One file from a bucket to a folder: whole under its name, or not at all.

What has arrived waits in `NAME.<ETag>.part`; after a break, in this process or a later one, the rest is asked for, as
long as the server's file is the same. Size and checksum are verified before the file gets its name.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Final

from data.connectors.s3_bucket import Passing, RemoteFile, S3Bucket
from data.errors import FetchError

_MD5: Final = re.compile(r"[0-9a-f]{32}")
Arrived = Callable[[int, int], None]
"""Told how many bytes of how many are there."""


class Outcome(StrEnum):
    """What became of a file that was asked for."""

    FETCHED = "fetched"
    RESUMED = "resumed"
    PRESENT = "present"
    ABSENT = "absent"


def download(bucket: S3Bucket, key: str, target: Path, arrived: Arrived) -> Outcome:
    """Fetch a file unless it is there already.

    Raises:
        NotOnServer, AccessRefused: at once.
        FetchError: when the patience is over, or what arrived is not what the server has.
    """
    failures, outcome = 0, Outcome.FETCHED
    while True:
        have = _bytes_waiting(target)
        try:
            remote = bucket.describe(key)
            if _is_whole(target, remote):
                return Outcome.PRESENT
            part = _part(target, remote)
            if part.exists() and part.stat().st_size:
                outcome = Outcome.RESUMED
            _append(bucket, key, part, remote, arrived)
        except Passing as error:
            failures = 1 if _bytes_waiting(target) > have else failures + 1
            if failures >= bucket.politeness.patience.attempts:
                raise FetchError(
                    f"{key}: given up after {failures} attempts ({error}); run the command again, it goes on there"
                ) from None
            bucket.politeness.back_off(failures)
            continue
        _finish(key, part, target, remote)
        return outcome


def _append(bucket: S3Bucket, key: str, part: Path, remote: RemoteFile, arrived: Arrived) -> None:
    size = part.stat().st_size if part.exists() else 0
    with part.open("ab") as file:
        for chunk in bucket.chunks(key, remote, size) if size < remote.size else ():
            file.write(chunk)
            size += len(chunk)
            arrived(size, remote.size)
        file.flush()
        os.fsync(file.fileno())
    if size < remote.size:
        raise Passing("the answer ended early")


def _finish(key: str, part: Path, target: Path, remote: RemoteFile) -> None:
    if not _is_whole(part, remote):
        part.unlink()
        raise FetchError(f"{key}: size or checksum is not that of the server's file; run the command again")
    part.replace(target)


def _is_whole(file: Path, remote: RemoteFile) -> bool:
    """Whether a file is the server's: by size, and by MD5 where the ETag is one (not for uploads in parts)."""
    if not file.exists() or file.stat().st_size != remote.size:
        return False
    if not _MD5.fullmatch(remote.etag):
        return True
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, lambda: hashlib.md5(usedforsecurity=False))
    return digest.hexdigest() == remote.etag


def _part(target: Path, remote: RemoteFile) -> Path:
    """Where the bytes of this state of the file wait; those of other states are removed."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.{re.sub('[^0-9A-Za-z-]', '', remote.etag)}.part")
    for other in _parts(target):
        if other != part:
            other.unlink()
    return part


def _parts(target: Path) -> list[Path]:
    return sorted(target.parent.glob(f"{target.name}.*.part"))


def _bytes_waiting(target: Path) -> int:
    return sum(part.stat().st_size for part in _parts(target))
