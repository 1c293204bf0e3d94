"""Every real file of the reference data imports by its content, and what holds no data is refused with a reason."""

from pathlib import Path

import pytest

from data.errors import UnknownFormat
from data.provider import EVERY_PROVIDER
from data.providers.recognition import recognise
from tests.data import samples
from tests.reference import REPOSITORY


def test_every_sample_imports_and_the_page_tells_what_it_holds(reference_data: Path) -> None:
    assert samples.table(reference_data / "market") in (REPOSITORY / "docs" / "data.md").read_text()


def test_no_sample_is_left_out(reference_data: Path) -> None:
    market = reference_data / "market"
    listed = {path for name in samples.FOLDERS for path in samples.data_files(market / name)}
    others = {path for path in market.rglob("*") if path.is_file()} - listed
    assert {path.suffix for path in others} <= {".md", ".json", "", ".0"}


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("PROVENANCE.md", "this is prose or a note, no table of quotes"),
        ("lean_crosschecks.json", "this is JSON, no table of quotes"),
        ("lean/LICENSE-Apache-2.0", "this is prose or a note, no table of quotes"),
        ("lean/market-hours/market-hours-subset.json", "this is JSON, no table of quotes"),
    ],
)
def test_what_holds_no_data_is_refused_with_a_reason(reference_data: Path, name: str, reason: str) -> None:
    with pytest.raises(UnknownFormat, match=reason):
        recognise(reference_data / "market" / name, EVERY_PROVIDER)
