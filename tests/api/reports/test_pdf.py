"""The PDF: complete, tagged, and safe with any name."""

from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from api.reports.blocks import Document
from api.reports.document import document_of
from api.reports.pdf.paper import pdf_pages
from tests.api.reports.reading import blocks_of, pdf_text, squeezed, words_of
from tests.api.reports.test_html import named


@pytest.fixture(scope="module")
def pages(small_document: Document) -> bytes:
    return pdf_pages(small_document)


def test_every_word_can_be_read_back(pages: bytes, small_document: Document) -> None:
    found = squeezed(pdf_text(pages))
    words = (squeezed(word) for block in blocks_of(small_document) for word in words_of(block, paper=True))
    assert [word for word in words if word not in found] == []


def test_it_is_tagged_and_says_its_language_and_title(pages: bytes, small_document: Document) -> None:
    reader = PdfReader(BytesIO(pages))
    catalogue: Any = reader.trailer["/Root"]
    assert catalogue["/Lang"] == "en"
    assert catalogue["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in catalogue
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in catalogue["/Metadata"].get_data()
    assert reader.metadata is not None
    assert reader.metadata.title == f"{small_document.title}: backtest report"


def test_chapters_are_bookmarks(pages: bytes, small_document: Document) -> None:
    outline = PdfReader(BytesIO(pages)).outline
    titles = [one.title for one in outline if not isinstance(one, list)]
    assert titles == [chapter.title for chapter in small_document.chapters]


def test_pages_are_numbered_and_name_the_run(pages: bytes, small_document: Document) -> None:
    reader = PdfReader(BytesIO(pages))
    texts = [page.extract_text() for page in reader.pages]
    assert all(f"Page {number} of {len(texts)}" in text for number, text in enumerate(texts, 1))
    assert all(small_document.title in text for text in texts)


@pytest.mark.parametrize("name", ["#set page(width: 1pt) $x$ *b* <a> @b `c`", "Путь مرحبا \N{ROCKET} é", "x" * 300])
def test_any_name_is_text(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    text = squeezed(pdf_text(pdf_pages(document_of(named(name, tmp_path_factory)))))
    assert squeezed(name)[:20] in text


def test_letters_that_no_font_has_are_boxes(tmp_path_factory: pytest.TempPathFactory) -> None:
    text = squeezed(pdf_text(pdf_pages(document_of(named("月光 condor", tmp_path_factory)))))
    assert "condorBacktestonSPX" in text
