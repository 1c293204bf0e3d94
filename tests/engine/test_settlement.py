"""Settlement: one price per expiry, AM and PM apart, official before proxy, proxies named."""

from datetime import date
from typing import Literal

import pytest

from engine.config import AccountConfig, ExerciseConfig
from engine.events import (
    BarArrived,
    ContractAssigned,
    ContractExercised,
    ContractExpired,
    MarginCalled,
    SettlementPublished,
    SettlementSource,
)
from engine.model import Bar, ChainSnapshot, Leg, Stock
from engine.money import to_micros
from engine.result import BacktestResult
from engine.strategy import StrategyContext
from tests.builders import call, chain, contract_table, equity_series, new_york, put, series
from tests.engine.play import NoMargin, Scripted, cancellations, config, play

THURSDAY, FRIDAY, MONDAY = date(2019, 5, 16), date(2019, 5, 17), date(2019, 5, 20)
AM, PM = series(FRIDAY, "SPX"), series(FRIDAY, "SPXW")
TABLE = contract_table({AM: range(2800, 2960, 25), PM: range(2800, 2960, 25), series(date(2019, 6, 21)): [2850.0]})
WEDNESDAY = chain(TABLE, new_york(date(2019, 5, 15), "15:45"), 2856.0)
EVE = chain(TABLE, new_york(THURSDAY, "15:45"), 2877.0)


def _put_spread(of: str) -> list[Leg]:
    settled = AM if of == "SPX" else PM
    return [Leg(put(TABLE, settled, 2875.0), -1), Leg(put(TABLE, settled, 2850.0), 1)]


def _held(*later: ChainSnapshot | BarArrived | SettlementPublished) -> BacktestResult:
    """An AM and a PM put spread 2875/2850, both filled on the eve of their expiration."""

    def enter(context: object) -> None:
        for root in ("SPX", "SPXW"):
            context.open(_put_spread(root), structure=root)  # type: ignore[attr-defined]

    return play([WEDNESDAY, EVE, *later], {WEDNESDAY.at: enter})


def _prices(result: BacktestResult) -> dict[str, tuple[float, SettlementSource]]:
    return {record.root: (record.price, record.source) for record in result.settlements}


def test_t7_am_series_settle_at_the_open_and_pm_series_at_the_close() -> None:
    """SPX and SPXW of one date settle at two prices; neither is the price of the snapshot in between."""
    noon = chain(TABLE, new_york(FRIDAY, "12:00"), 2861.0)
    open_bar = BarArrived(new_york(FRIDAY, "09:31"), Bar("SPX", 2866.0, 2868.0, 2860.0, 2863.0, 0.0))
    close_bar = BarArrived(new_york(FRIDAY, "16:00"), Bar("SPX", 2857.0, 2860.0, 2850.0, 2859.5, 0.0))
    result = _held(open_bar, noon, close_bar)
    assert _prices(result) == {
        "SPX": (2866.0, SettlementSource.FIRST_PRINT_OF_SESSION),
        "SPXW": (2859.5, SettlementSource.LAST_BEFORE_SETTLEMENT),
    }
    paid = {trade.legs[0].symbol[:6].strip(): trade.exit_cash for trade in result.trades}
    assert paid == {"SPX": to_micros(-900.0), "SPXW": to_micros(-1550.0)}


def test_official_values_come_before_any_proxy() -> None:
    am = SettlementPublished(AM.settles_at, "SPX", AM.settles_at, 2869.5, "settlements.csv")
    pm = SettlementPublished(PM.settles_at, "SPXW", PM.settles_at, 2859.53, "settlements.csv")
    later = chain(TABLE, new_york(MONDAY, "15:45"), 2840.0)
    result = _held(am, pm, later)
    official = SettlementSource.OFFICIAL
    assert _prices(result) == {"SPX": (2869.5, official), "SPXW": (2859.53, official)}
    assert [record.settled_at for record in result.settlements] == [AM.settles_at, PM.settles_at]
    assert not any(trade.proxy_settled for trade in result.trades)


def test_a_value_of_one_root_does_not_settle_another() -> None:
    pm = SettlementPublished(PM.settles_at, "SPXW", PM.settles_at, 2859.53, "settlements.csv")
    result = _held(pm, chain(TABLE, new_york(MONDAY, "15:45"), 2840.0))
    assert _prices(result) == {
        "SPXW": (2859.53, SettlementSource.OFFICIAL),
        "SPX": (2877.0, SettlementSource.LAST_KNOWN),
    }


def test_a_missing_session_settles_on_the_last_known_price_and_says_so() -> None:
    result = _held(chain(TABLE, new_york(MONDAY, "15:45"), 2840.0))
    last_known = SettlementSource.LAST_KNOWN
    assert _prices(result) == {"SPX": (2877.0, last_known), "SPXW": (2877.0, last_known)}
    assert all(record.priced_at == EVE.at for record in result.settlements)
    assert all(trade.proxy_settled for trade in result.trades)


