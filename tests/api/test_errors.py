import pytest

from api.errors import Aborted, ApiError, ExitCode, OutputOccupied, exit_code, one_line
from data.errors import DataError, NotCovered
from engine.errors import ConfigurationError, EngineError, HandlerFailed
from engine.events import RunFinished
from schemas.errors import InvalidSummary, SchemaError
from signals.errors import SignalError


@pytest.mark.parametrize("tree", [ApiError, DataError, EngineError, SchemaError, SignalError])
def test_every_error_of_every_package_has_an_exit_code(tree: type[Exception]) -> None:
    def all_of(kind: type[Exception]) -> list[type[Exception]]:
        return [kind, *(one for child in kind.__subclasses__() for one in all_of(child))]

    # HandlerFailed and its like take arguments: only the class counts.
    assert all(exit_code(kind.__new__(kind)) is not None for kind in all_of(tree))


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (NotCovered("x"), ExitCode.BAD_INPUT),
        (ConfigurationError("x"), ExitCode.BAD_INPUT),
        (OutputOccupied("x"), ExitCode.BAD_INPUT),
        (HandlerFailed(RunFinished(0, interrupted=False), print), ExitCode.RUN_FAILED),
        (InvalidSummary("x"), ExitCode.RUN_FAILED),
        (OSError(28, "No space left on device"), ExitCode.RUN_FAILED),
        (Aborted("x"), ExitCode.INTERRUPTED),
        (RuntimeError("a defect"), None),
    ],
)
def test_the_most_special_class_counts(error: Exception, code: ExitCode | None) -> None:
    assert exit_code(error) is code


def test_messages_are_one_line() -> None:
    assert one_line(ConfigurationError("first\n  second")) == "first second"
    assert one_line(OSError(28, "No space left on device", "out")) == "out: No space left on device"
    assert one_line(EngineError()) == "EngineError"
