"""Interest at the rates of the store, from a file that a user imports."""

from datetime import date
from pathlib import Path

from api.wiring import play, prepare
from data.importing import import_files
from data.parquet_store import ParquetStore
from engine.costs.account_terms import RateStep
from engine.events import InterestAccrued
from engine.money import to_usd
from schemas.run_request import run_request_of

RUN = {
    "name": "idle",
    "start": "2015-12-23",
    "end": "2015-12-24",
    "data": {"underlyings": ["GOOG"], "resolution": "minute", "greeks": "vendor"},
    "account": {"initial_cash_usd": 360_000, "financing": {"benchmark_percent": "store"}},
    "execution": {"fees": {"kind": "preset", "name": "lean"}},
    "strategies": [{"name": "nothing", "kind": "scripted"}],
}


def test_cash_earns_the_rate_of_the_store(reference_data: Path, tmp_path: Path) -> None:
    lean, store = reference_data / "market" / "lean", tmp_path / "store"
    quotes = sorted((lean / "option/usa/minute/goog").rglob("2015122[34]*quote*.zip"))
    rates = lean / "alternative/interest-rate/usa/interest-rate.csv"
    import_files([*quotes, rates], "auto", ParquetStore(store))
    prepared = prepare(run_request_of(RUN, "idle", tmp_path), store)
    known = [step for step in prepared.data.rates if step.since <= date(2015, 12, 23)]
    assert known[-1] == RateStep(since=known[-1].since, percent=1.0)
    finished = play(prepared)
    (accrued,) = [event for event in finished.result.event_log if isinstance(event, InterestAccrued)]
    assert (to_usd(accrued.amount), accrued.reason) == (10.0, "cash")
