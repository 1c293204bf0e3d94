"""The page about structures says what the table says."""

from tests.engine.structures.page import PAGE, page


def test_every_structure_stands_on_the_page_as_it_is() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "write it anew: python -m tests.engine.structures.page"
