"""A backtest from its submission to its figures, through a real server and a real worker."""

import json
import os
import signal
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from api.runs import open_run
from api.runs.catalogue import TABLES
from data.results.database import ResultsDatabase
from data.results.records import BacktestRecord
from data.results.repository import ResultsRepository
from engine.pricing import european
from schemas.publication import check
from tests.api.server import Server, is_alive, running_server
from tests.api.shell import ironfly
from tests.api.small_market import CONFIGURATION, configuration
from tests.reference import REPOSITORY

EXAMPLE = REPOSITORY / "configs" / "spx_model_iron_condor.yaml"


def test_health(service: Server) -> None:
    answer = service.http.get("/api/health")
    assert answer.json()["status"] == "ok"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'self'" in answer.headers["content-security-policy"]


def test_a_backtest_over_http_gives_what_the_command_line_gives(
    service: Server, small_market: Path, tmp_path: Path
) -> None:
    submitted = service.submit(configuration())
    assert submitted.status_code == 202
    backtest = submitted.json()["id"]
    assert submitted.headers["location"] == f"/api/backtests/{backtest}"
    states = [state for _, state in service.events(backtest)]
    summary = service.http.get(f"/api/backtests/{backtest}/summary").json()

    (tmp_path / "run.yaml").write_text(CONFIGURATION)
    assert ironfly("run", "run.yaml", "--store", small_market, "--out", "out", cwd=tmp_path).code == 0
    by_command = json.loads((tmp_path / "out" / "summary.json").read_text())
    check(summary)
    assert summary["summary_hash"] == by_command["summary_hash"]
    assert summary["run"]["id"] == backtest

    headline, trades = states[-1]["headline"], summary["trades"]
    assert (states[-1]["status"], states[-1]["progress"]["fraction"]) == ("complete", 1.0)
    assert (headline["profit_usd"], headline["trades"]) == (summary["capital"]["profit_usd"], trades["count"])
    assert trades["count"] > 5


