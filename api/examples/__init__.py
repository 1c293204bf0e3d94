"""Configurations that run from the embedded model data; they ship with the program, beside this file."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from itertools import takewhile
from typing import Final

from schemas.backtest import Example
from schemas.run_request import parse_run_request

DEMO: Final = "spx-model-iron-condor"
"""The example that stands first, and that `ironfly serve --demo` submits."""


@cache
def examples() -> tuple[Example, ...]:
    """The demo first, then the others by name."""
    texts = [one.read_text("utf-8") for one in files(__package__).iterdir() if one.name.endswith(".yaml")]
    return tuple(sorted(map(_example, texts), key=lambda one: (one.name != DEMO, one.name)))


def _example(text: str) -> Example:
    """The comment on top of a configuration says what it is: a title, then paragraphs; commands are indented."""
    comment = [line.removeprefix("#") for line in takewhile(lambda line: line.startswith("#"), text.splitlines())]
    said = [line.strip() for line in comment if line.strip() and not line.startswith("  ")]
    config = parse_run_request(text, "example").config
    return Example(name=config.name, title=said[0], description=" ".join(said[1:]), configuration=config)
