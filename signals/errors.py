"""Everything that can go wrong with signals.

SignalError
├── UnknownSignalKind        a configuration names a kind that is not registered; names the nearest
├── DuplicateSignalKind      a kind is registered twice
├── DuplicateSignalName      two signals of one run have one name
└── WrongSignalParameters    the parameters are not those of the kind
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
