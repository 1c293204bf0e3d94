"""The pages of a report, set by typst from the same document that the page in the browser is made of.

Fonts are those that typst and matplotlib bring, never the machine's, so that the same document gives the same bytes
everywhere. Latin, Greek, Cyrillic, Arabic and many signs are there; a letter that is not is drawn as a box.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import typst
from matplotlib import get_data_path

from api.reports.blocks import Block, Document

_NO_TIME: Final = 0
"""A document has the times of its run, and none of its own."""


def pdf_pages(document: Document) -> bytes:
    """The whole file."""
    made = _compiler(document).compile(format="pdf", pdf_standards="ua-1", timestamp=_NO_TIME)
    if not isinstance(made, bytes):
        raise TypeError(f"typst answered with {type(made).__name__}, not with one file")
    return made


def png_pages(document: Document, pixels_per_inch: float = 72) -> list[bytes]:
    """A picture of each page, to be looked at."""
    made = _compiler(document).compile(format="png", ppi=pixels_per_inch)
    return [made] if isinstance(made, bytes) else list(made or ())


def _compiler(document: Document) -> typst.Compiler:
    return typst.Compiler(
        files("api.reports.pdf").joinpath("report.typ").read_bytes(),
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=[Path(get_data_path()) / "fonts" / "ttf"]),
        sys_inputs={"document": json.dumps(_plain(document), ensure_ascii=False)},
    )


def _plain(document: Document) -> dict[str, Any]:
    """The document as values that the template reads; each block says its kind."""
    chapters = [
        {"key": chapter.key, "title": chapter.title, "parts": [
            {"title": part.title, "blocks": [_block(block) for block in part.blocks]} for part in chapter.parts
        ]}
        for chapter in document.chapters
    ]  # fmt: skip
    return {"title": document.title, "subtitle": document.subtitle, "facts": document.facts, "chapters": chapters}


def _block(block: Block) -> dict[str, Any]:
    chosen = getattr(block, "paper", None) or block
    return {"kind": type(chosen).__name__, **asdict(chosen)}
