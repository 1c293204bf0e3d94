"""Figures of a run: what is drawn is what the tables say, and every word is inside."""

import os
import pickle
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure as Canvas
from matplotlib.text import Text
from scipy.optimize import brentq
from scipy.special import ndtr

from api.reports.figures import FIGURES, Figure, svg
from api.reports.figures.payoffs import typical
from api.reports.figures.svg import drawn
from api.runs import StoredRun
from tests.api.figure_runs import CAUSES, CLOSES, equity_of, full_run, small_run, with_tables
from tests.reference import REPOSITORY

Array = np.ndarray[Any, np.dtype[np.float64]]
NAMES = [figure.name for figure in FIGURES]
BYTES_AT_MOST = 60_000


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> StoredRun:
    return full_run(tmp_path_factory.mktemp("figures") / "full")


@pytest.fixture
def small(tmp_path: Path) -> StoredRun:
    return small_run(tmp_path / "small")


def named(name: str) -> Figure:
    return next(figure for figure in FIGURES if figure.name == name)


def axes_of(name: str, run: StoredRun) -> Axes:
    axes = Canvas().add_subplot()
    named(name).draw(run, axes)
    return axes


def panels_of(name: str, run: StoredRun) -> list[Axes]:
    return [child for child in axes_of(name, run).get_children() if isinstance(child, Axes)]


def points(axes: Axes, line: int = 0) -> Array:
    """What a line leads through; shape (points, 2)."""
    return np.array(axes.lines[line].get_xydata(), np.float64)


def ydata(axes: Axes, line: int = 0) -> Array:
    return points(axes, line)[:, 1]


def words_of(axes: Axes) -> list[str]:
    return [text.get_text() for text in axes.texts]


# --- what is drawn ----------------------------------------------------------------------------------------------


def test_equity_is_the_net_liquidation_of_the_table(full: StoredRun) -> None:
    drawn_points = points(axes_of("equity", full))
    assert np.array_equal(drawn_points[:, 1], full.equity.net_liquidation_usd)
    assert drawn_points[0, 0] == full.equity["at"].iloc[0].timestamp() / 86_400.0


def test_a_long_curve_keeps_its_extremes(full: StoredRun) -> None:
    at = pd.Series(pd.date_range("2014-01-02", periods=500_000, freq="min", tz="UTC"))
    values = 1e5 + np.cumsum(np.random.default_rng(3).normal(0.0, 10.0, len(at)))
    run = with_tables(full, equity=equity_of(values, at))
    shown = ydata(axes_of("equity", run))
    assert len(shown) < 700
    assert (shown.min(), shown.max(), shown[0], shown[-1]) == (values.min(), values.max(), values[0], values[-1])
    depth = values / np.maximum.accumulate(np.maximum(values, run.summary.capital.start_usd)) - 1.0
    assert ydata(axes_of("underwater", run)).min() == depth.min()


def test_falls_count_from_the_starting_capital(small: StoredRun) -> None:
    run = with_tables(small, equity=equity_of([90_000.0, 110_000.0, 99_000.0], CLOSES[:3]))
    assert ydata(axes_of("underwater", run)) == pytest.approx([-0.1, 0.0, -0.1])


def test_an_account_below_zero_falls_by_more_than_everything(small: StoredRun) -> None:
    run = with_tables(small, equity=equity_of([100_000.0, -20_000.0], CLOSES[:2]))
    assert ydata(axes_of("underwater", run)) == pytest.approx([0.0, -1.2])


def test_margin_has_a_gap_where_no_amount_would_be_enough(full: StoredRun) -> None:
    money = panels_of("margin", full)[0]
    assert np.array_equal(ydata(money, 1), full.equity.margin_requirement_usd, equal_nan=True)
    assert money.get_title("right") == "\N{BLACK DOWN-POINTING TRIANGLE} 3 margin calls"


def test_open_trades_are_counted_at_every_moment(full: StoredRun) -> None:
    at, count = points(panels_of("margin", full)[1]).T
    for moment in CLOSES[::17]:
        opened = full.trades.opened_at <= moment
        is_open = opened & ~(full.trades.closed_at <= moment)
        place = np.searchsorted(at, moment.timestamp() / 86_400.0 + 1e-9, side="right") - 1
        assert count[place] == is_open.sum()