def test_a_pm_series_settles_on_the_last_print_of_its_day() -> None:
    friday = chain(TABLE, new_york(FRIDAY, "15:45"), 2862.0)
    result = _held(friday, chain(TABLE, new_york(MONDAY, "15:45"), 2840.0))
    assert _prices(result)["SPXW"] == (2862.0, SettlementSource.LAST_BEFORE_SETTLEMENT)


def test_a_bar_that_ends_at_the_open_is_not_the_first_print() -> None:
    """The settlement of an AM series is an opening price, not the last price before the opening."""
    before = BarArrived(new_york(FRIDAY, "09:30"), Bar("SPX", 2870.0, 2870.0, 2870.0, 2871.0, 0.0))
    after = BarArrived(new_york(FRIDAY, "09:31"), Bar("SPX", 2866.0, 2868.0, 2860.0, 2863.0, 0.0))
    assert _prices(_held(before, after))["SPX"] == (2866.0, SettlementSource.FIRST_PRINT_OF_SESSION)


def test_t9_all_legs_of_an_expiry_settle_on_one_price_at_one_instant() -> None:
    """A vertical that is wholly in the money is worth its width, exactly."""
    result = _held(
        chain(TABLE, new_york(MONDAY, "15:45"), 2700.0),
        SettlementPublished(PM.settles_at, "SPXW", PM.settles_at, 2801.37, "settlements.csv"),
    )
    expired = [e for e in result.event_log if isinstance(e, ContractExpired) and e.contract.series == PM]
    assert {(event.at, event.settlement_price) for event in expired} == {(PM.settles_at, 2801.37)}
    assert sum(event.cash for event in expired) == to_micros(-2500.0)


def test_an_option_half_a_cent_in_the_money_expires_worthless() -> None:
    value = SettlementPublished(PM.settles_at, "SPXW", PM.settles_at, 2874.995, "settlements.csv")
    result = _held(value, chain(TABLE, new_york(MONDAY, "15:45"), 2840.0))
    assert next(trade for trade in result.trades if trade.legs[0].symbol.startswith("SPXW")).exit_cash == 0


def test_nothing_happens_to_a_contract_after_its_expiry() -> None:
    """A close order that rests over the expiration is cancelled, and the position is settled instead."""
    script = {
        WEDNESDAY.at: lambda context: context.open(_put_spread("SPX")),
        EVE.at: lambda context: context.close(context.positions[0], tag="late"),
    }
    result = play([WEDNESDAY, EVE, chain(TABLE, new_york(MONDAY, "15:45"), 2840.0)], script)
    assert cancellations(result) == ["a contract stopped trading"]
    assert [trade.exit_reason for trade in result.trades] == ["expiration"]


def test_settlement_of_another_underlying_waits_for_its_own_print() -> None:
    at_close = BarArrived(PM.settles_at, Bar("NDX", 7600.0, 7600.0, 7600.0, 7600.0, 0.0))
    own = BarArrived(PM.settles_at, Bar("SPX", 2860.0, 2860.0, 2850.0, 2855.0, 0.0))
    assert _prices(_held(at_close, own))["SPXW"] == (2855.0, SettlementSource.LAST_BEFORE_SETTLEMENT)


def test_positions_open_at_the_end_can_be_settled() -> None:
    result = play(
        [WEDNESDAY, EVE],
        {WEDNESDAY.at: lambda context: context.open([Leg(call(TABLE, PM, 2850.0), 1)])},
        run=config(open_at_end="settle"),
    )
    (trade,) = result.trades
    assert trade.exit_cash == to_micros(2700.0)
    assert result.totals.final_market_value == 0


STOCK_OPTIONS = equity_series(FRIDAY, "SPY")
SHARES = contract_table({STOCK_OPTIONS: [275.0, 280.0, 285.0]})


def _spy(day: date, price: float, clock: str = "15:45") -> ChainSnapshot:
    return chain(SHARES, new_york(day, clock), price, underlying="SPY")


def _delivered(legs: list[Leg], price: float, policy: Literal["liquidate", "keep"] = "liquidate") -> BacktestResult:
    """Legs opened on Thursday and expired on Friday at `price`; the next chains come on Monday and Tuesday."""
    days = [_spy(date(2019, 5, 15), 280.0), _spy(THURSDAY, 280.0)]
    value = SettlementPublished(STOCK_OPTIONS.settles_at, "SPY", STOCK_OPTIONS.settles_at, price, "official")
    later = [chain(SHARES, new_york(day, "15:45"), 279.0, underlying="SPY") for day in (MONDAY, date(2019, 5, 21))]
    return play(
        [*days, value, *later],
        {days[0].at: lambda context: context.open(legs)},
        run=config(exercise=ExerciseConfig(delivered_shares=policy)),
        margin=NoMargin(),
    )


