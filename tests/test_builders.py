"""The hand-made markets are what they say: other tests stand on them."""

from datetime import date

import numpy as np

from engine.model import QuoteFlag, Right
from tests.builders import by_delta, chain, contract_table, new_york, put, series, session_table

MAY_10 = series(date(2019, 5, 10))
MAY_17_AM = series(date(2019, 5, 17), "SPX")
MAY_17_PM = series(date(2019, 5, 17), "SPXW")
NOON = new_york(date(2019, 4, 25), "12:00")


def test_am_series_last_trades_the_day_before_it_settles_at_the_open() -> None:
    assert MAY_17_AM.last_trades_at == new_york(date(2019, 5, 16), "16:15")
    assert MAY_17_AM.settles_at == new_york(date(2019, 5, 17), "09:30")
    assert MAY_17_PM.last_trades_at == MAY_17_PM.settles_at == new_york(date(2019, 5, 17), "16:00")


def test_chain_holds_both_rights_of_every_series_in_table_order() -> None:
    table = contract_table({MAY_17_PM: [2900], MAY_10: [2910, 2900], MAY_17_AM: [2900]})
    snapshot = chain(table, NOON, 2905.0)
    assert [one.root for one in table.series] == ["SPXW", "SPX", "SPXW"]
    assert list(snapshot.contract_id) == list(range(8))
    assert list(snapshot.strike[:4]) == [2900.0, 2910.0, 2900.0, 2910.0]


def test_model_quotes_have_put_call_parity_and_deltas_that_differ_by_one() -> None:
    table = contract_table({MAY_10: [2900]})
    snapshot = chain(table, NOON, 2905.0)
    put_mid, call_mid = (snapshot.bid + snapshot.ask) / 2
    assert abs(call_mid - put_mid - 5.0) < 0.011
    assert abs(snapshot.delta[1] - snapshot.delta[0] - 1.0) < 1e-12


def test_series_that_trade_no_more_and_contracts_without_quote_are_absent() -> None:
    table = contract_table({MAY_10: [2900, 2910], MAY_17_PM: [2900]})
    after = chain(table, new_york(date(2019, 5, 13)), 2905.0)
    assert {table.contract(int(row)).series for row in after.contract_id} == {MAY_17_PM}
    without = chain(table, NOON, 2905.0, changes={put(table, MAY_10, 2900): None})
    assert len(without) == len(table) - 1


def test_by_delta_quotes_only_what_is_named() -> None:
    table = contract_table({MAY_10: [2800, 2850, 2900]})
    snapshot = chain(table, NOON, 2905.0, quotes=by_delta({Right.PUT: {2850: 0.3}, Right.CALL: {2900: 0.5}}))
    assert list(snapshot.delta) == [-0.3, 0.5]
    assert not snapshot.flags.any()


def test_far_wing_without_bid_is_flagged() -> None:
    table = contract_table({MAY_10: [1000, 2900]})
    snapshot = chain(table, NOON, 2905.0)
    assert snapshot.bid[0] == 0.0
    assert list(np.flatnonzero(snapshot.flags == QuoteFlag.NO_BID)) == [0]


def test_sessions_leave_out_weekends_and_holidays_and_close_early_where_told() -> None:
    sessions = session_table(
        date(2019, 7, 1), date(2019, 7, 8), holidays=[date(2019, 7, 4)], early_closes={date(2019, 7, 3): "13:00"}
    )
    assert [one.on.day for one in sessions.sessions] == [1, 2, 3, 5, 8]
    assert sessions.sessions[2].closes_at == new_york(date(2019, 7, 3), "13:00")