def test_every_closed_trade_is_in_one_bar_and_zero_is_an_edge(full: StoredRun) -> None:
    (bars,) = (one for one in axes_of("profit-distribution", full).collections if isinstance(one, PolyCollection))
    boxes: list[Array] = [np.array(path.vertices) for path in bars.get_paths()]
    assert sum(box[:, 1].max() for box in boxes) == full.trades.closed_at.notna().sum()
    assert not any(box[:, 0].min() < 0 < box[:, 0].max() for box in boxes)
    heights = {round(float(box[:, 0].mean()), 6): box[:, 1].max() for box in boxes}
    gains = (full.trades[full.trades.closed_at.notna()].profit_usd >= 0).sum()
    assert sum(height for middle, height in heights.items() if middle > 0) == gains


def test_strokes_lead_from_opening_to_end(full: StoredRun) -> None:
    for panel, (_, trades) in zip(panels_of("trade-timeline", full), full.trades.groupby("strategy"), strict=True):
        gained = trades[trades.profit_usd >= 0]
        along, up = points(panel).T.reshape(2, -1, 3)
        assert up[:, 0].tolist() == up[:, 1].tolist() == gained.profit_usd.tolist()
        lasted = gained.closed_at.fillna(CLOSES.iloc[-1]) - gained.opened_at
        assert along[:, 1] - along[:, 0] == pytest.approx(lasted.dt.total_seconds().to_numpy() / 86_400.0)


def test_every_closed_trade_has_a_dot_among_the_excursions(full: StoredRun) -> None:
    axes, closed = axes_of("excursions", full), full.trades[full.trades.closed_at.notna()]
    dots = {tuple(dot) for line in (0, 1) for dot in points(axes, line).tolist()}
    assert dots == set(zip(closed.worst_usd, closed.profit_usd, strict=True))


def test_every_dot_reaches_the_paper(tmp_path: Path) -> None:
    run = full_run(tmp_path / "many", trades=300)
    assert svg(named("excursions"), run).count("<use ") == 298


def test_causes_add_up_to_the_profit_on_every_day(full: StoredRun) -> None:
    axes = axes_of("attribution-over-time", full)
    curves = [ydata(axes, number) for number in range(1, len(axes.lines))]
    assert np.sum(curves[:-1], axis=0) == pytest.approx(curves[-1])
    daily = full.attribution.groupby("day")[CAUSES].sum().sum(axis=1).cumsum()
    assert curves[-1][-1] == pytest.approx(daily.iloc[-1])
    assert set(curves[-1].round(6)) <= set(daily.round(6))


def test_greeks_are_those_of_the_table(full: StoredRun) -> None:
    panels = panels_of("greeks", full)
    assert [panel.get_title("left") for panel in panels][:2] == ["Delta, shares", "Gamma, shares per point"]
    columns = ["delta_shares", "gamma_shares_per_point", "vega_usd_per_point", "theta_usd_per_day"]
    for panel, column in zip(panels, [*columns, "beta_weighted_delta_shares", "worst_stress_usd"], strict=True):
        assert np.array_equal(ydata(panel, 1), full.greeks[column], equal_nan=True)


def test_a_month_without_a_return_is_a_dash(full: StoredRun) -> None:
    words = words_of(axes_of("monthly-returns", full))
    assert words[24:26] == ["\N{EN DASH}", "10.0%"]
    months = [one.total for one in full.summary.periods.months]
    assert words[:3] == [f"{total:.1%}".replace("-", "\N{MINUS SIGN}") for total in months[:3]]


def test_fills_stand_at_mid_and_touch_and_where_the_run_filled(full: StoredRun) -> None:
    axes = axes_of("fill-sensitivity", full)
    assert points(axes).tolist() == [[0.5, 300.0], [1.0, -100.0]]
    assert [0.5625, 250.0] in [points(axes, line)[0].tolist() for line in range(1, len(axes.lines))]
    words = words_of(axes)
    assert words[:3] == ["mid +$300", "this run +$250", "touch \N{MINUS SIGN}$100"]
    assert "nothing left at 88%" in words


def test_entries_are_counted_by_stage_and_reason(full: StoredRun) -> None:
    words = words_of(axes_of("entries", full))
    assert words[:3] == ["opened", "signal: signal not above: iv rank", "risk: 3 positions would be open, limit 2"]
    assert words[3:6] == ["40", "60", "3"]


