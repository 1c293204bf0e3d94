"""A run as Option Omega's two files; and from there back to the same fills and the same profit."""

from __future__ import annotations

import csv
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from api.interchange.option_omega_closings import Closing
from api.interchange.option_omega_csv import DAILY_COLUMNS, TRADE_COLUMNS, daily_csv, trades_csv
from api.interchange.option_omega_log import read_log
from api.interchange.option_omega_trades import exported_trades
from api.interchange.premium_units import PremiumUnit
from api.interchange.replay import Contracts, replay_of
from api.interchange.replay_folder import write_replay
from api.runs import StoredRun, run
from schemas.run_request import run_request_of
from tests.api.test_option_omega_import import written
from tests.reference import REPOSITORY

CONDORS: dict[str, Any] = {
    "name": "condors",
    "start": "2017-01-03",
    "end": "2017-08-31",
    "data": {"source": "model", "underlyings": ["SPX"]},
    "strategies": [
        {
            "name": "condor",
            "structure": "iron_condor",
            "underlying": "SPX",
            "expirations": {"weekly": {"target_dte": 10, "min_dte": 7, "max_dte": 28, "roots": ["SPXW"]}},
            "legs": [
                {"name": "long_put", "side": "buy", "right": "put", "expiration": "weekly", "delta": {"target": 0.05}},
                {"name": "short_put", "side": "sell", "right": "put", "expiration": "weekly", "delta": {"target": 0.2}},
                {
                    "name": "short_call",
                    "side": "sell",
                    "right": "call",
                    "expiration": "weekly",
                    "delta": {"target": 0.2},
                },
                {
                    "name": "long_call",
                    "side": "buy",
                    "right": "call",
                    "expiration": "weekly",
                    "delta": {"target": 0.05},
                },
            ],
            "entry": {"max_open_positions": 3},
            "exit": {"stop_loss_percent": 150, "profit_target_percent": 60},
            "sizing": {"kind": "percent_at_risk", "percent": 5},
        }
    ],
    "account": {"initial_cash_usd": 250_000},
}


@pytest.fixture(scope="module")
def condors(model_store: Path, tmp_path_factory: pytest.TempPathFactory) -> StoredRun:
    return run(CONDORS, store=model_store, out=tmp_path_factory.mktemp("condors") / "run")


