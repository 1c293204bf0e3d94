"""The published schema of mapping files: up to date, and of one mind with the reader."""

import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from data import mapping_schema
from data.errors import MappingError
from data.providers.mapping_file import read_mapping
from tests.reference import REPOSITORY

VALIDATOR = Draft202012Validator(mapping_schema.mapping_schema())
(EXAMPLE,) = re.findall(
    r"^```yaml\n(name: my_vendor.*?)^```", (REPOSITORY / "docs" / "data.md").read_text(), re.M | re.S
)


def problems(text: str) -> list[str]:
    document = YAML(typ="safe", pure=True).load(text)
    return [error.json_path for error in VALIDATOR.iter_errors(document)]


def test_the_published_file_is_up_to_date() -> None:
    assert mapping_schema.main(["--check"]) == 0


def test_the_example_of_the_documentation_is_valid() -> None:
    assert problems(EXAMPLE) == []


def test_one_column_of_time_needs_no_list() -> None:
    assert problems(EXAMPLE.replace("[Date, Time]", "Date")) == []


@pytest.mark.parametrize(
    ("good", "bad", "place"),
    [
        ("expiration: Expiry", "expiry: Expiry", "$.columns"),
        ("vega: per_point", "vega: per_cent", "$.units.vega"),
        ("name: my_vendor ", "name: My Vendor ", "$.name"),
        ('delimiter: ";"', 'delimiter: ";;"', "$.delimiter"),
        ("resolution: minute", "resolution: minute\nmarket: MARS", "$.market"),
        ("strike: 0.001", "strike: 0", "$.units.strike"),
        ("monthly: SPX", "weekly: SPX", "$.roots"),
    ],
)
def test_schema_and_reader_refuse_the_same(tmp_path: Path, good: str, bad: str, place: str) -> None:
    text = EXAMPLE.replace(good, bad, 1)
    assert place in problems(text)
    path = tmp_path / "mapping.yaml"
    path.write_text(text)
    with pytest.raises(MappingError):
        read_mapping(path)
