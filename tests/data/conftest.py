"""Fixtures of the data tests."""

from tests.stores import imported_spx_store

__all__ = ["imported_spx_store"]
