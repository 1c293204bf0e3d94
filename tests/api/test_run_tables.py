"""What stands in the files of a run."""

import csv
import io
import json
from array import array
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.runs.catalogue import ARTIFACTS, TABLES
from api.runs.columns import Column, Kind, Table
from api.runs.csv_text import write_csv
from api.runs.rows.event_details import details
from api.runs.rows.source import TableRows
from api.runs.writing import FILLED
from engine.events import (
    CashMoved,
    Event,
    LiquidationOrdered,
    MarginCalled,
    MarginCallMet,
    OrderRequested,
    RunFinished,
)
from engine.model import UNFLAGGED, Fill, Intent, Leg, LegFill, Limit, MarketOnClose, Order, QuoteFlag, Stop
from engine.result import OrderEnd, OrderRecord, Trade
from engine.risk_rules.breakdown import ExposurePoint
from engine.risk_rules.exposure import Exposure
from engine.tally import Declines
from tests.api.results import RESULT, USD, at, finished_run
from tests.builders import contract_table, put, series

EXPIRY = series(date(2019, 5, 31))
SHORT = put(contract_table({EXPIRY: [2800.0]}), EXPIRY, 2800.0)
ORDER = Order(7, "condor", Intent.OPEN, (Leg(SHORT, -1),), None, at(1), terms=Limit.usd(-1.25), tag="entry")
FILLED_LEG = LegFill(SHORT, -2, 1_230_000, 1_300_000, 1.2, 1.4, QuoteFlag.STALE | QuoteFlag.NO_ASK)
FILL = Fill(7, 7, "condor", Intent.OPEN, "naked put", "entry", 2, (FILLED_LEG,), at(1), at(2))


def rows(name: str, **changes: Any) -> list[dict[str, str]]:
    """Rows of a file of the small run; `changes` replace fields of its result."""
    (filled,) = (one for one in FILLED if one.table.name == name)
    stream = io.StringIO()
    write_csv(filled, finished_run(**changes), stream)
    stream.seek(0)
    return list(csv.DictReader(stream))


def cells(kind: Kind, values: Sequence[Any]) -> list[str]:
    """What a column of a kind says of values."""
    column = TableRows(
        Table("one", "", (Column("value", kind, ""), Column("end", Kind.TEXT, ""))),
        lambda run: [(value,) for value in values],
        {"value": lambda row: row[0], "end": lambda row: "|"},
    )
    stream = io.StringIO()
    write_csv(column, finished_run(), stream)
    return [line.removesuffix(",|") for line in stream.getvalue().splitlines()[1:]]


def held(trade: Trade, symbol: str) -> Trade:
    return replace(trade, legs=(replace(trade.legs[0], symbol=symbol),))


def test_every_table_is_filled_column_by_column_and_named_among_the_artifacts() -> None:
    assert [filled.table for filled in FILLED] == list(TABLES)
    for filled in FILLED:
        assert tuple(filled.values) == filled.table.header
        assert getattr(ARTIFACTS, filled.table.name) == filled.table.file
    assert set(ARTIFACTS.model_dump(exclude_none=True)) == {"summary", *(table.name for table in TABLES)}


@pytest.mark.parametrize(
    ("micros", "text"),
    [(0, "0.00"), (1, "0.000001"), (-1_500_000, "-1.50"), (324_800_000, "324.80"), (-52_600_001, "-52.600001")],
)
def test_money_is_written_exactly(micros: int, text: str) -> None:
    assert cells(Kind.MONEY, [micros]) == [text]


@given(st.lists(st.integers(min_value=-(2**63), max_value=2**63 - 1)))
def test_money_reads_back_exactly(amounts: list[int]) -> None:
    for amount, text in zip(amounts, cells(Kind.MONEY, amounts), strict=True):
        whole, decimals = text.removeprefix("-").split(".")
        assert 2 <= len(decimals) <= 6
        assert int(whole + decimals.ljust(6, "0")) * (-1 if text.startswith("-") else 1) == amount


def test_what_is_missing_is_an_empty_cell() -> None:
    for kind in (Kind.INSTANT, Kind.DAY, Kind.MONEY, Kind.NUMBER, Kind.COUNT):
        assert cells(kind, [None]) == [""]
    assert cells(Kind.NUMBER, [float("nan")]) == [""]


@given(st.lists(st.floats(allow_nan=False)))
def test_numbers_read_back_as_the_same_bits(numbers: list[float]) -> None:
    found = cells(Kind.NUMBER, numbers)
    assert [float(text).hex() for text in found] == [number.hex() for number in numbers]


def test_instants_are_utc_to_the_microsecond() -> None:
    assert cells(Kind.INSTANT, [at(2), at(2) + 1_500_999]) == ["2019-05-02T19:45:00Z", "2019-05-02T19:45:00.001500Z"]


