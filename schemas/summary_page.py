"""The page that describes a summary field by field, made from its published schema."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from textwrap import fill
from typing import Any, Final

from schemas.sections.base import UNIT

CONFIGURATION: Final = "RunConfig"
"""Described by a schema of its own."""
_UNITS: Final = {"_usd": "USD", "_micros": "0.000001 USD"}
"""Units by the end of a name."""
_NUMBERS: Final = {"number": "number", "integer": "whole number"}
_NULL: Final = re.compile(r"(?:^|[;.:] )null: (.*)$", re.IGNORECASE)
"""How a docstring says when its field is null, at its end."""
_WIDTH: Final = 120
_FORMATS: Final = {"date-time": "UTC time", "date": "date"}
_OPENING: Final = """\
# The summary, field by field

`summary.json` is what a run says of itself to programs. This page is generated from the model that makes it
(`python -m schemas.generate`); `schemas/summary.schema.json` says the same to validators, units as `x-unit`.

* A summary always holds every field. A figure that is not defined is null, never 0 and never infinite.
* Money is in USD, an exact multiple of 0.000001. Losses, falls and costs of causes are negative; fees are positive.
* A unit of `decimal` means that 0.01 is one percent. Times are ISO 8601 in UTC; dates are those of the exchange.
* `a.b` is a field of a section, `a[]` an item of a list, `a.*` an entry of a mapping, by the name that is said.
* What figures rest on, with examples, is in [metrics.md](metrics.md); the configuration is in
  `schemas/run.schema.json`.
