"""Formats by name."""

import pytest

from data.errors import UnknownFormat
from data.provider import PROVIDERS, make_provider


def test_a_format_is_found_by_its_name() -> None:
    assert all(make_provider(name).name == name for name in PROVIDERS)


def test_an_unknown_format_names_the_nearest_one() -> None:
    with pytest.raises(UnknownFormat, match=r"unknown format 'cboe_tabel': did you mean 'cboe_table'\? valid: "):
        make_provider("cboe_tabel")


def test_a_format_like_no_other_names_those_that_are_known() -> None:
    with pytest.raises(UnknownFormat, match=r"'zzz': valid: .*cboe_table"):
        make_provider("zzz")
