"""Where the reference data is: `IRONFLY_REFERENCE_DATA`, or the folder `shared` beside the repository.

Tests use the fixture `reference_data`; a module that parametrizes on files calls `find_reference_data` itself.
"""

import os
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
VARIABLE = "IRONFLY_REFERENCE_DATA"
ABSENT = f"reference data is absent (set {VARIABLE})"


def find_reference_data() -> Path | None:
    """Return the folder, or None where it is absent; a folder that was named but does not exist is an error."""
    named = os.environ.get(VARIABLE)
    folder = Path(named) if named else REPOSITORY.parent / "shared"
    if folder.is_dir():
        return folder.resolve()
    if named:
        raise FileNotFoundError(f"{VARIABLE} names {named}, which is not a folder")
    return None
