"""The cases that the page is tested on are still what the engine says."""

import json
from typing import Any

import pytest

from tests.engine.pricing.page_cases import FILE, cases


def assert_same(found: Any, written: Any, label: str) -> None:
    if isinstance(written, dict):
        assert found.keys() == written.keys(), label
        for name in written:
            assert_same(found[name], written[name], f"{label} {name}")
    elif isinstance(written, list):
        assert len(found) == len(written), label
        for one, other in zip(found, written, strict=True):
            assert_same(one, other, label)
    elif isinstance(written, float):
        assert found == pytest.approx(written, rel=1e-11, abs=1e-9), label
    else:
        assert found == written, label


def test_the_page_is_held_to_what_the_engine_says() -> None:
    written = json.loads(FILE.read_text())["cases"]
    found = cases()
    assert [case["name"] for case in found] == [case["name"] for case in written]
    for one, other in zip(found, written, strict=True):
        assert_same(one, other, one["name"])
