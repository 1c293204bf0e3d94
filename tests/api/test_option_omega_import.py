"""A log of Option Omega becomes orders by contract symbol, or says row by row why it cannot."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.errors import OutputOccupied, TradeLogUnreadable
from api.interchange.option_omega_contracts import contract_symbol
from api.interchange.option_omega_legs import LoggedLeg, legs_text, parse_legs
from api.interchange.option_omega_log import read_log
from api.interchange.premium_units import PremiumUnit
from api.interchange.replay import Contracts, Replay, replay_of
from api.interchange.replay_folder import CONFIGURATION, write_replay
from api.trade_log import read_trade_log
from data.calendar import session_table
from engine.model import Right, SettlementSession
from engine.strategies.script import ScriptedOrder
from schemas.run_request import load_run_request

SPREAD = "2 Mar 16 2700 P STO 18.50 | 2 Mar 16 2650 P BTO 12.40"
COLUMNS = (
    "Date Opened",
    "Time Opened",
    "Legs",
    "Premium",
    "Date Closed",
    "Time Closed",
    "Reason For Close",
    "P/L",
    "No. of Contracts",
    "Funds at Close",
    "Underlying",
    "Strategy",
)
ROW = {
    "Date Opened": "2018-01-31",
    "Time Opened": "10:30:00",
    "Legs": SPREAD,
    "Premium": "605",
    "Date Closed": "2018-02-06",
    "Time Closed": "11:00:00",
    "Reason For Close": "Stop Loss",
    "P/L": "-1785.2",
    "No. of Contracts": "2",
    "Funds at Close": "98214.8",
    "Underlying": "SPX",
    "Strategy": "put spread",
}


def written(folder: Path, *rows: dict[str, str], columns: tuple[str, ...] = COLUMNS, name: str = "log.csv") -> Path:
    """A log of rows that differ from `ROW`."""
    file = folder / name
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, columns, quoting=csv.QUOTE_ALL, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(ROW | row for row in rows)
    return file


CONTRACTS = Contracts()


def replayed(folder: Path, *rows: dict[str, str], contracts: Contracts = CONTRACTS) -> Replay:
    return replay_of(read_log(written(folder, *rows)), contracts)


def orders(folder: Path, row: dict[str, str], contracts: Contracts = CONTRACTS) -> list[ScriptedOrder]:
    return list(replayed(folder, row, contracts=contracts).trades[0].orders)


def told(order: ScriptedOrder) -> tuple[str, list[tuple[str, int]]]:
    return order.at.isoformat(), [(leg.symbol, leg.quantity) for leg in order.legs]


# --- legs ------------------------------------------------------------------------------------------------------------


def test_a_leg_says_contracts_expiration_strike_right_action_and_price() -> None:
    assert parse_legs("551 Mar 25 6375 P STO 16.80 | 1 QQQ Jul 10 142.5 C BTO 0.05", date(2026, 3, 20)) == (
        LoggedLeg(-551, date(2026, 3, 25), 6375.0, Right.PUT, 16.8),
        LoggedLeg(1, date(2026, 7, 10), 142.5, Right.CALL, 0.05, "QQQ"),
    )


def test_an_expiration_is_the_next_date_of_its_name() -> None:
    (leg,) = parse_legs("1 Jan 4 4700 P STO 7.00", date(2023, 12, 29))
    assert leg.expires_on == date(2024, 1, 4)
    (leg,) = parse_legs("1 Dec 29 4700 P STO 7.00", date(2023, 12, 29))
    assert leg.expires_on == date(2023, 12, 29)


@pytest.mark.parametrize(
    "text",
    ["", "SPX 15JAN24 4500P/4450P", "1 Mar 16 2700 P STC 1.00", "0 Mar 16 2700 P STO 1.00", "1 Feb 29 2700 P STO 1.00"],
)
def test_a_leg_that_is_none_is_named(text: str) -> None:
    with pytest.raises(ValueError, match=r"leg '"):
        parse_legs(text, date(2018, 1, 31))


@given(
    st.lists(
        st.builds(
            LoggedLeg,
            st.integers(-5000, 5000).filter(bool),
            st.dates(date(2018, 1, 31), date(2019, 1, 30)),
            st.integers(1, 20_000_000).map(lambda thousandths: thousandths / 1000),
            st.sampled_from(Right),
            st.integers(0, 9_999_999).map(lambda cents: cents / 10_000),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_legs_survive_their_text(legs: list[LoggedLeg]) -> None:
    assert parse_legs(legs_text(legs), date(2018, 1, 31)) == tuple(legs)


# --- contracts -------------------------------------------------------------------------------------------------------

SESSIONS = session_table(date(2013, 1, 1), date(2020, 12, 31))


@pytest.mark.parametrize(
    ("ticker", "expires_on", "monthlies", "symbol"),
    [
        ("SPX", date(2018, 3, 14), "am", "SPXW  180314P02700000"),  # a Wednesday: no standard date
        ("SPX", date(2018, 3, 16), "am", "SPX   180316P02700000"),
        ("SPX", date(2018, 3, 16), "pm", "SPXW  180316P02700000"),
        ("SPX", date(2019, 4, 18), "am", "SPX   190418P02700000"),  # the session before Good Friday
        ("SPX", date(2016, 3, 18), "pm", "SPXPM 160318P02700000"),  # RULES 2.5
        ("SPX", date(2014, 3, 21), "am", "SPX   140322P02700000"),  # RULES 1.3
        ("^NDX", date(2018, 3, 14), "pm", "NDXP  180314P02700000"),
        ("XSP", date(2018, 3, 16), "am", "XSP   180316P02700000"),  # settles one way only
        ("SPY", date(2018, 3, 16), "am", "SPY   180316P02700000"),
    ],
)
def test_the_root_follows_from_the_expiration(ticker: str, expires_on: date, monthlies: str, symbol: str) -> None:
    leg = LoggedLeg(-1, expires_on, 2700.0, Right.PUT, 1.0)
    assert contract_symbol(leg, ticker, SettlementSession(monthlies), SESSIONS) == symbol


def test_what_trades_on_its_last_day_settles_at_the_close(tmp_path: Path) -> None:
    """T5: an option that settles at the open is gone by then."""
    choice = Contracts(monthlies=SettlementSession.AM)
    row = {"Date Closed": "2018-03-16", "Time Closed": "14:00:00"}
    assert orders(tmp_path, row, choice)[0].legs[0].symbol == "SPXW  180316P02700000"
    assert orders(tmp_path, row | {"Reason For Close": "Expired"}, choice)[0].legs[0].symbol == "SPX   180316P02700000"


# --- orders ----------------------------------------------------------------------------------------------------------


def test_a_trade_is_an_opening_and_a_closing_a_second_before_their_times(tmp_path: Path) -> None:
    opening, closing = orders(tmp_path, {})
    assert told(opening) == (
        "2018-01-31T10:29:59",
        [("SPXW  180316P02700000", -2), ("SPXW  180316P02650000", 2)],
    )
    assert told(closing) == (
        "2018-02-06T10:59:59",
        [("SPXW  180316P02700000", 2), ("SPXW  180316P02650000", -2)],
    )
    assert opening.position == closing.position == "line 2"
    assert (opening.effect, closing.effect) == (None, "close")


def test_what_expired_is_left_to_its_settlement(tmp_path: Path) -> None:
    row = {"Date Closed": "2018-03-16", "Time Closed": "16:00:00", "Reason For Close": "Expired"}
    assert len(orders(tmp_path, row)) == 1


def test_what_outlives_an_expiration_is_closed_at_the_end_of_that_session(tmp_path: Path) -> None:
    calendar = "1 Feb 16 2700 P STO 18.50 | 1 Mar 16 2700 P BTO 42.40"
    row = {
        "Legs": calendar,
        "Premium": "-2390",
        "No. of Contracts": "1",
        "Date Closed": "2018-02-16",
        "Time Closed": "16:00:00",
        "Reason For Close": "Expired",
    }
    _, closing = orders(tmp_path, row)
    assert told(closing) == ("2018-02-16T15:44:59", [("SPXW  180316P02700000", -1)])
    assert closing.kind == "market_on_close"


def test_legs_of_one_contract_are_one_leg(tmp_path: Path) -> None:
    row = {"Legs": f"{SPREAD} | 2 Mar 16 2700 P STO 18.50", "Premium": "2455"}
    assert told(orders(tmp_path, row)[0])[1] == [("SPXW  180316P02700000", -4), ("SPXW  180316P02650000", 2)]


def test_legs_that_expired_before_the_close_are_not_closed_again(tmp_path: Path) -> None:
    row = {"Legs": "2 Feb 2 2700 P STO 18.50 | 2 Mar 16 2650 P BTO 12.40"}
    _, closing = orders(tmp_path, row)
    assert told(closing)[1] == [("SPXW  180316P02650000", -2)]


@pytest.mark.parametrize("row", [{"Reason For Close": "Backtest Completed"}, {"Date Closed": "", "Time Closed": ""}])
def test_what_was_open_at_the_end_stays_open(tmp_path: Path, row: dict[str, str]) -> None:
    assert len(orders(tmp_path, row)) == 1


def test_a_live_log_counts_premiums_in_dollars_and_fractions_of_seconds(tmp_path: Path) -> None:
    columns = tuple("Initial Premium" if name == "Premium" else name for name in COLUMNS if name != "Underlying")
    row = {"Time Opened": "10:30:41.4109846", "Initial Premium": "6.05"}
    log = read_log(written(tmp_path, row, columns=columns))
    replay = replay_of(log, Contracts(ticker="SPX"))
    assert replay.unit is PremiumUnit.DOLLARS
    assert replay.trades[0].orders[0].at.isoformat() == "2018-01-31T10:30:40.410984"


def test_dates_may_have_been_saved_by_a_spreadsheet(tmp_path: Path) -> None:
    row = {"Date Opened": "1/31/2018", "Time Opened": "9:32:00", "Date Closed": "2/6/18"}
    assert [one.at.isoformat() for one in orders(tmp_path, row)] == ["2018-01-31T09:31:59", "2018-02-06T10:59:59"]


# --- premiums --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("premium", "unit"),
    [("605", PremiumUnit.CENTS), ("610.5", PremiumUnit.CENTS), ("6.05", PremiumUnit.DOLLARS), ("", None)],
)
def test_legs_say_what_a_premium_counts(tmp_path: Path, premium: str, unit: PremiumUnit | None) -> None:
    assert replayed(tmp_path, {"Premium": premium}).unit is unit


def test_legs_that_nearly_cancel_do_not_say(tmp_path: Path) -> None:
    row = {"Legs": "2 Mar 16 2700 P STO 12.45 | 2 Mar 16 2650 P BTO 12.40", "Premium": "-5"}
    assert replayed(tmp_path, row).unit is None


# --- refusals --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"Legs": "2 Mar 16 2700"}, "line 3: leg '2 Mar 16 2700' does not read like"),
        ({"Legs": "2 Mar 17 2700 P STO 6.10"}, "line 3: 2018-03-17 is no session"),
        ({"Date Opened": "2018-02-03"}, "line 3: the exchange has no session on 2018-02-03"),
        ({"Date Closed": "2018-01-30"}, "line 3: closed at 2018-01-30 11:00:00, before it was opened"),
        ({"Time Opened": "half past ten"}, "line 3: Date Opened '2018-01-31' and Time Opened 'half past ten' are no"),
        ({"No. of Contracts": "0"}, "line 3: No. of Contracts is '0'"),
        ({"P/L": "much"}, "line 3: P/L is 'much', which is no number"),
        ({"Premium": "-605"}, "line 3: the legs add up to 6.10 USD per share, and the premium is -605"),
        ({"Premium": "30"}, "line 3: the legs add up to 6.10 USD per share, and the premium is 30"),
        ({"Premium": "6.05"}, "line 3: its premium is in dollars per share, that of most rows in cents per share"),
        ({"Legs": "2 Mar 16 2700 P STO 6.10 | 2 Mar 16 2700 P BTO 6.10"}, "line 3: its legs cancel each other"),
        ({"Underlying": ""}, "line 3: neither the row nor its legs name the underlying; say it with --underlying"),
        ({"Underlying": "S&P"}, "line 3: 'S&P' is no ticker"),
    ],
)
def test_a_row_that_cannot_be_placed_is_refused_with_its_line(tmp_path: Path, row: dict[str, str], reason: str) -> None:
    replay = replayed(tmp_path, {}, row, {})
    assert [one.logged.line for one in replay.trades] == [2, 4]
    (refused,) = replay.refused
    assert str(refused).startswith(reason)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("at,order\n", r"log\.csv: line 1 has no column 'Date Opened'; this is no trade log"),
        (",".join(COLUMNS) + "\n", r"log\.csv holds no trade"),
    ],
)
def test_a_file_that_is_no_log_is_refused_as_a_whole(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "log.csv").write_text(text)
    with pytest.raises(TradeLogUnreadable, match=said):
        read_log(tmp_path / "log.csv")


def test_a_log_without_a_usable_row_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TradeLogUnreadable, match="no row can be placed; line 2: leg '' does not"):
        replayed(tmp_path, {"Legs": ""})


# --- the folder ------------------------------------------------------------------------------------------------------


def test_the_folder_holds_a_valid_configuration_and_the_orders_of_each_strategy(tmp_path: Path) -> None:
    strange = '5/7 DTE | 17Δ: "early" # x'
    replay = replayed(tmp_path, {}, {"Strategy": strange, "Funds at Close": "97000"}, {"Strategy": ""})
    request = load_run_request(write_replay(replay, tmp_path / "made" / "replay"))
    assert [one.name for one in request.config.strategies] == ["put spread", strange, "trades"]
    assert request.config.account.initial_cash_usd == 100_000.0
    assert request.config.data.resolution == "minute"
    files = [getattr(one, "file", "") for one in request.config.strategies]
    logged = [order for file in files for order in read_trade_log(request.base / file)]
    assert logged == [order for one in replay.trades for order in one.orders]


def test_the_configuration_may_be_like_another_one(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    like = tmp_path / "own" / "like.yaml"
    like.write_text(
        "name: like\nstart: 2018-01-02\nend: 2018-12-28\n"
        "data: {source: model, underlyings: [SPX], settlement_values: set.csv}\n"
        "signals: [{name: vix, kind: spot, underlying: SPX}]\n"
        "strategies: [{name: x, kind: scripted}]\naccount: {initial_cash_usd: 5000}\n"
    )
    made = load_run_request(write_replay(replayed(tmp_path, {}), tmp_path / "replay", load_run_request(like)))
    assert made.config.data.source == "model"
    assert (made.config.start, made.config.end) == (date(2018, 1, 2), date(2018, 12, 28))
    assert (made.base / str(made.config.data.settlement_values)).resolve() == tmp_path / "own" / "set.csv"
    assert made.config.signals == ()


def test_a_folder_that_is_there_is_left_alone(tmp_path: Path) -> None:
    replay = replayed(tmp_path, {})
    write_replay(replay, tmp_path / "replay")
    before = (tmp_path / "replay" / CONFIGURATION).read_bytes()
    with pytest.raises(OutputOccupied, match="is there already"):
        write_replay(replay, tmp_path / "replay")
    assert (tmp_path / "replay" / CONFIGURATION).read_bytes() == before
    assert sorted(one.name for one in tmp_path.iterdir()) == ["log.csv", "replay"]
