"""`ironfly run --live`: what is drawn, and where."""

import os
import pty
import re
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.cli.braille import Curve
from api.cli.live import AccountCurves, LiveEquity
from engine.events import CashMoved, PortfolioMarked
from engine.instants import instant
from engine.money import MICROS_PER_USD
from tests.api.shell import OWN, ironfly
from tests.api.small_market import CONFIGURATION

ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
DOTS = re.compile("[\u2801-\u28ff]")


def drawn(values: list[float], rows: int = 1) -> list[str]:
    curve = Curve(len(values))
    for column, value in enumerate(values):
        curve.reach(column, value)
    return curve.lines(rows)


# --- a curve ----------------------------------------------------------------------------------------------------


def test_a_rising_curve_is_joined_from_the_lowest_dot_to_the_highest() -> None:
    assert drawn([0.0, 1.0, 2.0, 3.0]) == ["⣠⠞"]
    assert drawn([0.0, 7.0], rows=2) == ["⢸", "⣸"]


def test_a_level_curve_is_drawn_along_the_bottom() -> None:
    assert drawn([5.0, 5.0, 5.0, 5.0]) == ["⣀⣀"]


def test_columns_that_nothing_fell_into_keep_the_last_value() -> None:
    curve = Curve(6)
    curve.reach(0, 1.0)
    curve.reach(4, 0.0)
    assert curve.lines(1) == ["⠉⠉⡇"]


def test_many_points_of_one_column_are_their_lowest_and_their_highest() -> None:
    curve = Curve(2)
    for value in (2.0, 0.0, 3.0, 1.0):
        curve.reach(0, value)
    assert (curve.bounds, curve.lines(1)) == ((0.0, 3.0), ["⡇"])


def test_nothing_is_drawn_of_nothing() -> None:
    assert Curve(4).lines(2) == ["", ""]


# --- an account -------------------------------------------------------------------------------------------------


def test_a_deposit_is_no_gain_and_a_withdrawal_no_drawdown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    shown = LiveEquity(date(2019, 1, 1), date(2019, 1, 10))
    on_mark, on_flow = (shown.handlers(lambda event: None)[kind] for kind in (PortfolioMarked, CashMoved))
    for day, moved, worth in ((2, 0, 100), (3, 50, 150), (4, -70, 80), (5, 0, 70)):
        at = instant(datetime(2019, 1, day, 20, tzinfo=UTC))
        if moved:
            on_flow(CashMoved(at, moved * MICROS_PER_USD, "as planned"))
        on_mark(PortfolioMarked(at, worth * MICROS_PER_USD, 0, 0))
    picture = [str(text) for text in shown._picture(0.0).renderables]
    labels = [line.split()[0] for line in picture if line[:1] == " " and line.split()[0][-1] in "D%0123456789"]
    assert labels == ["150", "70", "0.0%", "-10.0%"]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(50, 150), st.sampled_from([0, 0, 0, 20, -20])), max_size=40))
def test_marks_that_are_passed_over_would_have_changed_nothing(marks: list[tuple[int, int, int]]) -> None:
    curves = AccountCurves(date(2019, 1, 1), days=10, columns=3)
    worth: list[float] = []
    falls: list[float] = []
    peak = flows = 0
    for day, value, moved in sorted(marks, key=lambda one: one[0]):
        at = instant(datetime(2019, 1, 1 + day, 20, tzinfo=UTC))
        if moved:
            curves.on_flow(CashMoved(at, moved * MICROS_PER_USD, "as planned"))
        curves.on_mark(PortfolioMarked(at, value * MICROS_PER_USD, 0, 0))
        flows += moved
        peak = max(peak, value - flows)
        worth.append(value)
        falls.append((value - flows) / peak - 1 if peak else 0.0)
    if worth:
        assert curves.equity.bounds == (min(worth), max(worth))
        assert curves.drawdown.bounds == pytest.approx((min(falls), max(falls)))


# --- a run ------------------------------------------------------------------------------------------------------


def on_a_terminal(folder: Path, *arguments: str) -> str:
    """What a terminal of 80 columns gets to see of a command."""
    terminal, inside = pty.openpty()
    own = OWN | {"TERM": "xterm", "COLUMNS": "80", "LINES": "40", "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "api.cli.main", *arguments]
    with subprocess.Popen(
        command, cwd=folder, env=os.environ | own, stdin=inside, stdout=inside, stderr=inside
    ) as process:
        os.close(inside)
        shown = b"".join(iter(lambda: read(terminal), b""))
    os.close(terminal)
    assert process.returncode == 0, shown.decode()
    return ESCAPES.sub("", shown.decode())


def read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux says so when the other side is closed
        return b""


def test_on_a_terminal_equity_and_drawdown_are_drawn(small_market: Path, tmp_path: Path) -> None:
    (tmp_path / "run.yaml").write_text(CONFIGURATION)
    shown = on_a_terminal(tmp_path, "run", "run.yaml", "--live", "--store", str(small_market))
    picture, result = shown.rsplit("small condor: complete", 1)
    last = picture.splitlines()[-15:]
    assert last[0].startswith("2019-03-28 ")
    assert " USD " in last[1]
    assert DOTS.search(last[1])
    assert "0.0%" in last[11]
    assert all(len(line) <= 80 for line in picture.splitlines())
    assert "net liquidation" in result


def test_elsewhere_nothing_is_drawn(small_market: Path, tmp_path: Path) -> None:
    (tmp_path / "run.yaml").write_text(CONFIGURATION)
    answer = ironfly("run", "run.yaml", "--live", "--store", small_market, cwd=tmp_path)
    assert answer.code == 0, answer.err
    assert not DOTS.search(answer.out + answer.err)
