"""Small LEAN data folders, written to the layout of the real one."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

QUOTE = "34200000,5649000,5668000,5629000,5641000,115,5708000,5710000,5683000,5691000,116"
ONE_SIDED = "34200000,,,,,0,1500,2500,1500,1500,387"
CALL = "20210104_spx_minute_quote_european_call_32000000_20210115.csv"
PUT = "20210104_spx_minute_quote_european_put_32000000_20210115.csv"
INDEX_BARS = "30600000,3764.61,3769.99,3764.61,3766.63,59\n30660000,3766.41,3767.22,3765.83,3766.13,60\n"


def write_zip(path: Path, entries: Mapping[str, str]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in entries.items():
            archive.writestr(name, text)
    return path


def write_options(folder: Path, entries: Mapping[str, str], ticker: str = "spx") -> Path:
    return write_zip(folder / f"indexoption/usa/minute/{ticker}/20210104_quote_european.zip", entries)


def write_index(folder: Path, text: str = INDEX_BARS) -> Path:
    return write_zip(folder / "index/usa/minute/spx/20210104_trade.zip", {"20210104_spx_minute_trade.csv": text})
