from pathlib import Path

import pytest

from api.errors import StrategyNotLoaded
from api.python_strategies import strategy_class
from engine.strategy import Strategy

GOOD = """\
from __future__ import annotations
from dataclasses import dataclass
from engine.strategy import Strategy

@dataclass(frozen=True)
class Settings:
    days: int = 3

class Mine(Strategy):
    Parameters = Settings

other = 5
"""


def message(source: str, base: Path) -> str:
    with pytest.raises(StrategyNotLoaded) as caught:
        strategy_class(source, base)
    return str(caught.value)


def test_a_class_from_a_file_beside_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(GOOD)
    found = strategy_class("mine.py:Mine", tmp_path)
    assert issubclass(found, Strategy)
    assert found.Parameters().days == 3


def test_two_files_of_one_name_are_two_modules(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "mine.py").write_text(GOOD)
    assert strategy_class("one/mine.py:Mine", tmp_path) is not strategy_class("two/mine.py:Mine", tmp_path)


def test_a_class_from_an_installed_package(tmp_path: Path) -> None:
    assert strategy_class("engine.strategies.declarative:SpecifiedStrategy", tmp_path).__name__ == "SpecifiedStrategy"


def test_what_is_not_there_is_named_with_the_nearest_thing(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(GOOD)
    assert message("mine.py:Mien", tmp_path) == "mine.py has no class 'Mien'; did you mean 'Mine'?"
    assert message("mien.py:Mine", tmp_path) == f"{tmp_path / 'mien.py'}: no such file; did you mean 'mine.py'?"
    assert message("no_such_package.x:Mine", tmp_path).startswith("there is no module 'no_such_package'; install it")
    assert message("Mine", tmp_path).startswith("source 'Mine': expected path/to/file.py:ClassName")


def test_what_is_no_strategy(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(GOOD)
    expected = "Settings in mine.py is no strategy; derive it from engine.strategy.Strategy"
    assert message("mine.py:Settings", tmp_path) == expected


@pytest.mark.parametrize(
    ("text", "place"),
    [("x = 1\ndef broken(:\n", "2: SyntaxError"), ("x = 1\n\ny = 1 / 0\n", "3: ZeroDivisionError: division by zero")],
)
def test_a_file_that_cannot_be_imported_names_its_line(text: str, place: str, tmp_path: Path) -> None:
    file = tmp_path / "broken.py"
    file.write_text(text)
    assert message("broken.py:Mine", tmp_path).startswith(f"{file}:{place}")