@pytest.fixture(scope="module")
def log(condors: StoredRun, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its log of trades."""
    file = tmp_path_factory.mktemp("log") / "log.csv"
    file.write_text(trades_csv(exported_trades(condors).trades, condors.summary.capital.start_usd))
    return file


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.splitlines()))


def fills(of: StoredRun) -> list[tuple[Any, ...]]:
    """Instant, contract, quantity, price and fee of every leg that traded."""
    columns = ["at", "symbol", "quantity", "price_usd", "fee_usd"]
    return sorted(map(tuple, of.fills[columns].itertuples(index=False)))


# --- round trip ------------------------------------------------------------------------------------------------------


def test_a_run_that_is_exported_and_imported_again_trades_the_same(
    condors: StoredRun, log: Path, model_store: Path, tmp_path: Path
) -> None:
    replay = replay_of(read_log(log), Contracts())
    assert replay.refused == ()
    assert replay.unit is PremiumUnit.CENTS
    assert replay.underlyings == ("SPX",)
    like = run_request_of(CONDORS, "condors", tmp_path)
    again = run(write_replay(replay, tmp_path / "replay", like), store=model_store, out=tmp_path / "again")
    assert len(condors.trades) >= 50
    assert fills(again) == fills(condors)
    kept = ["opened_at", "closed_at", "quantity", "profit_usd", "fees_usd", "left_open"]
    assert again.trades[kept].equals(condors.trades[kept])
    assert again.summary.capital == condors.summary.capital


def test_every_row_leads_back_to_its_trade(condors: StoredRun, log: Path) -> None:
    """All of `Expired`, a target, a stop, and what was open at the end are among them."""
    trades = read_log(log).trades
    assert {trade.reason for trade in trades} == {"Expired", "Profit Target", "Stop Loss", "Backtest Completed"}
    assert sum(Decimal(str(trade.profit_usd)) for trade in trades) == Decimal(str(condors.summary.capital.profit_usd))


def test_the_back_of_a_calendar_is_sold_on_the_day_on_which_its_front_expires(
    model_store: Path, tmp_path: Path
) -> None:
    row = {
        "Date Opened": "2017-01-31",
        "Time Opened": "16:00:00",
        "Legs": "1 Feb 10 2280 P STO 18.00 | 1 Feb 24 2280 P BTO 28.00",
        "Premium": "-1000",
        "Date Closed": "2017-02-10",
        "Time Closed": "16:00:00",
        "Reason For Close": "Expired",
        "No. of Contracts": "1",
    }
    replay = replay_of(read_log(written(tmp_path, row)), Contracts())
    made = write_replay(replay, tmp_path / "replay")
    again = run(made, "data.source=model", "data.resolution=eod", store=model_store, out=tmp_path / "again")
    assert [(str(fill.at)[:10], fill.symbol, fill.quantity) for fill in again.fills.itertuples()] == [
        ("2017-01-31", "SPXW  170210P02280000", -1),
        ("2017-01-31", "SPXW  170224P02280000", 1),
        ("2017-02-10", "SPXW  170224P02280000", -1),
    ]
    (trade,) = again.trades.itertuples()
    assert trade.legs == "-1 SPXW  170210P02280000 settled;+1 SPXW  170224P02280000 closed"


# --- the log of trades -----------------------------------------------------------------------------------------------


def test_the_columns_are_those_of_the_logs_newest_trade_first(log: Path) -> None:
    found = rows(log.read_text())
    assert tuple(found[0]) == TRADE_COLUMNS
    opened = [row["Date Opened"] for row in found]
    assert opened == sorted(opened, reverse=True)


def test_profit_is_premium_less_closing_cost_less_fees(log: Path) -> None:
    for row in rows(log.read_text()):
        of = {name: Decimal(row[name]) for name in ("Premium", "Avg. Closing Cost", "P/L", "No. of Contracts")}
        fees = Decimal(row["Opening Commissions + Fees"]) + Decimal(row["Closing Commissions + Fees"])
        gross = (of["Premium"] - of["Avg. Closing Cost"]) * of["No. of Contracts"]
        assert abs(gross - fees - of["P/L"]) < Decimal("0.0001") * of["No. of Contracts"]


def test_funds_at_close_add_up_in_the_order_of_closing(condors: StoredRun, log: Path) -> None:
    found = rows(log.read_text())
    by_closing = sorted(found, key=lambda row: (row["Date Closed"], row["Time Closed"], found.index(row)))
    assert Decimal(by_closing[-1]["Funds at Close"]) in {
        Decimal(row["Funds at Close"]) for row in found if row["Reason For Close"] == "Backtest Completed"
    }
    total = Decimal(str(condors.summary.capital.start_usd)) + sum(Decimal(row["P/L"]) for row in found)
    assert max(found, key=lambda row: (row["Date Closed"], -found.index(row)))["Funds at Close"] == str(
        total.normalize()
    )


def test_what_a_run_does_not_know_is_empty(log: Path) -> None:
    unknown = ("Closing Price", "Opening VIX", "Closing VIX", "Gap", "Movement")
    assert {row[name] for row in rows(log.read_text()) for name in unknown} == {""}


def test_an_expired_trade_ends_at_four_on_its_expiration(log: Path) -> None:
    expired = next(row for row in rows(log.read_text()) if row["Reason For Close"] == "Expired")
    month_and_day = " ".join(expired["Legs"].split()[1:3])
    assert f"{date.fromisoformat(expired['Date Closed']):%b %-d}" == month_and_day
    assert (expired["Time Closed"], expired["Closing Commissions + Fees"]) == ("16:00:00", "0")


def test_trades_with_shares_are_left_out_and_named(model_store: Path, tmp_path: Path) -> None:
    configuration = REPOSITORY / "configs" / "xfund_covered_call.yaml"
    covered = run(configuration, "end=2016-03-31", store=model_store, out=tmp_path / "run")
    exported = exported_trades(covered)
    assert exported.trades == ()
    assert exported.left_out == dict.fromkeys(covered.trades["position_id"], "it began with shares")
    assert len(exported.left_out) > 0


def test_a_run_without_a_trade_has_logs_without_rows(model_store: Path, tmp_path: Path) -> None:
    nothing = {"strategies": [{"name": "none", "kind": "scripted"}], "end": "2017-01-06"}
    idle = run(CONDORS | nothing, store=model_store, out=tmp_path / "run")
    assert rows(trades_csv(exported_trades(idle).trades, 250_000.0)) == []
    assert [row["P/L"] for row in rows(daily_csv(idle))] == ["0"] * 4


def test_what_a_row_does_not_tell_is_named(model_store: Path, tmp_path: Path) -> None:
    put, call = "SPXW  170224P02250000", "SPXW  170224C02320000"

    def order(day: str, position: str, **legs: int) -> dict[str, Any]:
        named = {"put": put, "call": call}
        return {
            "at": f"2017-01-{day}T15:00",
            "position": position,
            "legs": [{"symbol": named[leg], "quantity": quantity} for leg, quantity in legs.items()],
        }

    script = {
        "name": "script",
        "kind": "scripted",
        "orders": [
            order("25", "parts", put=-2, call=-2),
            order("26", "parts", put=1, call=1),
            order("27", "parts", put=1, call=1),
            order("25", "whole", put=-1, call=-1),
            order("27", "whole", put=1, call=1),
        ],
    }
    changes = {"strategies": [script], "start": "2017-01-24", "end": "2017-01-31", "risk": {"margin": "regulation_t"}}
    exported = exported_trades(run(CONDORS | changes, store=model_store, out=tmp_path / "run"))
    assert exported.simplified == {1: "it was closed in parts; the row has the last of them"}
    parts, whole = exported.trades
    at = datetime.fromisoformat("2017-01-27T16:00")
    assert (parts.closing, whole.closing) == (Closing(at, "parts", in_parts=True), Closing(at, "whole"))
    assert [leg.quantity for leg in parts.legs] == [-2, -2]


# --- the log of days -------------------------------------------------------------------------------------------------


def test_days_lead_from_the_starting_capital_to_the_end(condors: StoredRun) -> None:
    found = rows(daily_csv(condors))
    assert tuple(found[0]) == DAILY_COLUMNS
    assert len(found) == condors.summary.data.sessions.present
    capital = condors.summary.capital
    assert float(found[-1]["Net Liquidity"]) == capital.end_usd
    assert sum(Decimal(row["P/L"]) for row in found) == Decimal(str(capital.profit_usd))
    assert condors.summary.drawdown.max is not None
    assert min(float(row["Drawdown %"]) for row in found) == round(100 * condors.summary.drawdown.max, 2)


def test_what_was_withdrawn_stays_in_the_net_liquidity(model_store: Path, tmp_path: Path) -> None:
    script = {
        "name": "cash",
        "kind": "scripted",
        "cash": [{"at": "2017-01-04T09:30", "amount_usd": -1000, "reason": "rent"}],
    }
    paid = run(CONDORS | {"strategies": [script], "end": "2017-01-06"}, store=model_store, out=tmp_path / "run")
    values = [tuple(row[name] for name in DAILY_COLUMNS[1:6]) for row in rows(daily_csv(paid))]
    assert values[0] == ("250000", "250000", "0", "250000", "0")
    assert values[-1] == ("250000", "250000", "1000", "249000", "0")
