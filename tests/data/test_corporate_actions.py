"""Map and factor files."""

from datetime import date
from pathlib import Path

import pytest

from data.corporate_actions import read_corporate_actions, read_symbol_history
from data.errors import BadRow


def test_a_symbol_is_used_until_its_date(reference_data: Path) -> None:
    history = read_symbol_history(reference_data / "market/lean/equity/usa/map_files/goog.csv")
    days = (date(2014, 4, 2), date(2014, 4, 3), date(2060, 1, 1))
    assert [history.on(day) for day in days] == ["GOOCV", "GOOG", None]


def test_the_split_of_apple_is_seven_for_one(reference_data: Path) -> None:
    actions = read_corporate_actions(reference_data / "market/lean/equity/usa/factor_files/aapl.csv")
    split = next(action for action in actions if action.last_day == date(2014, 6, 6))
    assert (round(split.shares, 4), split.dividend) == (7.0, 0.0)


def test_a_dividend_is_what_the_factor_takes_off_the_close(tmp_path: Path) -> None:
    path = tmp_path / "spy.csv"
    path.write_text("20200102,0.99,1,100\n20200601,1,1,200\n20501231,1,1,0\n")
    (action,) = read_corporate_actions(path)
    assert (action.last_day, round(action.dividend, 9), action.shares) == (date(2020, 1, 2), 1.0, 1.0)


def test_real_dividends_of_the_fund_are_those_that_were_paid(reference_data: Path) -> None:
    """SPY paid 1.278 USD in the first quarter of 2021."""
    actions = read_corporate_actions(reference_data / "market/lean/equity/usa/factor_files/spy.csv")
    assert actions[-1].last_day == date(2021, 3, 18)
    assert actions[-1].dividend == pytest.approx(1.278, abs=2e-3)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("20200601,x,1,1", "line 2: factors are numbers above zero"),
        ("20200601,1,0,1", "line 2: factors are numbers above zero"),
        ("20200230,1,1,1", "line 2: '20200230' is no date"),
        ("20200102,1,1,1", "line 2: 2020-01-02 does not come after 2020-01-02"),
        ("20200601,1,1", "line 2: 3 cells where there must be 4"),
    ],
)
def test_a_bad_row_is_named_by_line(tmp_path: Path, row: str, reason: str) -> None:
    path = tmp_path / "spy.csv"
    path.write_text(f"20200102,1,1,1\n{row}\n")
    with pytest.raises(BadRow, match=f"spy.csv: {reason}"):
        read_corporate_actions(path)
