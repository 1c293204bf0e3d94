"""Vendor files as they get damaged: real ones, cut, flipped, re-encoded, and filled to fill the memory."""

import gzip
import io
import random
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

SPY_2021 = "spy_eod_2021/spy_options_2021.csv"
SPXW_2018 = "spxw_eod_2018/spxw_2018-01-31_expiry.csv"
QUOTEDATA = "cboe_quotedata/SPY_2025-09-25.csv"
CBOE_2019 = "cboe_scrape_spx_eod_2019/SPX_20190425.csv.gz"
LEAN = "lean/option/usa/minute/spy/20230803_quote_american.zip"
LEAN_BARS = "lean/equity/usa/minute/spy/20230803_trade.zip"
UNIVERSE = "lean/indexoption/usa/universes/spx/20210105.csv"
_POSITIONS = {"spy.csv": (6, 8), "spxw.csv": (5, 6), "quotedata.csv": (11, 4), "20210106.csv": (1, 9)}
"""Of the strike and of a number beside it, among the cells of a row."""
_BOMB = 400_000_000


class Mutant(NamedTuple):
    """A damaged file.

    Attributes:
        place: path below the folder of all mutants.
        rows: data rows that it visibly holds; None where only an unpacked file could tell.
        at_row: a single row is at fault, so an error must name its line.
        fatal: nobody could read it truthfully.
    """

    place: str
    content: bytes
    rows: int | None = None
    at_row: bool = False
    fatal: bool = False


class _Sample(NamedTuple):
    name: str
    content: bytes
    lines_above: int
    rows_per_line: int = 1
    folder: str = ""


def mutants(market: Path) -> Iterator[Mutant]:
    """All damaged files, the same every time."""
    samples = [
        _Sample("spy.csv", (market / SPY_2021).read_bytes(), 1),
        _Sample("spxw.csv", (market / SPXW_2018).read_bytes()[:90_000].rpartition(b"\n")[0] + b"\n", 1),
        _Sample("quotedata.csv", (market / QUOTEDATA).read_bytes(), 3, 2),
        _Sample("20210106.csv", (market / UNIVERSE.replace("0105", "0106")).read_bytes(), 2, 1, "universes/spx/"),
    ]
    yield from _cut(samples[0])
    for sample in samples:
        yield from _texts(sample)
        yield from _flipped_texts(sample)
    quotedata = samples[2]
    yield _mutant(quotedata, "other-zone", quotedata.content.replace(b" EDT", b" CEST"), at_row=True, fatal=True)
    yield _polygon_in_utc()
    yield from _packed(market)
    yield from _lean_rows(market)
    yield from _bombs(market, samples[0])


def _mutant(sample: _Sample, kind: str, content: bytes, *, at_row: bool = False, fatal: bool = False) -> Mutant:
    lines = sum(1 for line in re.split(rb"\r\n|\n|\r", content) if line.strip()) - sample.lines_above
    place = f"{kind}-{sample.name}/{sample.folder}{sample.name}"
    return Mutant(place, content, lines * sample.rows_per_line, at_row, fatal)


