"""A file of orders becomes the orders of a script, or says what is wrong with it and where."""

from datetime import date, datetime
from pathlib import Path

import pytest

from api.errors import TradeLogUnreadable
from api.trade_log import read_trade_log
from engine.strategies.script import ScriptedCancel, ScriptedLeg, ScriptedOrder, ScriptedReplacement

HEADER = "at,order,symbol,quantity,position\n"


def written(folder: Path, text: str) -> Path:
    file = folder / "trades.csv"
    file.write_text(text)
    return file


def test_lines_of_one_number_are_one_package(tmp_path: Path) -> None:
    text = "2019-04-25T10:00,1,SPXW  190426P02900000,-1,spread\n2019-04-25T10:00,1,SPXW190426P02850000,1,spread\n"
    (order,) = read_trade_log(written(tmp_path, HEADER + text))
    assert order == ScriptedOrder(
        at=datetime.fromisoformat("2019-04-25T10:00"),
        legs=(
            ScriptedLeg(symbol="SPXW  190426P02900000", quantity=-1),
            ScriptedLeg(symbol="SPXW190426P02850000", quantity=1),
        ),
        position="spread",
    )


def test_a_position_may_be_left_empty(tmp_path: Path) -> None:
    (order,) = read_trade_log(written(tmp_path, HEADER + "2019-04-25T10:00,1,SPY,100,\n"))
    assert isinstance(order, ScriptedOrder)
    assert order.position is None


TERMS = HEADER.replace("\n", ",label,limit_usd,stop_usd,kind,good_until,cancel,replace\n")


def test_more_columns_say_the_terms_of_an_order_and_change_earlier_ones(tmp_path: Path) -> None:
    text = (
        "2019-04-25T10:00,1,SPY,100,,dip,280.5,,,2019-04-30,,\n"
        "2019-04-25T10:00,2,SPY,-100,,,,,market_on_close,,,\n"
        "2019-04-26T10:00,3,,,,,281.0,,,,,dip\n"
        "2019-04-29T10:00,4,,,,,,,,,dip,\n"
    )
    at, leg = datetime.fromisoformat, ScriptedLeg(symbol="SPY", quantity=100)
    assert read_trade_log(written(tmp_path, TERMS + text)) == (
        ScriptedOrder(
            at=at("2019-04-25T10:00"), legs=(leg,), label="dip", limit_usd=280.5, good_until=date(2019, 4, 30)
        ),
        ScriptedOrder(
            at=at("2019-04-25T10:00"), legs=(ScriptedLeg(symbol="SPY", quantity=-100),), kind="market_on_close"
        ),
        ScriptedReplacement(at=at("2019-04-26T10:00"), order="dip", limit_usd=281.0),
        ScriptedCancel(at=at("2019-04-29T10:00"), order="dip"),
    )


def test_only_some_of_the_columns_may_be_there(tmp_path: Path) -> None:
    header = HEADER.replace("\n", ",stop_usd\n")
    (order,) = read_trade_log(written(tmp_path, header + "2019-04-25T10:00,1,SPY,-100,,-270\n"))
    assert isinstance(order, ScriptedOrder)
    assert order.stop_usd == -270.0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (TERMS + "2019-04-25T10:00,1,SPY,1,,,cheap,,,,,\n", "line 2: could not convert string to float: 'cheap'"),
        (TERMS + "2019-04-25T10:00,1,SPY,1,,,,,at_noon,,,\n", "line 2: kind 'at_noon' is unknown"),
        (TERMS + "2019-04-25T10:00,1,SPY,1,,,1.0,,market_on_close,,,\n", "line 2: .* takes neither limit_usd"),
        (HEADER.replace("\n", ",effect\n") + "2019-04-25T10:00,1,SPY,1,,open\n", "line 2: effect 'open' is unknown"),
        (TERMS + "2019-04-25T10:00,1,SPY,,,,,,,,dip,\n", "line 2: a change of an order keeps its symbol"),
        (TERMS + "2019-04-25T10:00,1,,,,,1.0,,,,dip,\n", "line 2: an order is cancelled as a whole"),
        (TERMS + "2019-04-25T10:00,1,,-1,,,1.0,,,,,dip\n", "line 2: quantity is -1; a replacement names packages"),
        (TERMS + "2019-04-25T10:00,1,,,,,,,,,dip,dip\n", "line 2: a change of an order keeps its replace"),
        (HEADER.replace("\n", ",stop_usd,stop_usd\n"), "line 1 is .*; it must be"),
        ("time,symbol\n", "line 1 is 'time,symbol'; it must be"),
        (HEADER + "2019-04-25T10:00,1,SPY\n", "line 2: 3 cells instead of"),
        (HEADER + "10 o'clock,1,SPY,1,\n", "line 2: Invalid isoformat string"),
        (HEADER + "2019-04-25T10:00,1,SPY,0,\n", "line 2: quantity of SPY is 0"),
        (HEADER + "2019-04-25T10:00,1,SPY,1.5,\n", "line 2: invalid literal for int"),
        (HEADER + "2019-04-25T10:00Z,1,SPY,1,\n", "line 2: .* has a time zone"),
        (HEADER + "2019-04-25T10:00,1,SPY,1,\n2019-04-25T10:01,1,QQQ,1,\n", "line 3: order 1 has another time"),
        (
            HEADER + "2019-04-25T10:00,1,SPY,1,\n2019-04-25T10:00,2,SPY,1,\n2019-04-25T10:00,1,QQQ,1,\n",
            "line 4: order 1 stands there twice",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(TradeLogUnreadable, match=said):
        read_trade_log(written(tmp_path, text))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(TradeLogUnreadable, match=r"none\.csv cannot be read"):
        read_trade_log(tmp_path / "none.csv")
