"""docs/commands.md knows every command, every section and every exit code."""

import re
from collections.abc import Iterator

import typer.main

from api.cli.main import app
from api.cli.section_names import SectionName
from api.cli.sections import SECTIONS
from api.errors import ExitCode
from tests.reference import REPOSITORY

PAGE = (REPOSITORY / "docs" / "commands.md").read_text()
WITHOUT_AN_ANSWER = {"serve"}


def commands() -> Iterator[tuple[str, set[str]]]:
    """Every command with its options."""
    waiting = [("", typer.main.get_command(app))]
    while waiting:
        name, command = waiting.pop()
        inner = getattr(command, "commands", None)
        if inner is None:
            yield name.strip(), {option for parameter in command.params for option in parameter.opts}
        else:
            waiting += [(f"{name} {key}", one) for key, one in inner.items()]


def test_every_command_has_an_example() -> None:
    missing = [name for name, _ in commands() if not re.search(rf"ironfly {name}\b", PAGE)]
    assert missing == sorted(WITHOUT_AN_ANSWER)


def test_every_command_that_answers_something_answers_as_json() -> None:
    assert {name for name, options in commands() if "--json" not in options} == WITHOUT_AN_ANSWER


def test_the_sections_are_those_that_there_are_with_their_fields() -> None:
    rows = re.findall(r"^\| `([a-z]+)` \|[^|]*\|([^|]*)\|$", PAGE, re.MULTILINE)
    shown = {name: re.findall(r"`(\w+)`", fields) for name, fields in rows}
    assert shown == {name: list(section.fields) for name, section in SECTIONS.items()} | {SectionName.ALL: []}


def test_the_exit_codes_are_those_that_there_are() -> None:
    assert [int(code) for code in re.findall(r"^\| (\d+) \|", PAGE, re.MULTILINE)] == sorted(set(ExitCode))