def test_trades() -> None:
    first, second = rows("trades")
    assert (first["opened_at"], first["closed_at"]) == ("2019-05-02T19:45:00Z", "2019-05-13T19:45:00Z")
    assert (first["underlying"], first["opened_on"], first["spot"]) == ("SPX", "2019-05-02", "2917.5")
    assert (first["entry_cash_usd"], first["exit_cash_usd"], first["profit_usd"]) == ("450.00", "-120.00", "324.80")
    assert (first["proxy_settled"], first["left_open"]) == ("true", "SPXW  190510P02700000")
    assert (first["worst_usd"], first["best_usd"], first["maximum_loss_usd"]) == ("-900.00", "400.00", "29550.00")
    assert (first["margin_usd"], first["days_to_expiration"], first["delta"]) == ("30000.00", "8", "0.16")
    assert first["legs"] == "-2 SPXW  190510P02850000 settled"
    assert (second["closed_at"], second["exit_reason"]) == ("", "open_at_end")


def test_legs_know_their_contracts() -> None:
    trade = RESULT.trades[0]
    option, shares = rows("legs", trades=(held(trade, SHORT.symbol), held(trade, "SPX")), fills=(FILL,))
    assert (option["underlying"], option["right"], option["strike"]) == ("SPX", "put", "2800")
    assert (option["expires_on"], option["multiplier"], option["quantity"]) == ("2019-05-31", "100", "-2")
    assert (shares["underlying"], shares["right"], shares["strike"], shares["multiplier"]) == ("SPX", "", "", "1")


def test_orders() -> None:
    closing = Order(8, "condor", Intent.CLOSE, (Leg(SHORT, 1),), 2, at(2), position_id=7, terms=Stop.usd(3.0))
    last = Order(9, "condor", Intent.OPEN, (Leg(SHORT, 1),), 1, at(3), terms=MarketOnClose())
    opened, refused, late = rows(
        "orders",
        orders=(
            OrderRecord(ORDER, 2, 2, 1, at(2), OrderEnd.FILLED),
            OrderRecord(closing, 0, 0, 0, at(2), OrderEnd.REFUSED, "max_open_positions"),
            OrderRecord(last),
        ),
    )
    assert (opened["kind"], opened["requested"], opened["approved"], opened["limit_usd"]) == ("limit", "", "2", "-1.25")
    assert (opened["position_id"], opened["legs"], opened["end"]) == ("7", f"-1 {SHORT.symbol}", "filled")
    assert (refused["kind"], refused["stop_usd"], refused["reason"]) == ("stop", "3.00", "max_open_positions")
    assert (late["kind"], late["ended_at"], late["end"]) == ("market_on_close", "", "")


def test_fills() -> None:
    shares = LegFill(SHORT, 1, 1_300_000, 0, float("nan"), float("nan"), UNFLAGGED)
    other = Fill(8, 8, "condor", Intent.OPEN, "put", "entry", 1, (shares,), at(1), at(2))
    sold, bought = rows("fills", fills=(FILL, other))
    assert (sold["quantity"], sold["price_usd"], sold["cash_usd"], sold["fee_usd"]) == ("-2", "1.23", "246.00", "1.30")
    assert (sold["bid_usd"], sold["ask_usd"], sold["flags"]) == ("1.2", "1.4", "no_ask;stale")
    assert (bought["bid_usd"], bought["ask_usd"], bought["spread_cost_usd"]) == ("", "", "0.00")


def test_what_a_fill_gave_away_is_positive() -> None:
    legs = (
        LegFill(SHORT, -2, 1_230_000, 0, 1.2, 1.4),
        LegFill(put(contract_table({EXPIRY: [2700.0]}), EXPIRY, 2700.0), 1, 550_000, 0, 0.5, 0.6),
    )
    fill = Fill(7, 7, "condor", Intent.OPEN, "spread", "entry", 1, legs, at(1), at(2))
    assert [row["spread_cost_usd"] for row in rows("fills", fills=(fill,))] == ["14.00", "0.00"]


def test_equity() -> None:
    unbounded = RESULT.equity[-1]._replace(margin_requirement=None)
    found = rows("equity", equity=(*RESULT.equity, unbounded))
    assert found[1] == {
        "at": "2019-05-02T19:45:00Z",
        "cash_usd": "100444.80",
        "market_value_usd": "-500.00",
        "net_liquidation_usd": "99944.80",
        "margin_requirement_usd": "9000.00",
        "external_flows_usd": "0.00",
        "growth_usd": "99944.8",
    }
    assert found[-1]["margin_requirement_usd"] == ""