@pytest.mark.parametrize(
    ("right", "quantity", "shares"),
    [(1, 1, 100), (1, -1, -100), (-1, 1, -100), (-1, -1, 100)],
    ids=["long call", "short call", "long put", "short put"],
)
def test_t10_a_delivery_conserves_cash_in_all_four_quadrants(right: int, quantity: int, shares: int) -> None:
    """The strike changes hands for the shares, and profit is premium and intrinsic value, x 100, neither mixed."""
    contract = SHARES.find("SPY", FRIDAY, right, 280.0)
    price = 280.0 + right * 3.0
    result = _delivered([Leg(contract, quantity)], price, "keep")
    (trade,), (position,) = result.trades, result.open_positions
    (leg,) = position.legs
    assert (leg.instrument, leg.quantity, leg.cost_basis) == (Stock("SPY"), shares, shares * to_micros(price))
    assert position.realised == trade.entry_cash + quantity * 100 * to_micros(3.0)
    delivered = [one for one in result.event_log if isinstance(one, ContractExercised | ContractAssigned)]
    assert [one.cash for one in delivered] == [-quantity * right * 100 * to_micros(280.0)]
    assert result.totals.final_market_value == shares * to_micros(279.0)


def test_delivered_shares_are_sold_at_their_next_price() -> None:
    result = _delivered([Leg(call(SHARES, STOCK_OPTIONS, 280.0), 1)], 284.0)
    (trade,) = result.trades
    sale = result.fills[-1]
    assert (sale.tag, sale.decided_at, sale.filled_at) == (
        "delivered_shares",
        STOCK_OPTIONS.settles_at,
        new_york(MONDAY, "15:45"),
    )
    assert [(leg.symbol, leg.exit_kind) for leg in trade.legs] == [
        ("SPY   190517C00280000", "exercised"),
        ("SPY", "closed"),
    ]
    assert trade.profit == trade.entry_cash + to_micros(27_900.0 - 28_000.0)
    assert trade.closed_at == sale.filled_at
    assert not result.open_positions


def test_shares_of_a_spread_whose_both_legs_are_exercised_cancel_out() -> None:
    legs = [Leg(call(SHARES, STOCK_OPTIONS, 275.0), 1), Leg(call(SHARES, STOCK_OPTIONS, 280.0), -1)]
    result = _delivered(legs, 284.0)
    (trade,) = result.trades
    assert len(result.fills) == 1
    assert trade.profit == trade.entry_cash + to_micros(500.0)
    assert trade.closed_at == STOCK_OPTIONS.settles_at


def test_t9_all_legs_of_an_expiration_are_delivered_on_one_price() -> None:
    legs = [Leg(put(SHARES, STOCK_OPTIONS, 285.0), 1), Leg(put(SHARES, STOCK_OPTIONS, 280.0), -1)]
    result = _delivered(legs, 270.0)
    prices = {one.price for one in result.event_log if isinstance(one, ContractExercised | ContractAssigned)}
    assert prices == {270.0}
    assert len(result.settlements) == 1


def test_t3_margin_does_not_block_a_delivery_that_the_account_cannot_pay() -> None:
    contract = call(SHARES, STOCK_OPTIONS, 280.0)
    days = [_spy(date(2019, 5, 15), 280.0), _spy(THURSDAY, 280.0)]
    value = SettlementPublished(STOCK_OPTIONS.settles_at, "SPY", STOCK_OPTIONS.settles_at, 284.0, "official")
    result = play(
        [*days, value],
        {days[0].at: lambda context: context.open([Leg(contract, 1)])},
        run=config(account=AccountConfig(initial_cash_usd=2_000.0)),
    )
    assert result.totals.final_cash < 0
    assert [leg.quantity for position in result.open_positions for leg in position.legs] == [100]
    assert any(isinstance(event, MarginCalled) for event in result.event_log)


def test_t11_shares_are_in_the_book_when_the_strategy_hears_of_them() -> None:
    class Asking(Scripted):
        def on_assignment(self, context: StrategyContext, event: ContractAssigned | ContractExercised) -> None:
            heard.append((type(event), [leg.quantity for leg in context.positions[0].legs]))

    heard: list[tuple[type, list[int]]] = []
    days = [_spy(date(2019, 5, 15), 280.0), _spy(THURSDAY, 280.0)]
    value = SettlementPublished(STOCK_OPTIONS.settles_at, "SPY", STOCK_OPTIONS.settles_at, 270.0, "official")
    strategy = Asking({days[0].at: lambda context: context.open([Leg(put(SHARES, STOCK_OPTIONS, 280.0), -1)])})
    play([*days, value], {}, strategies=[strategy], margin=NoMargin())
    assert heard == [(ContractAssigned, [100])]


def test_a_waived_option_expires_though_it_is_in_the_money() -> None:
    days = [_spy(date(2019, 5, 15), 280.0), _spy(THURSDAY, 280.0)]
    value = SettlementPublished(STOCK_OPTIONS.settles_at, "SPY", STOCK_OPTIONS.settles_at, 284.0, "official")
    contract = call(SHARES, STOCK_OPTIONS, 280.0)
    script = {
        days[0].at: lambda context: context.open([Leg(contract, 1)]),
        days[1].at: lambda context: context.waive_exercise(context.positions[0], contract),
    }
    (trade,) = play([*days, value], script).trades
    assert (trade.exit_cash, trade.exit_reason) == (0, "expiration")
