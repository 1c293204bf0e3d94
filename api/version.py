"""The version of the installed distribution."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def engine_version() -> str:
    """Version of `ironfly`, or `unknown` when it runs from a folder that was never installed."""
    try:
        return version("ironfly")
    except PackageNotFoundError:
        return "unknown"