def test_deposits_are_no_growth() -> None:
    deposit = CashMoved(at(2), 10_000 * USD, "deposit")
    equity = tuple(point._replace(cash=point.cash + 10_000 * USD) for point in RESULT.equity)
    found = rows("equity", equity=(RESULT.equity[0], *equity[1:]), event_log=(deposit,))
    assert [row["external_flows_usd"] for row in found] == ["0.00", "10000.00", "10000.00"]
    assert float(found[1]["growth_usd"]) == pytest.approx(99_944.8)


def test_attribution_is_by_position_and_exchange_date() -> None:
    first, second = rows("attribution")
    assert (first["day"], first["position_id"]) == ("2019-05-02", "1")
    assert (first["spread_cost_usd"], first["fees_usd"], first["delta_usd"]) == ("-12.50", "-5.20", "0.00")
    assert (second["day"], second["position_id"], second["financing_usd"]) == ("2019-05-15", "", "1.000001")


def test_greeks_are_those_of_the_summary() -> None:
    exposed = Exposure(delta_shares=1 / 3, gamma_shares_per_point=-0.0, vega_usd_per_point=-310.0)
    point = ExposurePoint(at(2), exposed, None, -1e3 / 7)
    (row,) = rows("greeks", session_exposures=(point,))
    assert (row["day"], row["delta_shares"], row["gamma_shares_per_point"]) == ("2019-05-02", "0.333333333", "0")
    assert (row["vega_usd_per_point"], row["beta_weighted_delta_shares"]) == ("-310", "")
    assert row["worst_stress_usd"] == "-142.857142857"


def test_margin_calls_know_what_became_of_them() -> None:
    log = (
        MarginCalled(at(1), 9_000 * USD, 8_000 * USD),
        MarginCalled(at(2), None, 7_000 * USD),
        LiquidationOrdered(at(2), 3, 500 * USD),
        MarginCallMet(at(3), 6_000 * USD, 7_000 * USD),
        MarginCalled(at(6), 9_000 * USD, 1 * USD),
    )
    first, second, third = rows("margin_calls", event_log=log)
    assert (first["day"], first["requirement_usd"], first["covering_usd"]) == ("2019-05-01", "9000.00", "8000.00")
    assert (first["liquidations"], first["met_at"]) == ("0", "2019-05-03T19:45:00Z")
    assert (second["requirement_usd"], second["liquidations"], second["met_at"]) == ("", "1", "2019-05-03T19:45:00Z")
    assert (third["liquidations"], third["met_at"]) == ("0", "")


def test_a_run_without_trades_has_a_header() -> None:
    for filled in FILLED:
        stream = io.StringIO()
        write_csv(filled, finished_run(trades=(), equity=()), stream)
        assert stream.getvalue().splitlines()[0] == ",".join(filled.table.header)


def test_the_funnel_names_exchange_dates() -> None:
    late = at(2) + 8 * 3_600_000_000_000  # 23:45 in New York
    declines = Declines(array("q", [late]), [("legs", "none, at all")])
    found = rows("funnel", declines={"condor": declines}, orders=(OrderRecord(ORDER),))
    assert [(row["at"], row["day"], row["order_id"]) for row in found] == [
        ("2019-05-01T19:45:00Z", "2019-05-01", "7"),
        ("2019-05-03T03:45:00Z", "2019-05-02", ""),
    ]
    assert (found[0]["ended_at"], found[1]["reason"]) == ("", "none, at all")


# --- events -----------------------------------------------------------------------------------------------------


def test_events_say_money_and_instants_as_people_do() -> None:
    opened, moved, ended = rows(
        "events",
        event_log=(OrderRequested(at(1), ORDER), CashMoved(at(2), -1_500_000, "rent"), RunFinished(at(3), False)),
    )
    assert (opened["at"], opened["kind"]) == ("2019-05-01T19:45:00Z", "order_requested")
    order = json.loads(opened["details"])["order"]
    assert (order["submitted_at"], order["intent"], order["quantity"]) == ("2019-05-01T19:45:00Z", "open", None)
    assert order["legs"] == [{"instrument": SHORT.symbol, "ratio": -1}]
    assert order["terms"] == {"net_price_usd": -1.25}
    assert json.loads(moved["details"]) == {"amount_usd": -1.5, "reason": "rent"}
    assert json.loads(ended["details"]) == {"interrupted": False}


def test_no_number_of_an_event_is_told_without_its_unit() -> None:
    """What is no count, no money and no instant has another type than a whole number."""
    counts = {"position_id", "order_id", "quantity", "quantity_before", "quantity_after", "shares", "unquoted_legs"}
    whole = {field.name for kind in get_args(Event) for field in fields(kind) if str(field.type).startswith("int")}
    assert whole <= counts


def test_terms_without_fields_are_named() -> None:
    order = Order(9, "condor", Intent.OPEN, (Leg(SHORT, 1),), 1, at(3), terms=MarketOnClose())
    assert json.loads(details(OrderRequested(at(3), order)))["order"]["terms"] == "MarketOnClose"
