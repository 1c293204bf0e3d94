"""Rows of contracts in a chain that quotes some of them."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from engine.model import Right
from tests.builders import Quote, chain, contract_table, new_york, series

NOW = new_york(date(2019, 4, 25), "15:45")
TABLE = contract_table({series(date(2019, 5, day)): range(2700, 3000, 50) for day in (3, 10)})
IDS = range(len(TABLE))


@given(st.sets(st.sampled_from(IDS)), st.lists(st.integers(-3, len(TABLE) + 3)))
def test_contracts_are_found_together_where_they_are_found_one_by_one(quoted: set[int], wanted: list[int]) -> None:
    snapshot = chain(TABLE, NOW, 2900.0, quotes=lambda one: Quote() if one.contract_id in quoted else None)
    places = {contract_id: row for row, contract_id in enumerate(sorted(quoted))}
    assert snapshot.rows(wanted) == [places.get(contract_id) for contract_id in wanted]
    assert [snapshot.row(contract_id) for contract_id in wanted] == snapshot.rows(wanted)


@given(st.sets(st.sampled_from(IDS)))
def test_a_series_has_the_rows_of_its_contracts(quoted: set[int]) -> None:
    snapshot = chain(TABLE, NOW, 2900.0, quotes=lambda one: Quote() if one.contract_id in quoted else None)
    ids = sorted(quoted)
    for position in range(len(TABLE.series)):
        for right in Right:
            found = snapshot.rows_of_series(position, right)
            members = [TABLE.contract(one) for one in ids[found]]
            assert members == [
                one for one in map(TABLE.contract, ids) if one.series == TABLE.series[position] and one.right is right
            ]


@given(st.sets(st.sampled_from(IDS)), st.integers(0, len(TABLE)), st.integers(0, len(TABLE)))
def test_whether_a_span_is_quoted(quoted: set[int], first: int, end: int) -> None:
    snapshot = chain(TABLE, NOW, 2900.0, quotes=lambda one: Quote() if one.contract_id in quoted else None)
    assert snapshot.quotes_between(first, end) == any(first <= one < end for one in quoted)