"""


@dataclass(frozen=True, slots=True)
class FieldText:
    """One field as the page shows it.

    Attributes:
        value: its type and unit.
        unit: None for a number that says none.
        null_when: None for a field that is never null; empty for one that does not say when it is.
    """

    name: str
    value: str
    unit: str | None
    meaning: str
    null_when: str | None


@dataclass(frozen=True, slots=True)
class Part:
    """One section: everywhere it stands, what it says of itself, and its fields.

    Attributes:
        paths: where it stands; empty for the summary itself.
        source: where its figures come from; empty where the section around it says so.
    """

    paths: tuple[str, ...]
    text: str
    source: str
    fields: tuple[FieldText, ...]


def summary_page(schema: Mapping[str, Any]) -> str:
    """The page as Markdown."""
    return "\n".join([_OPENING, *map(_section, parts_of(schema))])


def parts_of(schema: Mapping[str, Any]) -> list[Part]:
    """Every section of a summary in the order in which a reader meets it, each once; the configuration left out."""
    paths: dict[str, list[str]] = {}
    _gather("", schema, schema["$defs"], paths)
    sections = {name: _Section(found[0], _introduction(schema["$defs"][name])) for name, found in paths.items()}
    models = [([], schema), *((found, schema["$defs"][name]) for name, found in paths.items())]
    return [_part(tuple(found), model, sections) for found, model in models]


@dataclass(frozen=True, slots=True)
class _Section:
    """What fields say of the section that they hold: its path, and its first sentence."""

    path: str
    introduction: str


def _gather(path: str, model: Mapping[str, Any], models: Mapping[str, Any], paths: dict[str, list[str]]) -> None:
    for name, field in model["properties"].items():
        for end, target in _targets(field):
            place = f"{path}.{name}{end}".removeprefix(".")
            if target != CONFIGURATION and place not in paths.setdefault(target, []):
                paths[target].append(place)
                _gather(place, models[target], models, paths)
    paths.pop(CONFIGURATION, None)


def _targets(field: Any) -> Iterator[tuple[str, str]]:
    """Models that a field may hold, with what stands after its name: `[]` for a list, `.*` for a mapping."""
    if "$ref" in field:
        yield "", field["$ref"].rpartition("/")[2]
    for one in field.get("anyOf", ()):
        yield from _targets(one)
    for key, end in (("items", "[]"), ("additionalProperties", ".*")):
        if isinstance(field.get(key), Mapping):
            yield from ((end + rest, target) for rest, target in _targets(field[key]))


def _part(paths: tuple[str, ...], model: Mapping[str, Any], sections: Mapping[str, _Section]) -> Part:
    text, _, source = model.get("description", "").partition("Source: ")
    fields = tuple(_field(name, field, sections) for name, field in model["properties"].items())
    return Part(paths, text.strip(), " ".join(source.split()), fields)


def _introduction(model: Mapping[str, Any]) -> str:
    return " ".join(model.get("description", "").partition("\n\n")[0].split())


def _field(name: str, field: Mapping[str, Any], sections: Mapping[str, _Section]) -> FieldText:
    branches = [one for one in field.get("anyOf", [field]) if one.get("type") != "null"]
    by_name = next((unit for end, unit in _UNITS.items() if name.endswith(end)), None)
    described = " ".join(field.get("description", "").split())
    null = _NULL.search(described)
    meaning = described[: null.start()].rstrip(".") + "." if null else described
    nullable = len(branches) < len(field.get("anyOf", branches))
    return FieldText(
        name=name,
        value=" or ".join(_value(one, sections, by_name) for one in branches),
        unit=next((unit for one in branches if (unit := _unit(one, by_name))), None),
        meaning=meaning if described else _introduction_of(field, sections),
        null_when=(null[1].rstrip(".") if null else "") if nullable else None,
    )


def _introduction_of(field: Mapping[str, Any], sections: Mapping[str, _Section]) -> str:
    """What a field says that leaves it to its section."""
    return next((sections[target].introduction for _, target in _targets(field) if target in sections), "")


def _unit(value: Mapping[str, Any], by_name: str | None) -> str | None:
    inner = value.get("items", value.get("additionalProperties"))
    return _unit(inner, by_name) if isinstance(inner, Mapping) else value.get(UNIT, by_name)


def _value(value: Mapping[str, Any], sections: Mapping[str, _Section], by_name: str | None) -> str:
    """Type and unit in words."""
    match value:
        case {"$ref": reference}:
            section = sections.get(reference.rpartition("/")[2])
            return "configuration" if section is None else f"[section](#{_anchor(section.path)})"
        case {"type": "array", "items": item}:
            return f"list: {_value(item, sections, by_name)}"
        case {"type": "object", "additionalProperties": item}:
            return f"by name: {_value(item, sections, by_name)}"
        case {"type": "number" | "integer" as kind} if "const" not in value:
            unit = _unit(value, by_name)
            return unit if unit == "count" else ", ".join(filter(None, (_NUMBERS[kind], unit)))
    return _word(value)


def _word(value: Mapping[str, Any]) -> str:
    match value:
        case {"enum": members}:
            return _listed([f"`{one}`" for one in members])
        case {"const": member}:
            return f"`{member}`"
        case {"type": "boolean"}:
            return "true or false"
    return _FORMATS.get(value.get("format", ""), "hash" if "pattern" in value else "text")


def _listed(names: list[str]) -> str:
    return " or ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _anchor(path: str) -> str:
    """The name that the heading of a section has in links."""
    return re.sub(r"[^\w-]", "", path.lower())


def _section(part: Part) -> str:
    path, *others = part.paths or ("",)
    title = f"{'###' if '.' in path.removesuffix('.*') else '##'} {f'`{path}`' if path else 'The whole'}"
    said = [part.text]
    if others:
        said.append(fill(f"The same stands in {', '.join(f'`{one}`' for one in others)}.", _WIDTH))
    if part.source:
        said.append(f"Source: {part.source}")
    return "\n\n".join([title, *said, "\n".join(_table(part))]) + "\n"


def _table(part: Part) -> Iterator[str]:
    shown = 4 if any(field.null_when is not None for field in part.fields) else 3
    yield _row(("field", "type, unit", "meaning", "null when")[:shown])
    yield _row(("---",) * shown)
    for field in part.fields:
        yield _row((f"`{field.name}`", field.value, field.meaning, field.null_when or "")[:shown])


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"
