"""Lists of contracts as sorted integers."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.contract_list import ContractList, SeriesKey, contract_table, pack, sessions_for, unite
from data.errors import BadFile
from engine.model import Right

MAY, JUNE = date(2019, 5, 17), date(2019, 6, 21)
SERIES = tuple(SeriesKey(day, root, day) for day in (MAY, JUNE) for root in ("SPX", "SPXW"))
Row = tuple[int, int, int]
ROWS = st.sets(st.tuples(st.integers(0, 3), st.sampled_from([-1, 1]), st.integers(1, 50_000)), min_size=1)


def listed(rows: set[Row]) -> ContractList:
    """Contracts of (position in SERIES, right, strike in thousandths)."""
    series, right, strike = (np.array(column) for column in zip(*rows, strict=True))
    return ContractList(SERIES, np.sort(pack(series, right, strike * 10))).take(np.arange(len(rows)))


def spelled(contracts: ContractList) -> list[tuple[SeriesKey, int, float]]:
    keys = [contracts.series[position] for position in contracts.series_index.tolist()]
    return list(zip(keys, contracts.right.tolist(), contracts.strike.tolist(), strict=True))


@given(ROWS)
def test_a_list_spells_out_what_was_packed_in_order(rows: set[Row]) -> None:
    expected = sorted((SERIES[series], right, strike / 1000) for series, right, strike in rows)
    assert spelled(listed(rows)) == expected


@given(ROWS, ROWS)
def test_a_union_holds_each_contract_once_and_every_row_is_found_in_it(first: set[Row], second: set[Row]) -> None:
    union = unite([listed(first), listed(second)])
    assert spelled(union) == spelled(listed(first | second))
    for rows in (first, second):
        part = listed(rows)
        places = part.rows_in(union)
        assert spelled(union.take(places)) == spelled(part)
        assert (np.diff(places) > 0).all()


def test_a_union_of_nothing_is_empty() -> None:
    assert len(unite([])) == 0


def test_t26_one_expiration_of_two_roots_is_two_contracts() -> None:
    assert len(listed({(0, 1, 2_900_000), (1, 1, 2_900_000)})) == 2


def test_one_root_and_expiration_with_two_symbol_dates_is_refused() -> None:
    saturday = ContractList((SeriesKey(MAY, "SPX", date(2019, 5, 18)),), np.array([pack_one()]))
    with pytest.raises(BadFile, match="SPX expiring 2019-05-17 has two symbol dates, 2019-05-17 and 2019-05-18"):
        unite([listed({(0, 1, 1)}), saturday])


def pack_one() -> int:
    return int(pack(np.array([0]), np.array([1]), np.array([10]))[0])


def test_a_contract_table_keeps_the_rows_of_each_underlying_together() -> None:
    lists = {"SPX": listed({(0, 1, 2_900_500), (3, -1, 5_000)}), "AAA": listed({(1, 1, 7_000)})}
    table = contract_table(lists, sessions_for(lists.values(), MAY, MAY))
    symbols = [table.contract(row).symbol for row in range(len(table))]
    assert symbols == ["SPXW  190517C00007000", "SPX   190517C02900500", "SPXW  190621P00005000"]
    assert [series.underlying for series in table.series] == ["AAA", "SPX", "SPX"]
    assert table.find("SPX", MAY, Right.CALL, 2900.5).contract_id == 1
