"""An iron condor and a put spread on 22 real SPX days: they trade, settle, and balance to the cent."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import pytest

from api.mapping import FinishedRun, summarise
from api.wiring import prepare
from engine.events import ContractExpired, Event, OrderFilled, SettlementSource, SnapshotArrived
from engine.instants import utc_datetime
from engine.model import BLOCKS_BUY, BLOCKS_SELL, OptionContract
from engine.money import MICROS_PER_CENT
from engine.result import BacktestResult, MarkSource
from schemas.publication import check, publish
from schemas.run_request import load_run_request
from tests.regression.spx_2019 import CONFIGS, finished

SPREAD, CONDOR = "spx_put_spread", "spx_iron_condor"
AM_EXPIRY = (
    "strategies.0.expirations.weekly.roots=[SPX]",
    "strategies.0.expirations.weekly.target_dte=20",
)
"""Settings that make the condor trade the third-Friday series that settle at the open."""

E = TypeVar("E")
OFFICIAL = "symbol,date,value\nSPXW,2019-05-10,2881.40\nSPXW,2019-05-17,2859.53\nSPX,2019-05-17,2869.73\n"


@pytest.fixture(params=[SPREAD, CONDOR])
def result(request: pytest.FixtureRequest, store: Path) -> BacktestResult:
    return finished(request.param, store).result


# --- the account ------------------------------------------------------------------------------------------------


def test_the_account_balances_to_the_cent(result: BacktestResult) -> None:
    totals = result.totals
    change = totals.net_liquidation - totals.initial_cash
    parts = totals.realised + totals.unrealised - totals.fees + totals.interest + totals.dividends
    assert change == parts
    assert sum(trade.profit for trade in result.trades) == change
    assert totals.final_cash % MICROS_PER_CENT == 0


def test_cash_is_what_fills_and_settlements_brought(result: BacktestResult) -> None:
    """A second method: the event log alone, without ledger and positions."""
    fills = sum(event.fill.cash - event.fill.fees for event in _all(result, OrderFilled))
    settlements = sum(event.cash for event in _all(result, ContractExpired))
    assert result.totals.final_cash == result.totals.initial_cash + fills + settlements


def test_several_trades_end_in_several_ways(result: BacktestResult) -> None:
    reasons = Counter(trade.exit_reason for trade in result.trades)
    assert len(result.trades) >= 8
    assert {"profit_target", "stop_loss", "expiration"} <= set(reasons)


# --- fills ------------------------------------------------------------------------------------------------------


def test_no_fill_comes_from_a_side_that_a_flag_blocks(result: BacktestResult) -> None:
    legs = [leg for fill in result.fills for leg in fill.legs]
    assert len(legs) >= 30
    assert not any(leg.flags & (BLOCKS_BUY if leg.quantity > 0 else BLOCKS_SELL) for leg in legs)


def test_every_fill_is_within_bid_and_ask_on_the_chain_after_its_decision(result: BacktestResult, store: Path) -> None:
    """T19, T22: and that chain quotes the contract as the fill says."""
    chains = {event.at: event.snapshot for event in _market(store)}
    instants = sorted(chains)
    for fill in result.fills:
        assert fill.filled_at in instants[instants.index(fill.decided_at) + 1 :]
        for leg in fill.legs:
            assert isinstance(leg.instrument, OptionContract)
            row = chains[fill.filled_at].row(leg.instrument.contract_id)
            assert row is not None
            assert (leg.bid, leg.ask) == (chains[fill.filled_at].bid[row], chains[fill.filled_at].ask[row])
            assert leg.bid <= leg.price / 1e6 <= leg.ask


def test_package_nets_are_multiples_of_five_cents_and_never_better_than_the_model(result: BacktestResult) -> None:
    for fill in result.fills:
        net = fill.cash // fill.quantity
        assert net % (5 * 100 * MICROS_PER_CENT) == 0 or len(fill.legs) == 1


# --- wings without a bid ----------------------------------------------------------------------------------------


def test_a_condor_whose_far_wing_has_no_bid_closes_its_other_legs_and_names_the_wing(store: Path) -> None:
    result = finished(CONDOR, store).result
    partly = [fill for fill in result.fills if fill.left_open]
    assert len(partly) >= 4
    left_open = {symbol for trade in result.trades for symbol in trade.left_open}
    for fill in partly:
        assert set(fill.left_open) <= left_open
        assert not {leg.instrument.symbol for leg in fill.legs} & set(fill.left_open)
    assert set(_document(finished(CONDOR, store))["trades"]["left_open_legs"]) == left_open


def test_worthless_wings_can_be_given_up(store: Path) -> None:
    result = finished(CONDOR, store, "execution.worthless_long=give_up").result
    assert not any(fill.left_open for fill in result.fills)
    assert "given_up" in {leg.exit_kind for trade in result.trades for leg in trade.legs}


# --- marks ------------------------------------------------------------------------------------------------------


def test_every_mark_that_is_no_two_sided_quote_is_counted(result: BacktestResult, store: Path) -> None:
    """A second method: walk the event log and the stored chains, and look at each held contract on each day."""
    changes = [event for event in result.event_log if isinstance(event, OrderFilled | ContractExpired)]
    held: Counter[OptionContract] = Counter()
    counted: Counter[bool] = Counter()
    for arrived in _market(store):
        while changes and changes[0].at <= arrived.at:
            _apply(held, changes.pop(0))
        for contract in +held | +Counter({one: -quantity for one, quantity in held.items()}):
            row = arrived.snapshot.row(contract.contract_id)
            counted[row is not None and arrived.snapshot.flags[row] == 0] += 1
    assert result.marks[MarkSource.TWO_SIDED_QUOTE] == counted[True]
    assert (
        sum(count for source, count in result.marks.items() if source is not MarkSource.TWO_SIDED_QUOTE)
        == (counted[False])
    )
    assert counted[False] > 0


def _apply(held: Counter[OptionContract], event: Event) -> None:
    if isinstance(event, ContractExpired):
        held[event.contract] -= event.quantity
    elif isinstance(event, OrderFilled):
        for leg in event.fill.legs:
            assert isinstance(leg.instrument, OptionContract)
            held[leg.instrument] += leg.quantity


# --- settlement -------------------------------------------------------------------------------------------------


def test_expirations_on_missing_sessions_settle_on_the_declared_proxy(store: Path) -> None:
    """SPXW 05/10 and 05/17 expire on sessions that the data does not have: the last known price, flagged, counted."""
    result = finished(CONDOR, store).result
    missing = {
        utc_datetime(record.settles_at).date(): record
        for record in result.settlements
        if utc_datetime(record.settles_at).date() in (date(2019, 5, 10), date(2019, 5, 17))
    }
    assert set(missing) == {date(2019, 5, 10), date(2019, 5, 17)}
    prices = {day: record.price for day, record in missing.items()}
    assert prices == {date(2019, 5, 10): 2870.72, date(2019, 5, 17): 2877.72}
    assert {record.source for record in missing.values()} == {SettlementSource.LAST_KNOWN}
    document = _document(finished(CONDOR, store))
    assert document["settlements"]["proxies"] == len(result.settlements)
    assert any("proxy" in warning for warning in document["warnings"])


def test_expirations_on_missing_sessions_settle_on_the_users_values(store: Path, tmp_path: Path) -> None:
    values = tmp_path / "settlements.csv"
    values.write_text(OFFICIAL)
    result = finished(CONDOR, store, f"data.settlement_values={values}").result
    official = {
        (record.root, utc_datetime(record.settles_at).date()): record.price
        for record in result.settlements
        if record.source is SettlementSource.OFFICIAL
    }
    assert official == {("SPXW", date(2019, 5, 10)): 2881.40, ("SPXW", date(2019, 5, 17)): 2859.53}


def test_am_series_of_the_missing_friday_settle_on_proxy_or_on_the_users_value(store: Path, tmp_path: Path) -> None:
    proxied = finished(CONDOR, store, *AM_EXPIRY).result
    friday = [record for record in proxied.settlements if record.root == "SPX"]
    assert [(record.price, record.source) for record in friday] == [(2877.72, SettlementSource.LAST_KNOWN)]
    values = tmp_path / "settlements.csv"
    values.write_text(OFFICIAL)
    official = finished(CONDOR, store, *AM_EXPIRY, f"data.settlement_values={values}").result
    friday = [record for record in official.settlements if record.root == "SPX"]
    assert [(record.price, record.source) for record in friday] == [(2869.73, SettlementSource.OFFICIAL)]


def test_t9_all_legs_of_an_expiry_settle_on_one_price(result: BacktestResult) -> None:
    expired = _all(result, ContractExpired)
    prices = {(event.contract.series.root, event.contract.series.expires_on): set[float]() for event in expired}
    for event in expired:
        prices[event.contract.series.root, event.contract.series.expires_on].add(event.settlement_price)
    assert prices
    assert all(len(found) == 1 for found in prices.values())


# --- the data ---------------------------------------------------------------------------------------------------


def test_holes_and_the_holiday_file_are_reported_by_name(store: Path) -> None:
    document = _document(finished(CONDOR, store))
    text = " ".join(document["warnings"])
    assert "2019-05-10, 2019-05-17" in text
    assert "SPX_20190527.csv.gz" in text
    assert document["data"]["quality"]["no_bid"] == 18_780


def test_t21_a_contract_is_traded_only_from_its_first_quote_on(result: BacktestResult, store: Path) -> None:
    first_quoted: dict[int, int] = {}
    for arrived in _market(store):
        for contract_id in arrived.snapshot.contract_id.tolist():
            first_quoted.setdefault(contract_id, arrived.at)
    for fill in result.fills:
        for leg in fill.legs:
            assert isinstance(leg.instrument, OptionContract)
            assert fill.decided_at >= first_quoted[leg.instrument.contract_id]


def test_t14_spot_and_strikes_are_raw(store: Path) -> None:
    """A put spread's loss never exceeds its width: phantom profits and losses come from adjusted spots."""
    for trade in finished(SPREAD, store).result.trades:
        strikes = sorted(int(leg.symbol[-8:]) / 1000 for leg in trade.legs)
        width = (strikes[-1] - strikes[0]) * 100 * trade.quantity
        assert -width * 1e6 <= trade.profit + trade.fees - trade.entry_cash <= 0


