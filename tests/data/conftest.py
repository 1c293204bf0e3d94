"""Fixtures of the data tests."""

import time
from collections.abc import Iterator

import pytest

from tests.stores import imported_spx_store

__all__ = ["imported_spx_store"]


@pytest.fixture
def tokyo(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The machine stands in Tokyo."""
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()
