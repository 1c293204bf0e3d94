"""The page on results says what the tables are."""

from api.runs.documentation import PAGE, documented


def test_every_table_and_column_is_described_as_it_is_defined() -> None:
    page = PAGE.read_text()
    assert documented(page) == page, "write it again: python -m api.runs.documentation"
    assert "| `profit_usd` | money |" in page
