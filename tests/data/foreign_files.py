"""Small files of vendors outside of the usual tables, and how tests read them."""

from pathlib import Path

import pytest

from data.chain_rows import ChainRows
from data.errors import DataError
from data.normalizer import DataNormalizer
from data.provider import EVERY_PROVIDER, make_provider
from data.providers.recognition import recognise


def write(folder: Path, text: str, name: str = "chain.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def chains(path: Path, name: str) -> list[ChainRows]:
    """Chains of a file that `auto` gives to that format and to no other."""
    assert recognise(path, EVERY_PROVIDER).format == name
    return list(DataNormalizer().normalize(make_provider(name).read(path)).chains)


def refusal(path: Path, name: str) -> str:
    with pytest.raises(DataError) as caught:
        DataNormalizer().normalize(make_provider(name).read(path))
    assert "\n" not in str(caught.value)
    return f"{type(caught.value).__name__} {caught.value}"


def row_of(chain: ChainRows, strike: float, right: int, position: int = 0) -> dict[str, float]:
    """Canonical columns of a contract of the nearest expiration, or of the one at `position`."""
    listed = chain.contracts
    (row,) = ((listed.strike == strike) & (listed.right == right) & (listed.series_index == position)).nonzero()[0]
    return {name: float(column[row]) for name, column in chain.columns.items()}
