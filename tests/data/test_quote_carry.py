"""Quotes that are kept until the next one, for files that hold only what changed."""

from datetime import date

import numpy as np
import pytest

from data.quote_carry import carried
from engine.config import CarryQuotes
from engine.model import ChainSnapshot, QuoteFlag
from tests.builders import Quote, chain, contract_table, new_york, put, series, session_table

THURSDAY, FRIDAY = date(2019, 4, 25), date(2019, 4, 26)
SESSIONS = session_table(THURSDAY, date(2019, 5, 10))
NEAR, FAR = series(FRIDAY), series(date(2019, 5, 10))
TABLE = contract_table({NEAR: [2900], FAR: [2850, 2900]})
LOW, HIGH, ENDING = put(TABLE, FAR, 2850), put(TABLE, FAR, 2900), put(TABLE, NEAR, 2900)
NAN = float("nan")


def minute(clock: str, on: date = THURSDAY, **quotes: Quote) -> ChainSnapshot:
    named = {"low": LOW, "high": HIGH, "ending": ENDING}
    given = {named[name]: quote for name, quote in quotes.items()}
    others = {TABLE.contract(row): None for row in range(len(TABLE)) if TABLE.contract(row) not in given}
    return chain(TABLE, new_york(on, clock), 2900.0, changes={**others, **given})


def last(chains: list[ChainSnapshot], **rules: object) -> ChainSnapshot:
    return list(carried(chains, SESSIONS, CarryQuotes(**rules)))[-1]  # type: ignore[arg-type]


def quote(snapshot: ChainSnapshot, contract_id: int) -> tuple[float, float]:
    row = snapshot.row(contract_id)
    assert row is not None
    return float(snapshot.bid[row]), float(snapshot.ask[row])


def is_stale(snapshot: ChainSnapshot, contract_id: int) -> bool:
    return bool(snapshot.flags[snapshot.row(contract_id)] & QuoteFlag.STALE)


FIRST = minute("09:31", low=Quote(3.0, 3.2), high=Quote(5.0, 5.2, delta=-0.4, volume=7.0))


def test_a_contract_that_is_not_named_keeps_its_last_quote() -> None:
    shown = last([FIRST, minute("09:32", low=Quote(3.1, 3.3))])
    assert quote(shown, LOW.contract_id) == (3.1, 3.3)
    assert quote(shown, HIGH.contract_id) == (5.0, 5.2)


def test_greeks_and_volume_are_not_kept() -> None:
    shown = last([FIRST, minute("09:32", low=Quote(3.1, 3.3))])
    row = shown.row(HIGH.contract_id)
    assert np.isnan(shown.delta[row])
    assert np.isnan(shown.volume[row])


@pytest.mark.parametrize(("clock", "stale"), [("09:46", False), ("09:47", True)])
def test_a_quote_older_than_a_quarter_of_an_hour_is_stale(clock: str, stale: bool) -> None:
    shown = last([FIRST, minute(clock, low=Quote(3.1, 3.3))])
    assert is_stale(shown, HIGH.contract_id) is stale
    assert not is_stale(shown, LOW.contract_id)


def test_without_an_age_limit_nothing_is_stale() -> None:
    assert not is_stale(last([FIRST, minute("15:59", low=Quote())], max_age_minutes=None), HIGH.contract_id)


def test_quotes_are_not_kept_overnight_unless_said() -> None:
    days = [FIRST, minute("09:31", FRIDAY, low=Quote(3.1, 3.3))]
    assert last(days).row(HIGH.contract_id) is None
    assert quote(last(days, across_sessions=True, max_age_minutes=None), HIGH.contract_id) == (5.0, 5.2)


def test_a_series_that_has_ended_is_not_kept() -> None:
    days = [minute("09:31", ending=Quote()), minute("09:31", date(2019, 4, 29), low=Quote())]
    assert last(days, across_sessions=True).row(ENDING.contract_id) is None


def test_a_side_that_is_missing_stays_missing_unless_said() -> None:
    minutes = [FIRST, minute("09:32", high=Quote(NAN, 5.4))]
    assert np.isnan(quote(last(minutes), HIGH.contract_id)[0])
    assert quote(last(minutes, missing_side="last"), HIGH.contract_id) == (5.0, 5.4)


def test_a_kept_side_ages_from_when_it_was_given() -> None:
    minutes = [FIRST, minute("09:50", high=Quote(NAN, 5.4))]
    assert is_stale(last(minutes, missing_side="last"), HIGH.contract_id)


def test_a_chain_shown_earlier_does_not_change_afterwards() -> None:
    shown = list(carried([FIRST, minute("09:32", high=Quote(6.0, 6.2))], SESSIONS, CarryQuotes()))
    assert quote(shown[0], HIGH.contract_id) == (5.0, 5.2)
    assert shown[0].digest == FIRST.digest
