"""How values are written."""

from datetime import UTC, date, datetime

import pytest

from api.reports.words import (
    count,
    day,
    exchange_day,
    exchange_time,
    number,
    percent,
    plural,
    quantity,
    signed_usd,
    usd,
)


@pytest.mark.parametrize(
    ("amount", "plain", "signed"),
    [
        (1234.5, "$1,234.50", "+$1,234.50"),
        (-1234.5, "\N{MINUS SIGN}$1,234.50", "\N{MINUS SIGN}$1,234.50"),
        (0.0, "$0.00", "$0.00"),
        (-0.004, "$0.00", "$0.00"),
        (None, "\N{EN DASH}", "\N{EN DASH}"),
        (float("nan"), "\N{EN DASH}", "\N{EN DASH}"),
    ],
)
def test_money_has_its_sign_before_the_dollar(amount: float | None, plain: str, signed: str) -> None:
    assert (usd(amount), signed_usd(amount)) == (plain, signed)


def test_numbers_have_thousands_and_as_many_decimals_as_they_need() -> None:
    assert [quantity(value) for value in (12.0, 12.5, -1234.567, 100.0)] == [
        "12", "12.5", "\N{MINUS SIGN}1,234.57", "100",
    ]  # fmt: skip
    assert (number(1.2345), percent(0.0123), count(1234567)) == ("1.234", "1.23%", "1,234,567")
    assert (plural(1, "trade"), plural(1200, "trade")) == ("1 trade", "1,200 trades")


def test_dates_are_those_of_the_exchange() -> None:
    late = datetime(2019, 5, 2, 1, 30, tzinfo=UTC)
    assert exchange_day(late, "America/New_York") == "05/01/2019"
    assert exchange_time(late, "America/New_York") == "05/01/2019 21:30"
    assert (day(date(2019, 5, 2)), day(None)) == ("05/02/2019", "\N{EN DASH}")
