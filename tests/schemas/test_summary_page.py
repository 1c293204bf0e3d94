"""Every field of a summary says what it is, in the schema and on the page that is made of it."""

import re
from collections.abc import Iterator

import pytest

from schemas import generate
from schemas.summary_page import FieldText, Part, parts_of, summary_page

WIDEST = 260
"""Characters of a row that an editor still shows."""


@pytest.fixture(scope="module")
def parts() -> list[Part]:
    return parts_of(generate.summary_schema())


def fields(parts: list[Part]) -> Iterator[tuple[str, FieldText]]:
    for part in parts:
        for field in part.fields:
            yield f"{part.paths[0] if part.paths else 'summary'}.{field.name}", field


def test_every_field_has_a_meaning(parts: list[Part]) -> None:
    assert [path for path, field in fields(parts) if len(field.meaning) < 5] == []


def test_every_number_has_a_unit(parts: list[Part]) -> None:
    assert [path for path, field in fields(parts) if field.unit is None and re.search(r"\bnumber$", field.value)] == [
        "run.seed",
        "periods.months[].year",
        "periods.months[].month",
    ]


def test_money_says_so_in_its_name(parts: list[Part]) -> None:
    told_by_name = re.compile(r"_(usd|micros)$")
    assert [
        path
        for path, field in fields(parts)
        if field.unit in {"USD", "0.000001 USD"} and told_by_name.search(field.name) is None
    ] == []
    figures = [(path, field) for path, field in fields(parts) if "section" not in field.value]
    assert [path for path, field in figures if "USD" in field.meaning and "usd" not in field.name] == []


def test_every_nullable_field_says_when_it_is_null_and_no_other_does(parts: list[Part]) -> None:
    assert [path for path, field in fields(parts) if field.null_when == ""] == []
    silent = [path for path, field in fields(parts) if field.null_when is None and "null:" in field.meaning.lower()]
    assert silent == []


def test_every_section_of_the_summary_says_where_its_figures_come_from(parts: list[Part]) -> None:
    outer = [part for part in parts if part.paths and "." not in part.paths[0].removesuffix(".*")]
    assert len(outer) > 15
    assert [part.paths[0] for part in outer if not part.source] == []


def test_the_page_has_every_path_once_and_readable_rows(parts: list[Part]) -> None:
    page = summary_page(generate.summary_schema())
    headings = re.findall(r"^#{2,3} (.+)$", page, re.MULTILINE)
    assert len(headings) == len(set(headings)) == len(parts)
    assert {"`returns`", "`periods.months[]`", "`attribution.causes`"} <= set(headings)
    assert "The same stands in `attribution.by_strategy.*`, `attribution.by_structure.*`" in page
    assert max(map(len, page.splitlines())) < WIDEST
    assert "| `sharpe` | number, ratio | Mean of daily returns by their standard deviation" in page


def test_links_of_the_page_lead_to_its_headings(parts: list[Part]) -> None:
    page = summary_page(generate.summary_schema())
    headings = re.findall(r"^#{2,3} (.+)$", page, re.MULTILINE)
    anchors = {re.sub(r"[^\w-]", "", heading.lower()) for heading in headings}
    assert set(re.findall(r"\(#([^)]+)\)", page)) <= anchors


def test_what_a_docstring_leaves_out_is_noticed() -> None:
    number, nullable = {"type": "number"}, {"anyOf": [{"type": "number"}, {"type": "null"}], "description": "Mean."}
    [part] = parts_of({"properties": {"loss": number, "mean": nullable}, "$defs": {}})
    loss, mean = part.fields
    assert (loss.meaning, loss.unit, loss.value) == ("", None, "number")
    assert mean.null_when == ""