def test_the_payoff_of_a_condor_is_bounded_by_credit_and_width(full: StoredRun) -> None:
    axes = axes_of("typical-payoff", full)
    credit, width, fees = 3000.0, 10_000.0, 2.6
    profits = max((ydata(axes, line) for line in range(len(axes.lines))), key=len)
    assert profits.max() == pytest.approx(credit - fees)
    assert profits.min() == pytest.approx(credit - width - fees)
    zeros = 2800.0 - (credit - fees) / 100.0, 3000.0 + (credit - fees) / 100.0
    assert f"break-evens {zeros[0]:,.2f}, {zeros[1]:,.2f}" in named("typical-payoff").alt(full)


def test_an_option_that_outlives_the_first_expiration_keeps_its_volatility(full: StoredRun) -> None:
    """A calendar: rates and yields of the small run's configuration are zero."""
    legs = pd.DataFrame(
        {
            "position_id": 1,
            "symbol": ["near", "far"],
            "right": "call",
            "strike": 2900.0,
            "expires_on": pd.to_datetime(["2019-06-21", "2019-09-20"]),
            "multiplier": 100,
        }
    )
    fills = pd.DataFrame(
        {"position_id": 1, "symbol": ["near", "far"], "quantity": [-1, 1], "order_id": 1, "intent": "open"}
    ).assign(price_usd=[40.0, 75.0], cash_usd=[4000.0, -7500.0], fee_usd=0.65)
    trades = full.trades.iloc[:1].assign(opened_on=pd.Timestamp("2019-05-01"))
    found = typical(with_tables(full, trades=trades, legs=legs, fills=fills))
    assert found is not None
    days = 142, 91
    volatility = brentq(lambda sigma: call(2900.0, 2900.0, days[0] / 365, sigma) - 75.0, 0.01, 1.0)
    left = np.array([call(spot, 2900.0, days[1] / 365, volatility) for spot in found.spots])
    expected = 100 * (left - np.maximum(found.spots - 2900.0, 0.0)) - 3500.0 - 1.3
    assert found.profits == pytest.approx(expected, abs=1e-6)
    assert found.spots[found.profits.argmax()] == 2900.0


def call(spot: float, strike: float, years: float, volatility: float) -> float:
    """Value of a call at a rate of zero."""
    deviation = volatility * np.sqrt(years)
    upper = np.log(spot / strike) / deviation + deviation / 2
    return float(spot * ndtr(upper) - strike * ndtr(upper - deviation))


def test_the_typical_trade_has_the_median_profit(full: StoredRun) -> None:
    profits = sorted(full.trades.profit_usd)
    position = full.trades[full.trades.profit_usd == profits[19]].position_id.iloc[0]
    assert named("typical-payoff").alt(full).startswith(f"Trade {position}, ")


# --- words ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_every_word_is_inside(name: str, full: StoredRun) -> None:
    canvas = drawn(named(name), full, StringIO())
    shown: list[Any] = [text for text in canvas.findobj(Text) if text.get_text() and text.axes is not None]
    for text in shown:
        if text.axes.axison or text in text.axes.texts:
            box = text.get_window_extent()
            assert min(box.x0, box.y0) >= -1, text
            assert box.x1 <= canvas.bbox.width + 1, text
            assert box.y1 <= canvas.bbox.height + 1, text


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_says_what_it_shows_in_numbers(name: str, full: StoredRun) -> None:
    figure = named(name)
    assert figure.applies(full)
    assert re.search(r"\d", figure.alt(full))
    assert figure.alt(full).endswith(".")
    assert figure.caption(full).endswith(".")
    assert "_" not in figure.alt(full) + figure.caption(full)


def test_captions_say_model_prices_and_an_interruption(full: StoredRun) -> None:
    summary = full.summary.model_copy(
        update={
            "data": full.summary.data.model_copy(update={"prices": "model"}),
            "run": full.summary.run.model_copy(update={"status": "interrupted"}),
        }
    )
    said = named("equity").caption(with_tables(full, summary=summary))
    assert "Model prices" in said
    assert "interrupted" in said
    assert "Model prices" not in named("equity").caption(full)


def test_alts_are_the_numbers_of_the_summary(small: StoredRun) -> None:
    assert named("equity").alt(small) == "Net liquidation from $100,000 to $100,272, 0.3% in all; lowest $99,945."


# --- runs with little to show -----------------------------------------------------------------------------------


