"""What a reader finds in a report: its text, its tables, its elements."""

from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO

from pypdf import PdfReader

from api.reports.blocks import Block, Cautions, Document, Listing, Picture, Points, Table, Text, Tiles


def blocks_of(document: Document) -> Iterator[Block]:
    return (block for chapter in document.chapters for part in chapter.parts for block in part.blocks)


def tables_of(document: Document) -> dict[str, Table]:
    """Tables by their captions."""
    return {block.caption: block for block in blocks_of(document) if isinstance(block, Table)}


def cells_of(table: Table) -> dict[str, tuple[str, ...]]:
    """Rows by the cell that names them."""
    return {row[0]: row[1:] for row in table.rows}


def words_of(block: Block, paper: bool = False) -> Iterator[str]:
    """Everything that a block says, drawings apart."""
    match block:
        case Text(text):
            yield text
        case Cautions(lines) | Points(lines):
            yield from lines
        case Tiles(tiles):
            yield from (word for tile in tiles for word in (tile.label, tile.value, tile.note))
        case Table():
            table = (block.paper or block) if paper else block
            yield from (table.caption, table.note, *(column.title for column in table.columns))
            yield from (cell for row in table.rows for cell in row)
        case Picture():
            yield from (block.title, block.caption)
        case Listing():
            yield block.caption
            yield from (line.strip() for line in block.text.splitlines())


def squeezed(text: str) -> str:
    """Text without any space: lines may break anywhere."""
    return "".join(text.split())


def pdf_text(pages: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pages)).pages)


class Page(HTMLParser):
    """Elements and text of an HTML page, for assertions."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self._texts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self._texts.append(data)

    @property
    def text(self) -> str:
        return "\n".join(self._texts)

    def of(self, tag: str) -> list[dict[str, str]]:
        """Attributes of every element of that name."""
        return [attributes for name, attributes in self.elements if name == tag]
