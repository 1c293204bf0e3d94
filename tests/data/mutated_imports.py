"""Imports damaged files one by one, each into a store that holds something already, and prints what came of it."""

import hashlib
import json
import resource
import shutil
import sys
import traceback
from pathlib import Path

from data.errors import DataError
from data.importing import AUTO, import_files
from data.parquet_store import ParquetStore


def folder_hash(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        digest.update(str(path.relative_to(folder)).encode())
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()


def outcome_of(path: Path, store: Path) -> dict[str, object]:
    try:
        report = import_files([path], AUTO, ParquetStore(store))
    except DataError as error:
        return {"error": type(error).__name__, "message": str(error)}
    except Exception:  # noqa: BLE001 - what must not happen is reported as what it is
        return {"crash": traceback.format_exc()}
    (file,) = report.files
    skipped = sum(skip.rows for skip in file.skipped)
    return {"rows": file.rows, "accounted": file.counts.rows + file.counts.duplicates + skipped}


def peak_mb() -> float:
    """Most resident memory of this program so far.

    Not `ru_maxrss` where it can be avoided: a process inherits that from whoever started it, a large test run.
    """
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024
    peak = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
    return int(peak.split()[1]) / 1_024


def main(base: Path, files: Path) -> None:
    """Print one line of JSON per path read from `files`, and at last the peak of memory in MB."""
    store = base.with_name("store-in-use")
    before = folder_hash(base)
    for line in files.read_text().splitlines():
        shutil.copytree(base, store)
        found = outcome_of(Path(line), store) | {"unchanged": folder_hash(store) == before}
        sys.stdout.write(f"{json.dumps(found)}\n")
        shutil.rmtree(store)
    sys.stdout.write(f"{peak_mb()}\n")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
