"""One HTML file: drawings and style inside, no script, nothing that is fetched."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from api.reports.blocks import Block, Document


def html_page(document: Document) -> str:
    """The whole page; the same document gives the same text."""
    return _template().render(document=document)


@cache
def _template() -> Template:
    here = files("api.reports.html")
    environment = Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True, undefined=StrictUndefined
    )
    environment.filters["kind"] = _kind
    environment.globals["style"] = Markup(here.joinpath("report.css").read_text(encoding="utf-8"))
    return environment.from_string(here.joinpath("report.html.jinja").read_text(encoding="utf-8"))


def _kind(block: Block) -> str:
    return type(block).__name__
