"""What a report says is what the summary and the tables say."""

from dataclasses import replace
from itertools import islice
from pathlib import Path

import pandas as pd
import pytest

from api.reports.blocks import Block, Cautions, Document, Picture, Points, Table, Tiles
from api.reports.chapters.trade_list import MOST_TRADES, legs_by_trade
from api.reports.document import document_of
from api.reports.figure_tables import figure_table, label, written
from api.reports.figures import FIGURES
from api.reports.words import signed_usd
from api.runs import StoredRun, open_run
from engine.metrics import statistics
from schemas.sections.base import Section
from tests.api.reports.reading import blocks_of, cells_of, tables_of
from tests.api.results import OPEN, RESULT, SETTLED, USD, finished_run
from tests.api.written import written as written_run


def first(document: Document, kind: type[Block]) -> Block:
    return next(block for block in blocks_of(document) if isinstance(block, kind))


def test_warnings_then_assumptions_then_the_headline(small_run: StoredRun, small_document: Document) -> None:
    cautions, assumptions, tiles = islice(blocks_of(small_document), 3)
    assert isinstance(cautions, Cautions)
    assert cautions.lines == small_run.summary.warnings
    assert isinstance(assumptions, Points)
    assert isinstance(tiles, Tiles)
    assert tiles.tiles[0].value == signed_usd(small_run.summary.capital.profit_usd)


@pytest.mark.parametrize("name", ["capital", "returns", "drawdown", "costs", "fill_sensitivity", "lifecycle"])
def test_every_figure_of_a_section_is_shown(small_run: StoredRun, name: str) -> None:
    section: Section = getattr(small_run.summary, name)
    shown = cells_of(figure_table("", section))
    scalars = [name for name, value in section if not isinstance(value, (tuple, dict, Section))]
    assert list(shown) == [label(field) for field in scalars]
    assert [cells[0] for cells in shown.values()] == [
        written(type(section), field, getattr(section, field)) for field in scalars
    ]


class Said(Section):
    """A section as those of the summary."""

    mean_usd: float | None
    """Mean of the `profit_usd` of days (all; also bad ones), e.g. of Monday; null: there is no day."""
    plain: float | None
    """Null: as `mean_usd`. And more."""
    silent: float | None


def test_a_figure_has_the_words_of_its_model() -> None:
    table = figure_table("Days", Said(mean_usd=-1.5, plain=None, silent=None))
    dash = "\N{EN DASH}"
    assert table.rows == (
        ("Mean", "\N{MINUS SIGN}$1.50", "Mean of the profit of days, e.g. of Monday"),
        ("Plain", f"{dash} (as mean)", ""),
        ("Silent", dash, ""),
    )


def test_causes_add_up_to_the_profit(small_run: StoredRun, small_document: Document) -> None:
    causes = cells_of(tables_of(small_document)["Profit by cause"])
    assert causes["Fees"][0] == signed_usd(small_run.summary.attribution.causes.fees_usd)
    amounts = small_run.summary.attribution.causes.model_dump().values()
    assert causes["Profit of the run"][0] == signed_usd(round(sum(amounts), 6))


def test_trades_are_listed_with_what_is_special_about_them(small_document: Document) -> None:
    rows = cells_of(tables_of(small_document)["All 2 trades"])
    assert rows["1"][:4] == ("05/02/2019", "05/13/2019", "Iron condor", "2")
    assert rows["1"][7] == signed_usd(SETTLED.profit / USD)
    assert rows["1"][10] == "Expiration*"
    assert rows["2"][1] == "open"
    assert rows["1"][11] == "\N{MINUS SIGN}2 SPXW  190510P02850000"


def test_legs_are_named_by_expiration() -> None:
    expiration = pd.Timestamp("2019-05-10")
    legs = pd.DataFrame({
        "position_id": [7, 7, 7],
        "symbol": ["SPXW  190510P02850000", "SPXW  190510C02900000", "SPY"],
        "quantity": [-2, 1, 100],
        "right": ["put", "call", ""],
        "strike": [2850.0, 2902.5, float("nan")],
        "expires_on": [expiration, expiration, pd.NaT],
    })  # fmt: skip
    assert legs_by_trade(legs) == {7: "05/10/2019 \N{MINUS SIGN}2 2,850 put, +1 2,902.5 call; +100 SPY"}


def test_of_many_trades_the_worst_and_the_best_are_listed(tmp_path: Path) -> None:
    trades = tuple(replace(SETTLED, position_id=number, profit=number * USD) for number in range(1, MOST_TRADES + 2))
    document = document_of(open_run(written_run(finished_run(trades=trades), tmp_path / "many")))
    (table,) = (one for caption, one in tables_of(document).items() if caption.startswith("The 100 worst"))
    numbers = [int(row[0].replace(",", "")) for row in table.rows]
    assert numbers == [*range(1, 101), *range(MOST_TRADES - 98, MOST_TRADES + 2)]
    assert "all are in trades.csv" in table.caption
    assert table.paper is not None
    assert len(table.paper.rows) == 40


def test_a_run_without_trades_says_so(tmp_path: Path) -> None:
    finished = finished_run(trades=())
    finished = replace(finished, statistics=statistics(finished.result))
    document = document_of(open_run(written_run(finished, tmp_path / "none")))
    assert [chapter.key for chapter in document.chapters][:2] == ["first", "headline"]
    assert "Statistics of trades" not in tables_of(document)
    assert [part.title for chapter in document.chapters if chapter.key == "trades" for part in chapter.parts] == [""]


def test_an_interrupted_run_says_so_in_the_headline(tmp_path: Path) -> None:
    document = document_of(open_run(written_run(finished_run(interrupted=True), tmp_path / "half")))
    points = [line for block in blocks_of(document) if isinstance(block, Points) for line in block.lines]
    assert any(line.startswith("The run was interrupted: everything here ends on 05/15/2019") for line in points)
    assert ("Status", "Interrupted") in document.facts


def test_every_figure_that_shows_something_has_its_place(small_run: StoredRun, small_document: Document) -> None:
    shown = [block.name for block in blocks_of(small_document) if isinstance(block, Picture)]
    assert sorted(shown) == sorted(figure.name for figure in FIGURES if figure.applies(small_run))
    assert "equity" in shown


def test_captions_are_unique(small_document: Document) -> None:
    """A reader of the page's parts by name finds each once."""
    captions = [block.caption for block in blocks_of(small_document) if isinstance(block, Table)]
    assert len(captions) == len(set(captions))


def test_rows_are_as_long_as_the_headings(small_document: Document) -> None:
    tables = [block for block in blocks_of(small_document) if isinstance(block, Table)]
    assert {len(row) - len(table.columns) for table in tables for row in table.rows} == {0}


def test_the_fixture_has_an_open_trade() -> None:
    assert OPEN in RESULT.trades
