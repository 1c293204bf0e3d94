"""Small vendor files, written to the layout of the real ones."""

import gzip
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from data.chain_rows import NormalizedFile
from data.importing import import_files
from data.memory_store import MemoryStore
from data.normalizer import DataNormalizer
from data.providers.cboe_table import CboeTable
from data.quality import ChainValidator
from data.repository import DataRepository

HEADER = (
    "underlying,underlying_last,exchange,optionroot,type,expiration,quotedate,strike,last,net,bid,ask,volume,"
    "openinterest,impliedvol,delta,gamma"
)
MONDAY, TUESDAY, WEDNESDAY = date(2019, 4, 29), date(2019, 4, 30), date(2019, 5, 1)
EXPIRY = date(2019, 5, 15)


class Quote(NamedTuple):
    """One row; `expiry` is the date in the symbol."""

    strike: float = 2900.0
    bid: float = 10.0
    ask: float = 10.4
    right: str = "P"
    expiry: date = EXPIRY
    root: str = "SPXW"


def cboe_text(day: date, quotes: Sequence[Quote], price: float = 2943.0, underlying: str = "SPX") -> str:
    rows = [
        f"{underlying},{price},CBOE,{quote.root}{quote.expiry:%y%m%d}{quote.right}{round(quote.strike * 1000):08d},"
        f"{'call' if quote.right == 'C' else 'put'},{quote.expiry:%m/%d/%Y},{day:%m/%d/%Y},{quote.strike},0.0,0.0,"
        f"{quote.bid},{quote.ask},3,7,0.2,-0.3,0.001"
        for quote in quotes
    ]
    return "\n".join([HEADER, *rows, ""])


def chain(bid: float = 10.0, strikes: Sequence[float] = (2800.0, 2850.0, 2900.0)) -> list[Quote]:
    """Puts whose quotes depend on `bid`, so that two days with different bids are no repeat of each other."""
    return [Quote(strike, bid + index, bid + index + 0.4) for index, strike in enumerate(strikes)]


def write_cboe(
    folder: Path,
    day: date,
    quotes: Sequence[Quote] | None = None,
    price: float = 2943.0,
    *,
    underlying: str = "SPX",
    packed: bool = False,
) -> Path:
    """A file as the vendor names it; without quotes a chain that differs from day to day."""
    text = cboe_text(day, chain(float(day.day)) if quotes is None else quotes, price, underlying).encode()
    path = folder / f"{underlying}_{day:%Y%m%d}.csv{'.gz' if packed else ''}"
    path.write_bytes(gzip.compress(text, mtime=0) if packed else text)
    return path


def normalized(path: Path) -> NormalizedFile:
    """A file as the import hands it to a store."""
    file = DataNormalizer().normalize(CboeTable().read(path))
    validator = ChainValidator()
    return replace(file, chains=tuple(replace(one, flags=validator.flags(one)) for one in file.chains))


def stored(folder: Path, days: Sequence[date], store: DataRepository | None = None) -> DataRepository:
    """A repository (in memory, unless one is given) with a small chain for each day."""
    repository = MemoryStore() if store is None else store
    import_files([write_cboe(folder, day) for day in days], "cboe_table", repository)
    return repository
