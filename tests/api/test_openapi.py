"""The committed OpenAPI document is what the service says, and describes what the published schemas describe."""

import json
from typing import Any

import pytest

from api.main import create_app
from api.openapi.__main__ import DOCUMENT, text
from api.settings import Settings
from tests.reference import REPOSITORY

OPERATIONS = {
    "health", "list_examples", "submit_backtest", "list_backtests", "get_backtest", "get_summary", "list_trades",
    "get_html_report", "get_pdf_report", "get_equity", "backtest_events", "analyse_payoff", "get_chain",
}  # fmt: skip


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return dict(create_app(Settings()).openapi())


def test_the_committed_document_is_up_to_date() -> None:
    assert DOCUMENT.read_text() == text(), "run make openapi"


def test_operations_have_the_names_that_clients_use(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    operations = [one for path in document["paths"].values() for one in path.values()]
    assert {one["operationId"] for one in operations} == OPERATIONS
    assert all(path.startswith("/api/") for path in document["paths"])


def test_every_error_is_documented_as_a_problem(document: dict[str, Any]) -> None:
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for path in document["paths"].values():
        for operation in path.values():
            errors = {status: one for status, one in operation["responses"].items() if status >= "400"}
            assert all(one["content"] == problem for one in errors.values())


@pytest.mark.parametrize(("file", "prefix"), [("run", ""), ("summary", "Resolved")])
def test_published_schemas_are_described_word_for_word(document: dict[str, Any], file: str, prefix: str) -> None:
    published = json.loads((REPOSITORY / "schemas" / f"{file}.schema.json").read_text())
    shapes = document["components"]["schemas"]
    for name, shape in published["$defs"].items():
        described = shapes.get(f"{prefix}{name}", shapes[name])
        said = (
            json.dumps(described).replace("#/components/schemas/", "#/$defs/").replace("#/$defs/Resolved", "#/$defs/")
        )
        assert json.loads(said) == shape


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    def references(node: Any) -> set[str]:
        if isinstance(node, list):
            return set().union(*map(references, node))
        if not isinstance(node, dict):
            return set()
        own = {node["$ref"]} if isinstance(node.get("$ref"), str) else set()
        return own.union(*map(references, node.values()))

    names = {reference.rpartition("/")[2] for reference in references(document)}
    assert names <= set(document["components"]["schemas"])
