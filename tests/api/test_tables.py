import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.reports.tables import (
    EQUITY_COLUMNS,
    FUNNEL_COLUMNS,
    TRADE_COLUMNS,
    equity_csv,
    exact_usd,
    funnel_csv,
    trades_csv,
)
from engine.funnel import EntryFate
from tests.api.results import RESULT
from tests.builders import new_york, session_table


@pytest.mark.parametrize(
    ("micros", "text"),
    [(0, "0.00"), (1, "0.000001"), (-1_500_000, "-1.50"), (324_800_000, "324.80"), (-52_600_001, "-52.600001")],
)
def test_money_is_written_exactly(micros: int, text: str) -> None:
    assert exact_usd(micros) == text


@given(st.integers(min_value=-(10**18), max_value=10**18))
def test_money_reads_back_exactly(micros: int) -> None:
    sign, digits = (-1, exact_usd(micros)[1:]) if micros < 0 else (1, exact_usd(micros))
    whole, decimals = digits.split(".")
    assert sign * (int(whole) * 1_000_000 + int(decimals.ljust(6, "0"))) == micros


def test_trades() -> None:
    first, second = csv.DictReader(io.StringIO(trades_csv(RESULT.trades)))
    assert tuple(first) == TRADE_COLUMNS
    assert (first["opened_at"], first["closed_at"]) == ("2019-05-02T19:45:00Z", "2019-05-13T19:45:00Z")
    assert (first["entry_cash_usd"], first["exit_cash_usd"], first["profit_usd"]) == ("450.00", "-120.00", "324.80")
    assert (first["proxy_settled"], first["left_open"]) == ("true", "SPXW  190510P02700000")
    assert (first["worst_usd"], first["best_usd"], first["maximum_loss_usd"]) == ("-900.00", "400.00", "29550.00")
    assert (first["margin_usd"], first["days_to_expiration"], first["delta"]) == ("30000.00", "8", "0.16")
    assert first["legs"] == "-2 SPXW  190510P02850000 settled"
    assert (second["closed_at"], second["exit_reason"]) == ("", "open_at_end")


def test_equity() -> None:
    unbounded = RESULT.equity[-1]._replace(margin_requirement=None)
    rows = list(csv.DictReader(io.StringIO(equity_csv((*RESULT.equity, unbounded)))))
    assert tuple(rows[0]) == EQUITY_COLUMNS
    assert rows[1] == {
        "at": "2019-05-02T19:45:00Z",
        "cash_usd": "100444.80",
        "market_value_usd": "-500.00",
        "net_liquidation_usd": "99944.80",
        "margin_requirement_usd": "9000.00",
    }
    assert rows[-1]["margin_requirement_usd"] == ""


def test_a_run_without_trades_has_a_header() -> None:
    assert trades_csv(()).splitlines() == [",".join(TRADE_COLUMNS)]


def test_the_funnel_names_exchange_dates() -> None:
    late = new_york(date(2019, 5, 2), "23:30")
    ends = (
        EntryFate(late, "condor", "legs", "none, at all", None, late),
        EntryFate(late, "condor", "opened", "", 7, None),
    )
    first, second = csv.DictReader(io.StringIO(funnel_csv(ends, session_table(date(2019, 5, 1), date(2019, 5, 6)))))
    assert tuple(first) == FUNNEL_COLUMNS
    assert (first["at"], first["day"], first["reason"]) == ("2019-05-03T03:30:00Z", "2019-05-02", "none, at all")
    assert (first["order_id"], second["order_id"], second["ended_at"]) == ("", "7", "")
