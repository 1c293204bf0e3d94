"""What the tests of chain providers share: a file, its chains, one row of them, and what an import says against it."""

from pathlib import Path

import numpy as np
import pytest

from data.chain_rows import ChainRows
from data.errors import DataError
from data.normalizer import DataNormalizer
from data.provider import PROVIDERS, make_provider
from data.providers.recognition import recognise


def write(folder: Path, text: str, name: str = "chain.csv") -> Path:
    path = folder / name
    path.write_text(text)
    return path


def chains(path: Path, name: str) -> list[ChainRows]:
    return list(DataNormalizer().normalize(make_provider(name).read(path)).chains)


def refusal(path: Path, name: str) -> str:
    """Kind and text of the error, which must be one line."""
    with pytest.raises(DataError) as caught:
        chains(path, name)
    assert "\n" not in str(caught.value)
    return f"{type(caught.value).__name__} {caught.value}"


def told(path: Path) -> str:
    """The one format that a file is in, among all that there are."""
    return recognise(path, PROVIDERS).format


def row_of(chain: ChainRows, strike: float, right: int) -> dict[str, float]:
    """The quote of a contract, without the columns that the vendor does not have."""
    (row,) = np.flatnonzero((chain.contracts.strike == strike) & (chain.contracts.right == right))
    found = {name: float(column[row]) for name, column in chain.columns.items()}
    return {name: value for name, value in found.items() if not np.isnan(value)}


def roots(chain: ChainRows) -> list[tuple[str, str, str]]:
    """Root, date of the symbol and day of expiration of each series."""
    return [(key.root, str(key.symbol_date), str(key.expires_on)) for key in chain.contracts.series]
