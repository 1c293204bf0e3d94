"""The page: complete, alone, and safe with any name."""

import re

import pytest

from api.reports.blocks import Document
from api.reports.document import document_of
from api.reports.html.page import html_page
from api.runs import StoredRun, open_run
from tests.api.reports.reading import Page, blocks_of, squeezed, words_of
from tests.api.results import finished_run
from tests.api.written import written
from tests.schemas.examples import CONDOR

FETCHING = {"script", "link", "iframe", "object", "embed", "audio", "video", "source", "base", "form"}


@pytest.fixture(scope="module")
def text(small_document: Document) -> str:
    return html_page(small_document)


def test_the_page_says_everything_that_the_document_says(text: str, small_document: Document) -> None:
    found = squeezed(Page(text).text)
    missing = [word for block in blocks_of(small_document) for word in words_of(block) if squeezed(word) not in found]
    assert missing == []


def test_nothing_is_fetched_and_nothing_is_run(text: str) -> None:
    page = Page(text)
    present = {tag for tag, _ in page.elements} & FETCHING
    assert present <= {"link"}
    assert [one["href"] for one in page.of("link")] == ["data:,"]
    references = [
        value
        for _, attributes in page.elements
        for name, value in attributes.items()
        if name in {"src", "href", "xlink:href"}
    ]
    assert [one for one in references if not one.startswith(("#", "data:"))] == []
    assert re.findall(r"url\((?!#)|@import", text) == []
    assert [name for _, attributes in page.elements for name in attributes if name.startswith("on")] == []


def test_ids_are_unique_and_links_lead_somewhere(text: str) -> None:
    page = Page(text)
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {one["href"].removeprefix("#") for one in page.of("a")} <= set(ids)


def test_pictures_are_described(text: str) -> None:
    drawings = Page(text).of("svg")
    assert drawings
    assert all(one["role"] == "img" and len(one["aria-label"]) > 20 for one in drawings)


def test_a_name_is_never_markup(tmp_path_factory: pytest.TempPathFactory) -> None:
    name = '<script>alert("x")</script> & </style> {{ 7 * 7 }} #set'
    page = Page(html_page(document_of(named(name, tmp_path_factory))))
    assert page.of("script") == []
    assert name in page.text


def named(name: str, folders: pytest.TempPathFactory) -> StoredRun:
    """The small run under another name."""
    run = open_run(written(finished_run(CONDOR), folders.mktemp("named") / "run"))
    config = run.summary.config
    object.__setattr__(config, "name", name)
    return run