# --- the summary ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [SPREAD, CONDOR])
def test_the_result_is_the_pinned_one(name: str, store: Path) -> None:
    """Order list, trades and statistics of the shipped configuration, as they were when they were last looked at."""
    pinned = json.loads((Path(__file__).parent / f"{name}.json").read_text())
    document = _document(finished(name, store))
    assert {key: document[key] for key in pinned} == pinned


@pytest.mark.parametrize("name", [SPREAD, CONDOR])
def test_the_summary_is_published_valid(name: str, store: Path) -> None:
    check(json.loads(publish(summarise(finished(name, store)))))


def test_py_vollib_prices_the_same_run(store: Path) -> None:
    """A second library behind the limits on delta and vega: the same decisions, and the summary names it."""
    ours, theirs = finished(CONDOR, store), finished(CONDOR, store, "pricing.backend=py_vollib")
    assert theirs.result.event_log_hash == ours.result.event_log_hash
    assert "by py_vollib" in summarise(theirs).assumptions.pricing_model


def test_yaml_and_python_put_spread_have_the_same_event_log(store: Path) -> None:
    said, programmed = finished(SPREAD, store).result, finished(f"{SPREAD}_python", store).result
    assert said.event_log_hash == programmed.event_log_hash
    assert said.fills
    assert said.funnel == programmed.funnel


def _document(run: FinishedRun) -> dict[str, Any]:
    document: dict[str, Any] = summarise(run).model_dump(mode="json")
    return document


def _all(result: BacktestResult, kind: type[E]) -> list[E]:
    return [event for event in result.event_log if isinstance(event, kind)]


def _market(store: Path) -> Iterator[SnapshotArrived]:
    prepared = prepare(load_run_request(CONFIGS / f"{CONDOR}.yaml"), store)
    return (event for event in prepared.data.source if isinstance(event, SnapshotArrived))
