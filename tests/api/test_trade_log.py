"""A file of orders becomes the orders of a script, or says what is wrong with it and where."""

from datetime import datetime
from pathlib import Path

import pytest

from api.errors import TradeLogUnreadable
from api.trade_log import read_trade_log
from engine.strategies.script import ScriptedLeg, ScriptedOrder

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
    assert order.position is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
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
