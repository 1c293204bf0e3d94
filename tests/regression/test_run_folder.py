"""What is read from the folder of a run is what the engine said, to the micro-dollar."""

import json
from datetime import datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from api.mapping import FinishedRun
from api.runs import StoredRun, open_run
from engine.funnel import entry_fates
from engine.instants import utc_datetime
from engine.money import MICROS_PER_USD, to_usd
from tests.api.written import written
from tests.regression.spx_2019 import finished


@pytest.fixture(scope="module", params=["spx_iron_condor", "spx_rolled_strangle"])
def played(request: pytest.FixtureRequest, store: Path) -> FinishedRun:
    """Runs on real days."""
    return finished(request.param, store)


@pytest.fixture(scope="module")
def run(played: FinishedRun, tmp_path_factory: pytest.TempPathFactory) -> StoredRun:
    return open_run(written(played, tmp_path_factory.mktemp("runs") / "one"))


def micros(column: "pd.Series[float]") -> list[int]:
    """Exact amounts."""
    return [round(value * MICROS_PER_USD) for value in column]


def moments(column: "pd.Series[pd.Timestamp]") -> list[datetime]:
    return [moment.to_pydatetime() for moment in column]


def test_trades_and_legs_are_exact(run: StoredRun, played: FinishedRun) -> None:
    trades = played.result.trades
    assert micros(run.trades.profit_usd) == [trade.profit for trade in trades]
    assert micros(run.trades.entry_cash_usd) == [trade.entry_cash for trade in trades]
    assert moments(run.trades.opened_at) == [utc_datetime(trade.opened_at) for trade in trades]
    assert list(run.trades.closed_at.isna()) == [trade.closed_at is None for trade in trades]
    legs = [leg for trade in trades for leg in trade.legs]
    assert micros(run.legs.exit_cash_usd) == [leg.exit_cash for leg in legs]
    assert list(run.legs.quantity) == [leg.quantity for leg in legs]
    assert list(run.legs.symbol) == [leg.symbol for leg in legs]


def test_fills_are_exact(run: StoredRun, played: FinishedRun) -> None:
    legs = [leg for fill in played.result.fills for leg in fill.legs]
    assert micros(run.fills.price_usd) == [leg.price for leg in legs]
    assert micros(run.fills.fee_usd) == [leg.fee for leg in legs]
    np.testing.assert_array_equal(run.fills.bid_usd, [leg.bid for leg in legs])
    assert len(run.orders) == len(played.result.orders)


def test_the_curve_is_exact(run: StoredRun, played: FinishedRun) -> None:
    points = list(played.result.equity)
    assert micros(run.equity.net_liquidation_usd) == [point.net_liquidation for point in points]
    assert moments(run.equity["at"]) == [utc_datetime(point.at) for point in points]
    assert str(run.equity["at"].dtype) == "datetime64[us, UTC]"


def test_there_are_greeks_of_every_session(run: StoredRun, played: FinishedRun) -> None:
    assert list(run.greeks.day.dt.date) == list(played.result.days)
    assert run.greeks.delta_shares.abs().max() > 0


def test_causes_of_all_positions_and_days_are_the_profit(run: StoredRun, played: FinishedRun) -> None:
    causes = run.attribution.filter(like="_usd")
    totals = played.result.totals
    assert sum(sum(micros(causes[name])) for name in causes) == totals.net_liquidation - totals.initial_cash
    exact = causes.map(lambda value: round(value * MICROS_PER_USD)).sum(axis=1)
    of_positions = exact.groupby(run.attribution.position_id).sum()
    assert dict(of_positions) == {trade.position_id: trade.profit for trade in played.result.trades}
    assert {f"{name}_usd": amount for name, amount in played.attribution.total.items()} == {
        name: sum(micros(causes[name])) for name in causes
    }


def test_the_funnel_has_every_entry(run: StoredRun, played: FinishedRun) -> None:
    fates = list(entry_fates(played.result))
    assert list(run.funnel.stage) == [fate.stage for fate in fates]
    assert [None if pd.isna(one) else one for one in run.funnel.order_id] == [fate.order_id for fate in fates]


def test_every_event_is_there_and_its_details_are_json(run: StoredRun, played: FinishedRun) -> None:
    log = played.result.event_log
    assert moments(run.events["at"]) == [utc_datetime(event.at) for event in log]
    filled = run.events[run.events.kind == "order_filled"].details.map(json.loads)
    assert [one["fill"]["order_id"] for one in filled] == [fill.order_id for fill in played.result.fills]


def test_the_summary_is_the_one_that_was_published(run: StoredRun, played: FinishedRun) -> None:
    assert run.summary.capital.profit_usd == to_usd(
        played.result.totals.net_liquidation - played.result.totals.initial_cash
    )
    assert run.summary.model_dump_json(indent=2) + "\n" == (run.folder / "summary.json").read_text()
