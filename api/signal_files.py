"""Files that parameters of signals name: read here, understood by the signals."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from signals.errors import SignalFileError
from signals.files import ReadsFile


def completed(parameters: Any, base: Path) -> Any:
    """Parameters with what their file says; those that name none as they are.

    Args:
        base: folder that a relative path starts from.

    Raises:
        SignalFileError: naming file, line and remedy.
    """
    if not isinstance(parameters, ReadsFile) or parameters.file is None:
        return parameters
    path = base / parameters.file
    try:
        return parameters.with_text(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise SignalFileError(f"{path.name} cannot be read: {error}") from error
    except SignalFileError as error:
        raise SignalFileError(f"{path.name}: {error}") from None
