"""Makes `sp500_vix_2014_2018.csv` of the data files inside the `arch` package.

    python3 -m venv somewhere && somewhere/bin/pip install arch==8.0.0
    python -m data.embedded.extract somewhere/lib/python3.11/site-packages/arch/data

The files are read as they are: `arch`'s own loader takes the months of `frenchdata` for nanoseconds.
"""

from __future__ import annotations

import csv
import gzip
import io
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

FIRST: Final = date(2014, 1, 3)
LAST: Final = date(2018, 12, 31)
HEADER: Final = ("date", "open", "high", "low", "close", "vix", "rate_percent_per_month")
_PRICES: Final = ("Open", "High", "Low", "Close")


def embedded_rows(folder: Path) -> Iterator[tuple[str, ...]]:
    """One row per session of the S&P 500, with the VIX of its day and the risk-free rate of its month.

    Prices are rounded to the cents that they were before somebody stored them in single precision. A month that
    the file does not reach has the rate of the last month before it.

    Raises:
        KeyError, ValueError: when a session has no VIX, which the file writes as a dot.
    """
    vix = {_day(row): row["vix"] for row in _table(folder / "vix" / "vix.csv.gz")}
    rates = {row["Date"]: row["RF"] for row in _table(folder / "frenchdata" / "frenchdata.csv.gz")}
    for row in _table(folder / "sp500" / "sp500.csv.gz"):
        day = _day(row)
        if FIRST <= day <= LAST:
            month = max(known for known in rates if known <= f"{day:%Y%m}")
            prices = (f"{float(row[name]):.2f}" for name in _PRICES)
            yield (day.isoformat(), *prices, f"{float(vix[day]):.2f}", rates[month])


def _day(row: dict[str, str]) -> date:
    month, day, year = map(int, row["Date"].split("/"))
    return date(year, month, day)


def _table(path: Path) -> Iterator[dict[str, str]]:
    text = gzip.decompress(path.read_bytes()).decode()
    return iter(csv.DictReader(io.StringIO(text, newline="")))


def main(arguments: list[str]) -> None:
    """Write the file beside this one."""
    target = Path(__file__).with_name("sp500_vix_2014_2018.csv")
    with target.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(embedded_rows(Path(arguments[0])))


if __name__ == "__main__":
    main(sys.argv[1:])
