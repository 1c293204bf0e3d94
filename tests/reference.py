"""What tests need from outside the repository, and the reasons for which they skip where it is absent.

The reference data is in `IRONFLY_REFERENCE_DATA`, or else in the folder `shared` beside the repository.
Tests use the fixture `reference_data`; a module that parametrizes on files calls `find_reference_data` itself.
"""

import os
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
VARIABLE = "IRONFLY_REFERENCE_DATA"
ABSENT = f"reference data is absent (set {VARIABLE})"
NO_PYTHON313 = "there is no .venv-3.13 (make setup-3.13)"


def find_reference_data() -> Path | None:
    """Return the folder, or None where it is absent; a folder that was named but does not exist is an error."""
    named = os.environ.get(VARIABLE)
    folder = Path(named) if named else REPOSITORY.parent / "shared"
    if folder.is_dir():
        return folder.resolve()
    if named:
        raise FileNotFoundError(f"{VARIABLE} names {named}, which is not a folder")
    return None
