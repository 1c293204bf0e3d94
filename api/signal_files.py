"""Files that parameters of signals name: read here, understood by the signals."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from engine.config import SignalConfig
from signals.errors import SignalFileError
from signals.files import ReadsFile
from signals.other_values import OtherValues


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


def with_other_file(signal: SignalConfig, base: Path, copy: Path, others: OtherValues) -> SignalConfig:
    """A signal that reads a copy of its CSV file, in which what is published later is something else.

    Args:
        base: folder that a relative path starts from.
        copy: where it is written; not written for a signal without such a file.
    """
    file = signal.parameters.get("file")
    if not isinstance(file, str) or not file.lower().endswith(".csv"):
        return signal
    copy.write_text(others.of((base / file).read_text("utf-8-sig")), "utf-8")
    return replace(signal, parameters={**signal.parameters, "file": str(copy)})
