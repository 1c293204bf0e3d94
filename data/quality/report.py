"""What is wrong with a dataset, day by day, with examples: what `ironfly data quality` shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

import numpy as np

from data.contract_list import ContractList
from data.datasets import Coverage, SkippedRows, total
from data.quality.findings import FINDINGS, Finding
from data.quality.history import ComparedDay, compared_days
from data.repository import DataRepository, StoredChain
from engine.instants import Instant

_EXAMPLES: Final = 3
_SUSPICIOUS: Final = np.uint16(sum(one.flag for one in FINDINGS if one.flag is not None and not one.usual))


@dataclass(frozen=True, slots=True)
class Example:
    """One quote, or one contract without any (`bid` and `ask` NaN), that a finding is about.

    Attributes:
        symbol: compact OSI symbol.
        at: instant of its chain.
    """

    finding: str
    day: date
    at: Instant
    symbol: str
    bid: float
    ask: float


@dataclass(frozen=True, slots=True)
class DayQuality:
    """One exchange date.

    Attributes:
        quotes: of all its chains.
        suspicious: quotes with a finding that a good chain does not have.
        counts: by name of finding.
    """

    day: date
    chains: int
    quotes: int
    suspicious: int
    counts: dict[str, int]

    @property
    def share(self) -> float:
        """Suspicious quotes of all."""
        return self.suspicious / self.quotes if self.quotes else 0.0


@dataclass(frozen=True, slots=True)
class DatasetQuality:
    """One dataset.

    Attributes:
        days: in order.
        examples: some of each finding that good chains do not have, of the day that has most of it.
        skipped: rows of files that made no chain, with reasons.
    """

    coverage: Coverage
    days: tuple[DayQuality, ...]
    examples: tuple[Example, ...]
    skipped: tuple[SkippedRows, ...]

    @property
    def quotes(self) -> int:
        """All quotes."""
        return sum(day.quotes for day in self.days)

    @property
    def counts(self) -> dict[str, int]:
        """Sums by name of finding."""
        return {one.name: sum(day.counts[one.name] for day in self.days) for one in FINDINGS}

    @property
    def worst_days(self) -> tuple[DayQuality, ...]:
        """Days with findings that a good chain does not have, worst first."""
        unusual = [one.name for one in FINDINGS if not one.usual]
        found = [day for day in self.days if any(day.counts[name] for name in unusual)]
        return tuple(sorted(found, key=lambda day: (-day.share, -sum(day.counts[name] for name in unusual), day.day)))


def dataset_quality(store: DataRepository, underlying: str, resolution: str) -> DatasetQuality:
    """Read a whole dataset once and say what is wrong with it.

    Raises:
        NotCovered: when nothing is stored of it.
        StoreError: when the store is damaged.
    """
    coverage = store.coverage(underlying, resolution)
    # Files of days that are no sessions may lie outside of the coverage.
    chains = store.read(underlying, resolution, date.min, date.max)
    days: list[DayQuality] = []
    worst: dict[str, tuple[int, tuple[Example, ...]]] = {}
    for compared in compared_days(chains):
        day = _day(compared)
        days.append(day)
        for finding in FINDINGS:
            count = day.counts[finding.name]
            if not finding.usual and count > worst.get(finding.name, (0, ()))[0]:
                worst[finding.name] = count, tuple(_examples(finding, compared, chains.contracts))
    examples = tuple(one for finding in FINDINGS for one in worst.get(finding.name, (0, ()))[1])
    return DatasetQuality(coverage, tuple(days), examples, chains.skipped)


def _day(compared: ComparedDay) -> DayQuality:
    stored = total(chain.info.counts for chain in compared.chains)
    history = {"frozen": sum(int(mask.sum()) for mask in compared.frozen), "absent": len(compared.absent)}
    suspicious = [
        np.count_nonzero(((chain.flags & _SUSPICIOUS) != 0) | frozen)
        for chain, frozen in zip(compared.chains, compared.frozen, strict=True)
    ]
    return DayQuality(
        day=compared.day,
        chains=len(compared.chains),
        quotes=stored.rows,
        suspicious=int(sum(suspicious)),
        counts={one.name: history[one.name] if one.name in history else getattr(stored, one.name) for one in FINDINGS},
    )


class _Quote(NamedTuple):
    chain: StoredChain
    row: int


def _examples(finding: Finding, compared: ComparedDay, contracts: ContractList) -> Iterator[Example]:
    """The first quotes of a day that a finding is about."""
    if finding.name == "absent":
        last = compared.chains[-1].info
        for row in compared.absent[:_EXAMPLES]:
            yield Example(finding.name, compared.day, last.at, _symbol(contracts, int(row)), np.nan, np.nan)
        return
    for chain, row in _quotes(finding, compared):
        bid, ask = (float(chain.columns[name][row]) for name in ("bid", "ask"))
        symbol = _symbol(contracts, int(chain.contract[row]))
        yield Example(finding.name, compared.day, chain.info.at, symbol, bid, ask)


def _quotes(finding: Finding, compared: ComparedDay) -> Iterator[_Quote]:
    left = _EXAMPLES
    for chain, frozen in zip(compared.chains, compared.frozen, strict=True):
        rows = np.flatnonzero(frozen if finding.flag is None else (chain.flags & np.uint16(finding.flag)) != 0)
        for row in rows[:left].tolist():
            yield _Quote(chain, row)
        left -= len(rows[:left])
        if not left:
            return


def _symbol(contracts: ContractList, row: int) -> str:
    one = contracts.take(np.array([row]))
    ((_, root, symbol_date),) = one.series
    return f"{root}{symbol_date:%y%m%d}{'C' if one.right[0] > 0 else 'P'}{round(one.strike[0] * 1000):08d}"
