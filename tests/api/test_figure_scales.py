"""Ticks, words and colours of figures."""

from datetime import UTC, datetime
from itertools import product

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure as Canvas

from api.reports.figures import cells, style
from api.reports.figures.scales import date_axis, days_at, money_axis, percent_axis, plain_axis
from api.reports.figures.style import spread
from api.reports.figures.words import counted, number, percent, plainly, profit, usd

MINUS = "\N{MINUS SIGN}"
NEW_YORK = "America/New_York"


def axes() -> Axes:
    return Canvas().add_subplot()


def labels(drawn: Axes, axis: str = "y") -> list[str]:
    return [label.get_text() for label in (drawn.get_yticklabels() if axis == "y" else drawn.get_xticklabels())]


def dates(first: datetime, last: datetime) -> list[str]:
    drawn = axes()
    date_axis(drawn, days_at(first), days_at(last), NEW_YORK)
    return labels(drawn, "x")


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


# --- ticks ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0.0, 100_000.0, ["$0", "$20k", "$40k", "$60k", "$80k", "$100k"]),
        (-12_000.0, 4_000.0, [f"{MINUS}$10k", f"{MINUS}$5k", "$0"]),
        (-0.5, 1.0, [f"{MINUS}$0.50", "$0", "$0.50", "$1.00"]),
        (2_000_000.0, 8_000_000.0, ["$2M", "$4M", "$6M", "$8M"]),
        (999.0, 1_001.0, ["$999.00", "$999.50", "$1,000.00", "$1,000.50", "$1,001.00"]),
    ],
)
def test_money_is_short_and_its_ticks_are_apart(low: float, high: float, said: list[str]) -> None:
    drawn = axes()
    money_axis(drawn.yaxis, low, high)
    assert labels(drawn) == said


def test_percent_and_plain_numbers() -> None:
    drawn = axes()
    percent_axis(drawn.yaxis, -0.05, 0.05)
    assert labels(drawn) == [f"{MINUS}4%", f"{MINUS}2%", "0%", "2%", "4%"]
    plain_axis(drawn.yaxis, 0.0, 3.0, whole=True)
    assert labels(drawn) == ["0", "1", "2", "3"]


def test_years_say_only_the_year() -> None:
    assert dates(utc(2014, 1, 3), utc(2018, 12, 31)) == ["2014", "2015", "2016", "2017", "2018", "2019"]


def test_months_say_the_year_where_it_begins() -> None:
    assert dates(utc(2015, 11, 2), utc(2016, 4, 29)) == ["Nov\n2015", "Dec", "Jan\n2016", "Feb", "Mar", "Apr", "May"]


def test_days_are_written_as_on_the_page() -> None:
    assert dates(utc(2019, 4, 25), utc(2019, 5, 2))[:3] == ["04/25\n2019", "04/26", "04/27"]


def test_one_session_shows_the_clock_of_the_exchange() -> None:
    assert dates(utc(2019, 4, 25, 13, 30), utc(2019, 4, 25, 20)) == [
        "10:00\n04/25/2019", "11:00", "12:00", "13:00", "14:00", "15:00", "16:00",
    ]  # fmt: skip


def test_one_instant_has_an_axis_around_it() -> None:
    drawn = axes()
    at = days_at(utc(2019, 4, 25, 20))
    date_axis(drawn, at, at, NEW_YORK)
    low, high = drawn.get_xlim()
    assert low < at < high


# --- words ------------------------------------------------------------------------------------------------------


def test_amounts_are_written_as_on_the_page() -> None:
    assert [usd(1234.4), usd(-0.4), usd(-1234.5)] == ["$1,234", "$0", f"{MINUS}$1,234"]
    assert [profit(12.0), profit(0.2), profit(-12.0)] == ["+$12", "$0", f"{MINUS}$12"]
    assert [percent(-0.0004), percent(0.123), percent(-0.5)] == ["0.0%", "12.3%", f"{MINUS}50.0%"]
    assert [number(-0.001), number(-1234.5), number(7, 0)] == ["0.00", f"{MINUS}1,234.50", "7"]
    assert [counted(1, "fall"), counted(1000, "trade")] == ["1 fall", "1,000 trades"]
    assert plainly("dte_exit:near_put") == "dte exit: near put"


# --- places and colours -----------------------------------------------------------------------------------------


def test_names_of_curves_keep_their_order_and_a_distance() -> None:
    placed = spread([0.5, 0.98, 0.5, 0.99], 0.1)
    assert placed[0] == 0.5
    assert sorted(placed) == [placed[0], placed[2], placed[1], placed[3]]
    assert all(b - a >= 0.1 - 1e-12 for a, b in zip(sorted(placed), sorted(placed)[1:], strict=False))
    assert max(placed) <= 1.0


def luminance(colour: str) -> float:
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour)]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("ink", [style.INK, style.MUTED, style.GAIN_INK, style.LOSS_INK])
def test_letters_are_readable_on_white(ink: str) -> None:
    assert contrast(ink, "white") >= 4.5


@pytest.mark.parametrize("colour", [style.AXIS, *(colour for colour, _ in style.SERIES)])
def test_marks_are_seen_on_white(colour: str) -> None:
    assert contrast(colour, "white") >= 3.0


@pytest.mark.parametrize("value", [-1.0, 1.0])
def test_letters_are_readable_on_the_darkest_cells(value: float) -> None:
    drawn = axes()
    cells.cells(drawn, {(0, 0): (value, "x")}, ["row"], ["column"])
    (face,) = np.array(drawn.collections[0].get_facecolor())
    assert contrast(style.INK, to_hex(face)) >= 4.5


def test_curves_that_share_axes_differ_in_dashes_too() -> None:
    dashes = [dash for _, dash in style.SERIES]
    assert all(one != other for (i, one), (j, other) in product(enumerate(dashes), repeat=2) if i != j)