def test_a_run_without_trades_shows_its_account_and_its_entries(full: StoredRun) -> None:
    nothing = {name: getattr(full, name).iloc[:0] for name in ("trades", "legs", "fills", "greeks", "attribution")}
    empty = full.summary.model_copy(
        update={
            "trades": full.summary.trades.model_copy(update={"by_exit_reason": {}}),
            "fill_sensitivity": full.summary.fill_sensitivity.model_copy(update={"touch_usd": 300.0}),
        }
    )
    run = with_tables(full, summary=empty, equity=equity_of([1e5] * 3, CLOSES[:3]), **nothing)
    shown = [figure.name for figure in FIGURES if figure.applies(run)]
    assert [name for name in shown if name in NAMES[:10]] == ["equity", "monthly-returns", "rolling"]
    assert "entries" in shown
    for name in shown:
        assert svg(named(name), run)


@pytest.mark.parametrize("name", NAMES)
def test_one_mark_and_one_trade_are_enough(name: str, full: StoredRun) -> None:
    run = with_tables(
        full,
        equity=equity_of([90_000.0], CLOSES[:1]),
        trades=full.trades.iloc[:1],
        greeks=full.greeks.iloc[:1],
        attribution=full.attribution.iloc[:1],
    )
    if named(name).applies(run):
        assert svg(named(name), run)


def test_the_small_run_is_drawn_as_it_was_written(small: StoredRun) -> None:
    for figure in FIGURES:
        if figure.applies(small):
            ElementTree.fromstring(svg(figure, small))


# --- the document -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_svg_is_small_well_formed_and_labelled(name: str, full: StoredRun) -> None:
    text = svg(named(name), full)
    root = ElementTree.fromstring(text)
    assert root.get("role") == "img"
    assert root.get("aria-label") == named(name).alt(full)
    assert len(text.encode()) < BYTES_AT_MOST
    assert "<image" not in text
    assert set(re.findall(r"https?://[^/\"]*", text)) <= {"http://www.w3.org"}  # names of namespaces


def test_very_many_trades_and_marks_stay_small(tmp_path: Path) -> None:
    run = full_run(tmp_path / "many", trades=2_000)
    at = pd.Series(pd.date_range("2019-01-02", periods=100_000, freq="min", tz="UTC"))
    values = 1e5 + np.cumsum(np.random.default_rng(3).normal(0.0, 10.0, len(at)))
    calls = pd.DataFrame({"at": at.iloc[::20].array})
    run = with_tables(run, equity=equity_of(values, at), margin_calls=calls)
    sizes = {figure.name: len(svg(figure, run)) for figure in FIGURES}
    assert {name: size for name, size in sizes.items() if size >= BYTES_AT_MOST} == {}


def test_ids_of_all_figures_are_apart(full: StoredRun) -> None:
    found = [name for figure in FIGURES for name in re.findall(r' id="([^"]*)"', svg(figure, full))]
    assert len(found) == len(set(found))


def test_labels_are_escaped(full: StoredRun) -> None:
    assert "<script>" not in svg(named("trade-timeline"), full)


_DRAW = """
import pickle, sys
from pathlib import Path
run = pickle.loads(Path(sys.argv[1]).read_bytes())
from api.reports.figures import FIGURES, svg
for figure in FIGURES:
    print(svg(figure, run))
print("matplotlib.pyplot" in sys.modules)
"""


def test_bytes_are_the_same_in_any_process_and_no_state_of_pyplot_is_touched(full: StoredRun, tmp_path: Path) -> None:
    (tmp_path / "run").write_bytes(pickle.dumps(full))
    environment = {**os.environ, "PYTHONHASHSEED": "77", "TZ": "Asia/Tokyo", "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-c", _DRAW, str(tmp_path / "run")]
    done = subprocess.run(command, cwd=REPOSITORY, env=environment, check=True, capture_output=True)
    assert done.stdout.decode() == "".join(f"{svg(figure, full)}\n" for figure in FIGURES) + "False\n"


def test_settings_of_matplotlib_stay_as_they_were_and_change_nothing(full: StoredRun) -> None:
    drawn = svg(named("equity"), full)
    with mpl.rc_context({"axes.grid": True, "lines.linewidth": 7.0, "font.family": ["serif"], "axes.facecolor": "k"}):
        before = dict(mpl.rcParams)
        assert svg(named("equity"), full) == drawn
        assert dict(mpl.rcParams) == before


def test_the_command_line_starts_without_matplotlib() -> None:
    code = "import sys, api.cli.main; print('matplotlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, check=True, capture_output=True, text=True)
    assert done.stdout == "False\n"