def test_a_backtest_leaves_the_folder_that_the_command_line_leaves(
    service: Server, finished: str, small_market: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IRONFLY_RUNS", str(service.folder / "runs"))
    run = open_run(finished)
    assert run.folder == service.folder / "runs" / finished
    (tmp_path / "run.yaml").write_text(CONFIGURATION)
    assert ironfly("run", "run.yaml", "--store", small_market, "--out", "out", cwd=tmp_path).code == 0
    for table in TABLES:
        assert (run.folder / table.file).read_bytes() == (tmp_path / "out" / table.file).read_bytes()
    summary = service.http.get(f"/api/backtests/{finished}/summary").text
    assert (run.folder / "summary.json").read_text() == summary
    explained = ironfly("explain", finished, cwd=service.folder)
    assert explained.code == 0
    assert "entries were due" in explained.out


def test_the_demo_gives_what_the_command_line_gives(model_store: Path, tmp_path: Path) -> None:
    with running_server(tmp_path, model_store, "--demo") as server:
        (demo,) = server.http.get("/api/backtests").json()["items"]
        (example, *_) = server.http.get("/api/examples").json()
        assert (demo["name"], demo["model_prices"]) == (example["name"], True)
        assert server.wait_for(demo["id"])["status"] == "complete"
        summary = server.http.get(f"/api/backtests/{demo['id']}/summary").json()
        chain = server.http.get("/api/chains/SPX", params={"at": "2016-06-24T21:00:00Z", "source": "model"}).json()
    with running_server(tmp_path, model_store, "--demo") as server:
        assert [one["id"] for one in server.http.get("/api/backtests").json()["items"]] == [demo["id"]]

    assert ironfly("run", EXAMPLE, "--store", model_store, "--out", "out", cwd=tmp_path).code == 0
    assert summary["summary_hash"] == json.loads((tmp_path / "out" / "summary.json").read_text())["summary_hash"]
    assert summary["config"]["name"] == example["configuration"]["name"] == "spx-model-iron-condor"
    assert chain["model_prices"]
    assert chain["at"] == "2016-06-24T20:00:00Z"
    assert None not in chain["quotes"]["delta"]


def test_progress_only_goes_forward_and_the_stream_resumes_after_what_was_seen(service: Server) -> None:
    backtest = service.submit(configuration(name="followed")).json()["id"]
    events = service.events(backtest)
    revisions, fractions = [revision for revision, _ in events], [one["progress"]["fraction"] for _, one in events]
    assert revisions == sorted(set(revisions))
    assert fractions == sorted(fractions)
    assert events[-1][1]["status"] == "complete"
    assert service.events(backtest, seen=revisions[-2]) == events[-1:]
    assert service.events(backtest, seen=revisions[-1]) == []


def test_the_list_is_newest_first_and_goes_on_where_a_page_ended(service: Server, finished: str) -> None:
    ids = [service.submit(configuration(name=f"listed {number}")).json()["id"] for number in range(3)]
    page = service.http.get("/api/backtests", params={"limit": 2}).json()
    assert [one["id"] for one in page["items"]] == ids[:0:-1]
    following = service.http.get("/api/backtests", params={"limit": 200, "before": page["next"]}).json()
    older = [one["id"] for one in following["items"]]
    assert older[0] == ids[0]
    assert finished in older
    assert following["next"] is None


def test_every_trade_brings_the_payoff_of_its_legs_as_they_were_opened(service: Server, finished: str) -> None:
    page = service.http.get(f"/api/backtests/{finished}/trades", params={"limit": 1000}).json()
    rest = service.http.get(f"/api/backtests/{finished}/trades", params={"offset": 2, "limit": 3}).json()
    assert rest == {"items": page["items"][2:5], "total": page["total"]}
    assert page["total"] == len(page["items"]) > 5
    for trade in page["items"]:
        payoff = service.http.post("/api/payoff", json=trade["payoff"])
        assert payoff.status_code == 200
        assert payoff.json()["net_debit_usd"] == pytest.approx(-trade["entry_cash_usd"], abs=1e-9)
        assert payoff.json()["max_loss_usd"] < 0 < payoff.json()["max_profit_usd"]
        assert trade["spot_at_entry"] == trade["payoff"]["spot"]


def test_the_volatility_of_a_leg_is_what_the_market_was_made_with(service: Server, finished: str) -> None:
    (trade, *_) = service.http.get(f"/api/backtests/{finished}/trades").json()["items"]
    for leg in trade["payoff"]["legs"]:
        assert leg["volatility"] == pytest.approx(0.15, abs=0.025)
        right = 1.0 if leg["kind"] == "call" else -1.0
        value = european.price((right, trade["spot_at_entry"], leg["strike"], leg["years"], 0, 0, leg["volatility"]))
        assert float(value) == pytest.approx(leg["price"], abs=0.11)  # it filled inside a spread of 0.20


def test_the_equity_curve_thins_out_and_keeps_its_extremes(service: Server, finished: str) -> None:
    def curve(points: int) -> list[dict[str, float]]:
        answer = service.http.get(f"/api/backtests/{finished}/equity", params={"points": points}).json()
        assert answer["total"] > len(answer["points"]) or len(answer["points"]) == answer["total"]
        return list(answer["points"])

    whole, few = curve(1000), curve(10)
    assert len(few) <= 10 < len(whole)
    assert [point for point in whole if point in few] == few
    assert (few[0], few[-1]) == (whole[0], whole[-1])
    for name in ("net_liquidation_usd", "drawdown"):
        values = [point[name] for point in whole]
        assert {min(values), max(values)} <= {point[name] for point in few}
    summary = service.http.get(f"/api/backtests/{finished}/summary").json()
    assert whole[-1]["net_liquidation_usd"] == summary["capital"]["end_usd"]
    assert whole[-1]["profit_usd"] == summary["capital"]["profit_usd"]
    assert whole[-1]["total_return"] == pytest.approx(summary["returns"]["total"], rel=1e-9)
    assert min(point["drawdown"] for point in whole) == pytest.approx(summary["drawdown"]["max"], rel=1e-9)


def test_the_chain_at_an_instant_is_the_last_one_before_it(service: Server) -> None:
    asked = {"at": "2019-02-05T12:00:00Z", "source": "store"}
    chain = service.http.get("/api/chains/SPX", params=asked).json()
    assert chain["at"] == "2019-02-04T20:45:00Z"
    assert not chain["model_prices"]
    assert [one["expires_on"] for one in chain["expirations"]] == [
        "2019-02-08",
        "2019-02-15",
        "2019-02-22",
        "2019-03-01",
    ]
    assert [one["dte"] for one in chain["expirations"]] == [4, 11, 18, 25]
    columns = chain["quotes"]
    assert {len(column) for column in columns.values()} == {4 * 2 * 20}
    asks, bids = np.array(columns["ask"]), np.array(columns["bid"])
    assert (asks - bids <= 0.2001).all()


def test_data_that_nobody_imported_fails_the_backtest_with_a_remedy(service: Server) -> None:
    backtest = service.submit(configuration(name="uncovered", end="2024-01-05")).json()["id"]
    state = service.wait_for(backtest)
    assert state["status"] == "failed"
    assert "the store covers 2019-01-07 to 2019-03-29" in state["problem"]["detail"]
    assert state["problem"]["remedy"]
    refused = service.http.get(f"/api/backtests/{backtest}/summary")
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:ironfly:problem:no-result")


def test_a_worker_that_dies_in_a_run_is_replaced_and_the_run_begins_anew(small_market: Path, tmp_path: Path) -> None:
    with running_server(tmp_path, small_market) as server:
        backtest = server.submit(long_configuration()).json()["id"]
        server.wait_for(backtest, "running")
        dead = server.worker()
        os.kill(dead, signal.SIGKILL)
        messages = [state["progress"]["message"] for _, state in server.events(backtest)]
        assert server.worker() != dead
    # Nobody waited for the lease to run out.
    assert "the worker ended; waiting for another" in messages
    assert messages[-1] == "complete"
    assert stored(tmp_path, backtest).attempt == 2
    assert [folder.name for folder in (tmp_path / "runs").iterdir()] == [backtest]


def test_a_server_that_is_killed_takes_its_worker_along_and_the_next_one_finishes_the_run(
    small_market: Path, tmp_path: Path
) -> None:
    with running_server(tmp_path, small_market) as server:
        backtest = server.submit(long_configuration()).json()["id"]
        server.wait_for(backtest, "running")
        worker = server.worker()
        server.process.kill()
        server.process.wait()
    with running_server(tmp_path, small_market) as server:
        assert server.wait_for(backtest)["status"] == "complete"
    assert not is_alive(worker)


def test_ctrl_c_ends_server_and_worker_and_gives_the_run_back(small_market: Path, tmp_path: Path) -> None:
    with running_server(tmp_path, small_market) as server:
        worker = server.worker()
        backtest = server.submit(long_configuration()).json()["id"]
        server.wait_for(backtest, "running")
    assert server.process.returncode == 0
    assert not is_alive(worker)
    record = stored(tmp_path, backtest)
    assert (record.status, record.attempt, record.fraction) == ("queued", 0, 0.0)


def test_an_address_that_is_taken_is_one_line(service: Server, tmp_path: Path) -> None:
    port = service.http.base_url.port
    answer = ironfly("serve", "--port", str(port), cwd=tmp_path)
    message = f"127.0.0.1:{port}: Address already in use; choose another with --host or --port"
    assert (answer.code, answer.error) == (2, message)
    assert list(tmp_path.iterdir()) == []


def long_configuration() -> dict[str, Any]:
    """One that takes seconds: many strategies at once."""
    whole = configuration()
    (strategy,) = whole["strategies"]
    return whole | {"strategies": [strategy | {"name": f"condor {number}"} for number in range(300)]}


def stored(folder: Path, backtest: str) -> BacktestRecord:
    with closing(ResultsDatabase(folder / "var" / "results.sqlite")) as database:
        return ResultsRepository(database).backtest(backtest)


def test_the_report_of_a_backtest_is_served_as_a_page_and_as_pdf(service: Server, finished: str) -> None:
    page = service.http.get(f"/api/backtests/{finished}/report.html")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["content-disposition"] == f'attachment; filename="{finished}.html"'
    assert "small condor" in page.text
    assert service.http.get(f"/api/backtests/{finished}/report.pdf").content.startswith(b"%PDF-")
    for unknown in ("nothing", "..%2f..", "%2e%2e"):
        assert service.http.get(f"/api/backtests/{unknown}/report.html").status_code == 404