def _cut(sample: _Sample) -> Iterator[Mutant]:
    for percent in range(1, 100):
        yield _mutant(sample, f"cut-{percent}", sample.content[: len(sample.content) * percent // 100])


def _texts(sample: _Sample) -> Iterator[Mutant]:
    text = sample.content
    above, row, rest = _parted(sample)
    cells = row.split(b",")

    def with_row(changed: bytes) -> bytes:
        return above + changed + rest

    def with_strike(cell: bytes) -> bytes:
        return with_row(b",".join([*cells[:strike], cell, *cells[strike + 1 :]]))

    strike, price = _POSITIONS[sample.name]
    other_price = b",".join([*cells[:price], b"0.07", *cells[price + 1 :]])
    for kind, content in {
        "nan-strike": with_strike(b"nan"),
        "infinite-strike": with_strike(b"1e400"),
        "huge-strike": with_strike(b"1e300"),
        "long-strike": with_strike(b"99999999999"),
        "minus-strike": with_strike(b"-345"),
        "empty-strike": with_strike(b""),
        "comma-strike": with_strike(b'"1,345"'),
        "header-twice": above + above.splitlines(keepends=True)[-1] + row + rest,
        "cell-more": with_row(row.rstrip(b"\r\n") + b",1\n"),
        "cell-less": with_row(row.rpartition(b",")[0] + b"\n"),
        "row-twice-otherwise": with_row(row + other_price),
    }.items():
        yield _mutant(sample, kind, content, at_row=True, fatal=True)
    for kind, content in {
        "utf-16": text.decode("utf-8-sig").encode("utf-16"),
        "nul": text[:5_000] + b"\0" + text[5_000:],
        "latin-1": text[:5_000] + "é".encode("latin-1") + text[5_000:],
        "empty": b"",
        "header-only": above,
        "semicolons": text.replace(b",", b";"),
    }.items():
        yield _mutant(sample, kind, content, fatal=True)
    yield _mutant(sample, "row-twice", with_row(row + row))
    yield _mutant(sample, "huge-price", with_row(b",".join([*cells[:price], b"1e300", *cells[price + 1 :]])))
    yield _mutant(sample, "quotation-mark", with_row(b'"' + row))
    yield _mutant(sample, "line-ends", text.replace(b"\r\n", b"\n").replace(b"\n", b"\r"))
    yield _mutant(sample, "long-cell", with_row(b"x" * 200_000 + row), fatal=True)


def _parted(sample: _Sample) -> tuple[bytes, bytes, bytes]:
    lines = sample.content.splitlines(keepends=True)
    filled = [number for number, line in enumerate(lines) if line.strip()]
    first = filled[sample.lines_above]
    return b"".join(lines[:first]), lines[first], b"".join(lines[first + 1 :])


def _flipped_texts(sample: _Sample) -> Iterator[Mutant]:
    chance = random.Random(sample.name)
    for number in range(10):
        content = bytearray(sample.content)
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        yield Mutant(f"flip-{number}-{sample.name}/{sample.folder}{sample.name}", bytes(content))


def _packed(market: Path) -> Iterator[Mutant]:
    for name, place in {CBOE_2019: "SPX.csv.gz", LEAN: LEAN}.items():
        content = (market / name).read_bytes()
        kind = place.rpartition(".")[2]
        beside = _bars(market) if kind == "zip" else {}
        chance = random.Random(kind)
        for percent in (1, 25, 50, 75, 99):
            yield from _with(
                beside, Mutant(f"cut-{percent}-{kind}/{place}", content[: len(content) * percent // 100], fatal=True)
            )
        for number in range(8):
            flipped = bytearray(content)
            flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
            yield from _with(beside, Mutant(f"flip-{number}-{kind}/{place}", bytes(flipped)))


def _lean_rows(market: Path) -> Iterator[Mutant]:
    """The first CSV of a zip, changed inside."""
    with zipfile.ZipFile(market / LEAN) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    first = sorted(entries)[0]
    row, _, rest = entries[first].partition(b"\n")
    cells = row.split(b",")
    for kind, changed in {
        "nan": b",".join([cells[0], b"nan", *cells[2:]]),
        "infinite": b",".join([cells[0], b"1e400", *cells[2:]]),
        "cell-more": row + b",1",
        "cell-less": row.rpartition(b",")[0],
        "nul": b"\0" + row,
        "latin-1": "é".encode("latin-1") + row,
        "blank-line": b"\n" + row,
        "quotation-mark": b'"' + row,
        "header": b"ms,bid\n" + row,
    }.items():
        content = _zip({**entries, first: changed + b"\n" + rest})
        yield from _with(_bars(market), Mutant(f"{kind}-zip/{LEAN}", content, None, at_row=True, fatal=True))
    others = {name: entry for name, entry in entries.items() if name != first}
    for kind, name in {
        "nan-strike": re.sub(r"_\d+_(\d+\.csv)", r"_nan_\1", first),
        "no-date": first.replace("_20230901", "_20230931"),
        "huge-strike": re.sub(r"_\d+_(\d+\.csv)", r"_99999999999999999999_\1", first),
    }.items():
        content = _zip({name: entries[first], **others})
        yield from _with(_bars(market), Mutant(f"{kind}-zip/{LEAN}", content, fatal=True))
    late = b"86400000," + row.partition(b",")[2] + b"\n" + rest
    yield from _with(_bars(market), Mutant(f"next-day-zip/{LEAN}", _zip({**entries, first: late}), fatal=True))


def _polygon_in_utc() -> Mutant:
    rows = "ticker,volume,open,close,high,low,window_start,transactions\n"
    rows += "O:SPY230327P00390000,200,11.82,9.83,11.82,8.09,1678665600000000000,62\n"
    return Mutant("other-zone-polygon/2023-03-13.csv", rows.encode(), 1, at_row=True, fatal=True)


def _zip(entries: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return file.getvalue()


def _bars(market: Path) -> dict[str, bytes]:
    return {LEAN_BARS: (market / LEAN_BARS).read_bytes()}


def _with(beside: dict[str, bytes], mutant: Mutant) -> Iterator[Mutant]:
    """A mutant whose neighbours it needs lie beside it, under the same folder."""
    top = mutant.place.partition("/")[0]
    yield mutant
    for name, content in beside.items():
        yield Mutant(f"{top}/{name}", content)


def _bombs(market: Path, sample: _Sample) -> Iterator[Mutant]:
    above, row, _ = _parted(sample)
    for kind, line in {"zeros": b"\0" * 1_000_000, "blanks": b" " * 999_999 + b"\n", "rows": row * 7_000}.items():
        file = io.BytesIO()
        with gzip.GzipFile(fileobj=file, mode="wb", mtime=0) as packed:
            packed.write(above)
            for _ in range(_BOMB // len(line)):
                packed.write(line)
        yield Mutant(f"bomb-{kind}/spy.csv.gz", file.getvalue(), fatal=True)
    with zipfile.ZipFile(market / LEAN) as original:
        name = original.namelist()[0]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bomb, bomb.open(name, "w", force_zip64=True) as entry:
        for _ in range(_BOMB // 1_000_000):
            entry.write(b"0" * 1_000_000)
    yield from _with(_bars(market), Mutant(f"bomb-zip/{LEAN}", file.getvalue(), fatal=True))
