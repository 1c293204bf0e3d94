"""The committed schemas are those of the types, and say what they should."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from engine.fingerprint import canonical_json
from schemas import generate
from schemas.run_request import configuration_document, parse_run_request
from tests.schemas.examples import CONDOR, changed

NAMES = ("run.schema.json", "strategy.schema.json", "summary.schema.json")


def committed(name: str) -> dict[str, object]:
    schema: dict[str, object] = json.loads((generate.ROOT / "schemas" / name).read_text(encoding="utf-8"))
    return schema


def test_nothing_published_has_drifted() -> None:
    assert generate.drifted() == [], "run python -m schemas.generate"


def test_drift_is_noticed(tmp_path: Path) -> None:
    for path, text in generate.texts().items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    assert generate.drifted(tmp_path) == []
    (tmp_path / "schemas/run.schema.json").write_text("{}", encoding="utf-8")
    (tmp_path / "docs/summary.md").unlink()
    assert generate.drifted(tmp_path) == ["schemas/run.schema.json", "docs/summary.md"]


@pytest.mark.parametrize("name", NAMES)
def test_schemas_are_valid_untitled_and_closed(name: str) -> None:
    schema = committed(name)
    Draft202012Validator.check_schema(schema)
    text = canonical_json(schema)
    assert '"title":' not in text
    definitions = schema["$defs"]
    assert isinstance(definitions, dict)
    objects = [one for one in definitions.values() if "properties" in one]
    assert objects
    assert all(one["additionalProperties"] is False for one in objects)


def test_a_summary_always_holds_every_field() -> None:
    schema = committed("summary.schema.json")
    definitions = schema["$defs"]
    assert isinstance(definitions, dict)
    for one in (schema, *definitions.values()):
        if "properties" in one:
            assert sorted(one.get("required", [])) == sorted(one["properties"])


def test_warnings_and_assumptions_come_first() -> None:
    properties = committed("summary.schema.json")["properties"]
    assert isinstance(properties, dict)
    assert list(properties)[:3] == ["schema_version", "warnings", "assumptions"]


def test_the_schema_for_editors_accepts_what_the_program_accepts() -> None:
    validator = Draft202012Validator(committed("run.schema.json"))
    document = json.loads(json.dumps(YAML(typ="safe", pure=True).load(CONDOR), default=str))
    assert list(validator.iter_errors(document)) == []
    assert list(validator.iter_errors(configuration_document(parse_run_request(CONDOR).config))) == []
    wrong = YAML(typ="safe", pure=True).load(changed("seed: 0", "", changed("dte: 7", "dtte: 7") + "seed: 0\n"))
    assert list(validator.iter_errors(json.loads(json.dumps(wrong, default=str))))
