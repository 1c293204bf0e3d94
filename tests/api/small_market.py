"""A made market of a quarter: SPX chains priced by Black-Scholes, as files of a vendor, imported into a store."""

from __future__ import annotations

from datetime import date
from math import sin
from pathlib import Path
from typing import Any

from data.importing import import_files
from data.parquet_store import ParquetStore
from engine.model import OptionContract, Right
from schemas.run_request import configuration_document, parse_run_request
from tests.builders import Quote, contract_table, model_quotes, new_york, series, weekdays
from tests.data.vendor_files import HEADER

HOLIDAYS = (date(2019, 1, 21), date(2019, 2, 18))
DAYS = weekdays(date(2019, 1, 7), date(2019, 3, 29), HOLIDAYS)
FRIDAYS = [day for day in weekdays(DAYS[0], date(2019, 4, 30)) if day.weekday() == 4 and day != date(2019, 4, 19)]
TABLE = contract_table({series(day): range(2500, 2900, 20) for day in FRIDAYS})
CONFIGURATION = """\
name: small condor
start: 2019-01-08
end: 2019-03-28
data: {underlyings: [SPX]}
strategies:
  - name: condor
    structure: iron_condor
    underlying: SPX
    expirations: {weekly: {target_dte: 10, min_dte: 5, max_dte: 20, roots: [SPXW]}}
    legs:
      - {name: long_put, side: buy, right: put, expiration: weekly, delta: {target: 0.08}}
      - {name: short_put, side: sell, right: put, expiration: weekly, delta: {target: 0.25}}
      - {name: short_call, side: sell, right: call, expiration: weekly, delta: {target: 0.25}}
      - {name: long_call, side: buy, right: call, expiration: weekly, delta: {target: 0.08}}
    entry: {max_open_positions: 2}
    exit: {profit_target_percent: 50, stop_loss_percent: 100}
"""


def configuration(text: str = CONFIGURATION, **changes: Any) -> dict[str, Any]:
    """A configuration as a client sends it, with values replaced at the top level."""
    return configuration_document(parse_run_request(text).config) | changes


def small_store(folder: Path) -> Path:
    """Import the market; returns the folder of the store."""
    vendor, store = folder / "vendor", folder / "store"
    vendor.mkdir()
    for number, day in enumerate(DAYS):
        (vendor / f"SPX_{day:%Y%m%d}.csv").write_text(_text(day, round(2700.0 + 60.0 * sin(number / 5), 2)))
    import_files([vendor], "cboe_table", ParquetStore(store))
    return store


def _text(day: date, price: float) -> str:
    quoted = model_quotes(new_york(day, "15:45"), price, volatility=0.15 + 0.02 * sin(day.toordinal()))
    near = [
        contract
        for contract in map(TABLE.contract, range(len(TABLE)))
        if 0 <= (contract.series.expires_on - day).days <= 30
    ]
    return "\n".join([HEADER, *(_row(day, price, contract, quoted(contract)) for contract in near), ""])


def _row(day: date, price: float, contract: OptionContract, quote: Quote | None) -> str:
    assert quote is not None
    symbol, right = contract.symbol.replace(" ", ""), "call" if contract.right is Right.CALL else "put"
    return (
        f"SPX,{price},CBOE,{symbol},{right},{contract.series.expires_on:%m/%d/%Y},{day:%m/%d/%Y},{contract.strike},0.0,"
        f"0.0,{quote.bid},{quote.ask},3,7,{quote.implied_volatility},{quote.delta},0.001"
    )
