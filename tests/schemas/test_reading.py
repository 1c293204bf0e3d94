"""Summaries of before are read: those of this version as they are, older ones by steps, others with a reason."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from api.mapping import summarise
from schemas import generate, release
from schemas.errors import UnreadableResult
from schemas.migrations import SCHEMA_VERSION, STEPS, Step, upgraded
from schemas.publication import publish
from schemas.reading import read_summary
from schemas.summary import Summary
from tests.api.results import finished_run
from tests.schemas.published import PUBLISHED

Document = dict[str, Any]


@pytest.fixture(scope="module")
def text() -> str:
    return publish(summarise(finished_run()))


def changed(text: str, change: Callable[[Document], object]) -> str:
    document = json.loads(text)
    change(document)
    return json.dumps(document)


def test_the_version_of_the_model_is_that_of_the_steps() -> None:
    assert Summary.model_json_schema()["properties"]["schema_version"]["const"] == SCHEMA_VERSION
    assert sorted(STEPS) == list(range(SCHEMA_VERSION - len(STEPS), SCHEMA_VERSION))


def test_what_is_published_reads_back_to_the_same_text(text: str) -> None:
    assert read_summary(text).model_dump_json(indent=2) + "\n" == text


@pytest.mark.parametrize(
    "file", sorted(PUBLISHED.glob("v*/*.json")), ids=lambda file: f"{file.parent.name}/{file.stem}"
)
def test_every_summary_that_was_ever_published_is_read(file: Path) -> None:
    document = json.loads(file.read_text(encoding="utf-8"))
    assert f"v{document['schema_version']}" == file.parent.name
    summary = read_summary(file.read_bytes())
    assert summary.schema_version == SCHEMA_VERSION
    assert summary.summary_hash == document["summary_hash"]
    today = json.loads(summary.model_dump_json())
    assert [one.message for one in Draft202012Validator(generate.summary_schema()).iter_errors(today)] == []


def test_there_is_a_summary_of_every_version() -> None:
    assert {folder.name for folder in PUBLISHED.iterdir()} == {
        f"v{version}" for version in range(min(STEPS, default=SCHEMA_VERSION), SCHEMA_VERSION + 1)
    }


def renamed(document: Document) -> Document:
    returns = {("growth" if name == "cagr" else name): value for name, value in document["returns"].items()}
    return {**document, "schema_version": SCHEMA_VERSION + 1, "returns": returns}


def counted(document: Document) -> Document:
    return {**document, "schema_version": SCHEMA_VERSION + 2, "falls": document["drawdown"]["count"]}


def test_steps_lead_from_version_to_version_and_leave_the_old_document_as_it_was(text: str) -> None:
    steps: dict[int, Step] = {SCHEMA_VERSION: renamed, SCHEMA_VERSION + 1: counted}
    document = json.loads(text)
    today = upgraded(document, steps, SCHEMA_VERSION + 2)
    assert today["returns"]["growth"] == document["returns"]["cagr"]
    assert (today["falls"], today["schema_version"]) == (document["drawdown"]["count"], SCHEMA_VERSION + 2)
    assert document == json.loads(text)
    assert upgraded(document) is document


@pytest.mark.parametrize(
    ("version", "said"),
    [
        (SCHEMA_VERSION + 1, "update ironfly"),
        (-1, "older than anything"),
        (None, "says no schema_version"),
        (True, "says no schema_version"),
        ("1", "says no schema_version"),
    ],
)
def test_a_version_that_cannot_be_read_says_what_to_do(text: str, version: object, said: str) -> None:
    with pytest.raises(UnreadableResult, match=said):
        read_summary(changed(text, lambda one: one.update(schema_version=version)))


@pytest.mark.parametrize(
    ("damaged", "said"),
    [
        ("{", "is not JSON"),
        ("[]", "holds no JSON object"),
        ("{}", "says no schema_version"),
        (b"\xff", "is not JSON"),
    ],
)
def test_what_is_no_summary_is_said_to_be_none(damaged: str | bytes, said: str) -> None:
    with pytest.raises(UnreadableResult, match=said):
        read_summary(damaged)


def test_a_summary_from_before_its_version_was_released_names_what_it_lacks(text: str) -> None:
    with pytest.raises(UnreadableResult, match=r"as it was released \(attribution: Field required\); run"):
        read_summary(changed(text, lambda one: one.pop("attribution")))


def test_the_summary_breaks_nothing_that_was_released() -> None:
    assert release.breaches(generate.summary_schema(), generate.readable_summary_schema()) == []


def test_what_breaks_a_released_summary_is_told_and_an_added_field_is_not(tmp_path: Path) -> None:
    published, readable = generate.summary_schema(), generate.readable_summary_schema()
    costs = published["$defs"]["Costs"]["properties"]

    def told(file: Callable[[Document], object]) -> list[str]:
        released = json.loads(json.dumps(published))
        file(released)
        release.released_file(tmp_path).write_text(json.dumps(released), encoding="utf-8")
        return release.breaches(published, readable, tmp_path)

    def once(name: str, schema: object) -> Callable[[Document], object]:
        return lambda released: released["$defs"]["Costs"]["properties"].update({name: schema})

    assert release.breaches(published, readable, tmp_path) == []
    assert told(lambda released: None) == []
    assert told(once("stamp_duty_usd", costs["fees_usd"])) == [
        "summaries that were written cannot be read: costs.stamp_duty_usd: is known no more"
    ]
    assert told(once("fees_usd", costs["spread_usd"])) == [
        "summaries that were written cannot be read: costs.fees_usd: null is accepted no more"
    ]
    assert told(once("spread_usd", costs["fees_usd"])) == [
        "programs do not know what they find: costs.spread_usd: null is accepted no more"
    ]
    assert told(lambda released: released["$defs"]["Costs"]["properties"].pop("fees_usd")) == []
