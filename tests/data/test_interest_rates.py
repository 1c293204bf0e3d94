"""Rates: what was known when."""

import math
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from data.errors import BadFile
from data.interest_rates import known_rates, read_rate_history
from engine.instants import instant, iso


def test_a_rate_is_known_from_the_open_after_its_date(tmp_path: Path) -> None:
    path = tmp_path / "rates.csv"
    path.write_text("DATE,PCREDIT8\n2020-03-04,1.75\n2020-03-13,0.25\n")
    history = read_rate_history(path)
    assert [iso(at) for at, _ in history.publications] == ["2020-03-05T14:30:00Z", "2020-03-16T13:30:00Z"]
    assert history.known_at(instant(datetime(2020, 3, 15, tzinfo=UTC))).rates == (math.log1p(0.0175),)


def test_the_same_history_is_offered_as_plain_arrays() -> None:
    found = known_rates("store", [(date(2020, 3, 4), 1.75), (date(2020, 3, 13), 0.5), (date(2020, 3, 14), 0.25)])
    assert [iso(int(at)) for at in found.at] == ["2020-03-05T14:30:00Z", "2020-03-16T13:30:00Z"]
    assert found.rate.tolist() == pytest.approx([math.log1p(0.0175), math.log1p(0.0025)], abs=1e-15)
    first = int(found.at[0])
    assert (found.known_at(first - 1), found.known_at(first)) == (None, found.rate[0])
    assert found.known_at(int(found.at[1]) + 1) == found.rate[1]


def test_the_real_file_is_read(reference_data: Path) -> None:
    path = reference_data / "market/lean/alternative/interest-rate/usa/interest-rate.csv"
    history = read_rate_history(path)
    assert iso(history.publications[0][0]) == "2003-01-10T14:30:00Z"
    assert history.publications[0][1].rates == (math.log1p(0.0225),)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("DATE,RATE\n2020-03-04,1\n", "the header lacks 'PCREDIT8'"),
        ("DATE,PCREDIT8\n2020-03-04,x\n", "line 2, column 'PCREDIT8': 'x' is no number"),
        ("DATE,PCREDIT8\n2020-03-04,1\n2020-03-04,2\n", "line 3, column 'DATE': the date does not come after"),
        ("DATE,PCREDIT8\n03/04/2020,1\n", "line 2, column 'DATE': '03/04/2020' is no date"),
        ("DATE,PCREDIT8\n2020-03-04,-100\n", "line 2, column 'PCREDIT8': the rate is not above"),
    ],
)
def test_a_bad_file_is_named_by_line(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "rates.csv"
    path.write_text(text)
    with pytest.raises(BadFile, match=f"rates.csv: {reason}"):
        read_rate_history(path)
