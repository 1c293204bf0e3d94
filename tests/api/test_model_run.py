"""A run on the model market: nothing has to be imported, it settles officially, and says what its prices are."""

from datetime import date
from pathlib import Path

import pytest

from api.mapping import FinishedRun, summarise
from api.wiring import play, prepare
from data.embedded_market import embedded_market
from data.errors import NotCovered, SettlementFileError
from data.manifest import SCHEMA_VERSION
from data.providers.model_chain import MODEL_VERSION
from engine.events import SettlementSource
from engine.instants import utc_datetime
from schemas.run_request import RunRequest, load_run_request
from schemas.summary import Summary
from tests.api.shell import ironfly
from tests.reference import REPOSITORY

CONFIG = REPOSITORY / "configs" / "spx_model_iron_condor.yaml"
HELD_TO_THE_END = (
    "start=2014-02-03",
    "end=2014-06-30",
    "warm_up_sessions=20",
    "signals.0.parameters.lookback_sessions=20",
    "strategies.0.exit.profit_target_percent=100",
    "strategies.0.exit.stop_loss_percent=1000",
    "strategies.0.exit.dte=0",
)
MARKET = embedded_market()


def request(*settings: str) -> RunRequest:
    return load_run_request(CONFIG, (*HELD_TO_THE_END, *settings))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home") / "store"


@pytest.fixture(scope="module")
def finished(store: Path) -> FinishedRun:
    return play(prepare(request(), store))


@pytest.fixture(scope="module")
def summary(finished: FinishedRun) -> Summary:
    return summarise(finished)


def test_model_prices_are_made_beside_the_store_and_not_in_it(finished: FinishedRun, store: Path) -> None:
    assert finished.result.trades
    assert not store.exists()
    made = [path.name for path in (store.parent / "model").iterdir() if path.is_dir()]
    assert made == [f"v{MODEL_VERSION}.{SCHEMA_VERSION}-seed0"]


def test_series_settle_on_the_close_of_the_model_market(finished: FinishedRun) -> None:
    settled = finished.result.settlements
    assert settled
    for record in settled:
        assert record.root == "SPXW"
        assert record.source is SettlementSource.OFFICIAL
        assert record.priced_at == record.settles_at == record.settled_at
        assert record.price == MARKET.close[MARKET.position(utc_datetime(record.settles_at).date())]


def test_am_series_settle_on_the_open(store: Path) -> None:
    settled = play(prepare(request("strategies.0.expirations.monthly.roots=[SPX]"), store)).result.settlements
    assert settled
    for record in settled:
        assert (record.root, record.source) == ("SPX", SettlementSource.OFFICIAL)
        assert record.price == MARKET.open[MARKET.position(utc_datetime(record.settles_at).date())]


def test_the_summary_says_first_that_prices_are_a_models(summary: Summary) -> None:
    assert summary.warnings[0].startswith("All option quotes are model prices")
    assert summary.assumptions.quotes.startswith("model prices")
    assert summary.data.prices == "model"
    assert summary.data.vendors == ("model prices",)
    assert {one.format for one in summary.data.files} == {"model prices"}
    assert summary.settlements.proxies == 0


def test_the_summary_brings_what_valuing_a_trade_again_takes(summary: Summary) -> None:
    model = summary.data.model
    assert model is not None
    assert model.dividend_yields == {"SPX": 0.018}
    assert [one.month for one in model.rates] == [date(2014, month, 1) for month in range(1, 7)]
    assert model.rates[0].rate == 0.0
    assert model.dividends == ()


def test_cash_dividends_of_the_range_are_in_the_summary(store: Path) -> None:
    prepared = prepare(request("data.underlyings=[SPX,XFUND]"), store)
    model = summarise(play(prepared)).data.model
    assert model is not None
    assert [(one.underlying, one.ex_date) for one in model.dividends] == [
        ("XFUND", date(2014, 3, 21)),
        ("XFUND", date(2014, 6, 20)),
    ]


def test_a_file_of_settlement_values_is_refused(store: Path) -> None:
    with pytest.raises(SettlementFileError, match=r"leave data\.settlement_values out"):
        prepare(request("data.settlement_values=mine.csv"), store)


@pytest.mark.parametrize("setting", ["start=2013-12-30", "end=2019-01-02"])
def test_a_range_outside_of_the_market_is_refused(store: Path, setting: str) -> None:
    with pytest.raises(NotCovered, match="covers 2014-01-03 to 2018-12-31"):
        prepare(request(setting), store)


def test_the_command_line_says_it_too(tmp_path: Path) -> None:
    settings = [part for setting in HELD_TO_THE_END for part in ("--set", setting)]
    done = ironfly("run", CONFIG, *settings, "--store", "store", "--out", "out", cwd=tmp_path)
    assert done.code == 0
    assert "making model prices of SPX 2014 (1 of 1)" in done.err
    assert done.out.startswith("spx-model-iron-condor (model prices): complete")
