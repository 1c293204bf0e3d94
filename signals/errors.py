"""Everything that can go wrong with signals.

SignalError
├── UnknownSignalKind        a configuration names a kind that is not registered; names the nearest
├── DuplicateSignalKind      a kind is registered twice
├── DuplicateSignalName      two signals of one run have one name
├── UnknownSignal            a signal reads another one that is not declared before it
├── WrongUnderlying          a signal of a market names none, or a combination names one
├── WrongSignalParameters    the parameters are not those of the kind
└── SignalFileError          a file of values or dates that is not one; names line and remedy
"""

from __future__ import annotations


class SignalError(Exception):
    """Base of every error that signals raise on purpose."""


class UnknownSignalKind(SignalError):
    """No signal of this kind is registered."""


class DuplicateSignalKind(SignalError):
    """A kind can be registered once."""


class DuplicateSignalName(SignalError):
    """Strategies find a signal by its name, so it can stand for one signal only."""


class WrongSignalParameters(SignalError):
    """The parameters are of another class than the kind's own."""


class UnknownSignal(SignalError):
    """A combination reads signals that are declared before it, and nothing else."""


class WrongUnderlying(SignalError):
    """A signal watches one market, or none because it reads other signals."""


class SignalFileError(SignalError):
    """A file of values or dates that cannot be read as one; names line and remedy."""
