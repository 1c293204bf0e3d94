"""What a run reads from the store besides chains: dividends of SPY, for signals and as events, and rates."""

import math
import shutil
from pathlib import Path

import pytest

from api.mapping import summarise
from api.wiring import play, prepare
from data.errors import NotCovered, NotRunnable
from data.importing import import_files
from data.parquet_store import ParquetStore
from engine.events import DividendDeclared
from engine.instants import iso
from schemas.run_request import RunRequest, parse_run_request
from schemas.summary import Summary

CONFIG = """\
name: trend of SPY
start: 2021-03-15
end: 2021-03-24
warm_up_sessions: 10
data: {underlyings: [SPY], bars: [{symbol: SPY}]}
signals: [{name: trend, kind: moving_average_trend, underlying: SPY, parameters: {fast_sessions: 2, slow_sessions: 5}}]
strategies:
  - name: puts
    structure: put_credit_spread
    underlying: SPY
    expirations: {near: {target_dte: 30, min_dte: 1, max_dte: 300}}
    legs:
      - {name: long, side: buy, right: put, expiration: near, delta: {target: 0.10}}
      - {name: short, side: sell, right: put, expiration: near, delta: {target: 0.25}}
"""
ADJUST = "data.bars.0.adjust=splits_and_dividends"
BEFORE_EX_DATE = "end=2021-03-18"


@pytest.fixture(scope="module")
def store(reference_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("spy") / "store"
    import_files([reference_data / "market" / "spy_eod_2021"], "auto", ParquetStore(folder))
    return folder


def request(*settings: str) -> RunRequest:
    return parse_run_request(CONFIG, settings=settings)


def summary(store: Path, *settings: str) -> Summary:
    return summarise(play(prepare(request(*settings), store)))


def test_until_the_ex_date_a_run_knows_nothing_of_the_dividend(store: Path) -> None:
    raw, adjusted = summary(store, BEFORE_EX_DATE), summary(store, BEFORE_EX_DATE, ADJUST)
    assert adjusted.event_log_hash == raw.event_log_hash
    assert adjusted.data.bars[0].adjustments == ()


def test_from_the_ex_date_on_signals_change_and_bars_do_not(store: Path) -> None:
    raw, adjusted = summary(store), summary(store, ADJUST)
    assert adjusted.event_log_hash != raw.event_log_hash
    assert adjusted.data.bars[0].sha256 == raw.data.bars[0].sha256
    (bars,) = adjusted.data.bars
    assert bars.adjust == "splits_and_dividends"
    assert [(str(one.day), round(one.factor, 6)) for one in bars.adjustments] == [
        ("2021-03-19", round(1 - 1.2778 / 391.48, 6))
    ]
    assert summary(store, "data.bars.0.adjust=splits").event_log_hash == raw.event_log_hash


def test_a_store_that_knows_no_events_of_a_symbol_cannot_adjust_it(store: Path, tmp_path: Path) -> None:
    (tmp_path / "qqq.csv").write_text("Date,Open,High,Low,Close\n2021-03-15,10,11,9,10.5\n")
    import_files([tmp_path / "qqq.csv"], "auto", ParquetStore(store))
    with pytest.raises(NotCovered, match=r"bars of QQQ: the store knows no splits or dividends of it to adjust for"):
        prepare(request("data.bars.0.symbol=QQQ", "data.bars.0.adjust=splits"), store)


def test_one_symbol_is_adjusted_whole_or_not_at_all(store: Path) -> None:
    mixed = CONFIG.replace("[{symbol: SPY}]", "[{symbol: SPY}, {symbol: SPY, adjust: splits}]")
    with pytest.raises(NotRunnable, match=r"bars of SPY: data\.bars adjusts some of them only; adjust all or none"):
        prepare(parse_run_request(mixed), store)


# --- dividends as events


def test_a_dividend_of_the_store_becomes_known_in_the_run_on_its_eve(store: Path) -> None:
    log = play(prepare(request(), store)).result.event_log
    (news,) = [event for event in log if isinstance(event, DividendDeclared)]
    assert (iso(news.at), news.symbol, str(news.ex_date), news.amount) == (
        "2021-03-18T13:30:00Z",
        "SPY",
        "2021-03-19",
        1_277_800,
    )


# --- rates


def test_the_rate_of_the_store_is_the_one_known_when_the_run_begins(
    store: Path, tmp_path: Path, reference_data: Path
) -> None:
    own = shutil.copytree(store, tmp_path / "store")
    with pytest.raises(
        NotCovered, match=r"pricing\.rate_source: the store has no rates; import them, or set a constant"
    ):
        prepare(request("pricing.rate_source=store"), own)
    import_files([reference_data / "market" / "lean" / "alternative"], "auto", ParquetStore(own))
    found = summary(own, "pricing.rate_source=store")
    assert found.config.pricing.rate == pytest.approx(math.log1p(0.0025), abs=1e-15)
    assert found.assumptions.rates_source.startswith(
        "the store's rate when the run begins, constant 0.00249688 per year"
    )


def test_rates_that_become_known_during_the_run_explain_its_profit_from_the_session_after(
    store: Path, tmp_path: Path
) -> None:
    own = shutil.copytree(store, tmp_path / "store")
    (tmp_path / "rates.csv").write_text("DATE,PCREDIT8\n2021-03-01,0.25\n2021-03-17,0.5\n")
    import_files([tmp_path / "rates.csv"], "auto", ParquetStore(own))
    data = prepare(request("pricing.rate_source=store"), own).data
    assert data.pricing_rate == pytest.approx(math.log1p(0.0025), abs=1e-15)
    ((known_at, rate),) = data.later_rates
    assert iso(known_at) == "2021-03-18T13:30:00Z"
    assert rate == pytest.approx(math.log1p(0.005), abs=1e-15)
    assert prepare(request(), own).data.later_rates == ()


def test_rates_from_after_the_start_are_not_known(store: Path, tmp_path: Path) -> None:
    own = shutil.copytree(store, tmp_path / "store")
    (tmp_path / "rates.csv").write_text("DATE,PCREDIT8\n2021-03-15,0.5\n")
    import_files([tmp_path / "rates.csv"], "auto", ParquetStore(own))
    with pytest.raises(
        NotCovered, match=r"no rate was known at 2021-03-15T13:30:00Z, the first is of 2021-03-16T13:30"
    ):
        prepare(request("pricing.rate_source=store"), own)
