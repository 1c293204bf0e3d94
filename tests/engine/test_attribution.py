"""Profit by its causes: exact for whatever happens, and the right cause where only one thing moves."""

from datetime import date
from math import fsum

import pytest
from hypothesis import given, settings

from engine.attribution.components import Attribution, Component, attribution_of
from engine.attribution.lives import stretches_of
from engine.attribution.stretches import Booking, BookingKind
from engine.config import ExecutionConfig, NoFeesConfig, PerContractFeesConfig, PricingConfig, TouchFills
from engine.instants import utc_datetime, years_between
from engine.model import UNFLAGGED, ChainSnapshot, Leg, OptionContract, QuoteFlag, Stock
from engine.money import to_usd
from engine.pricing import greeks, price
from engine.result import BacktestResult
from tests.builders import Quote, chain, contract_table, equity_series, new_york, put, series, session_table
from tests.engine.play import NoMargin, Script, config, play
from tests.engine.test_account_properties import Story, played, runs, stories
from tests.engine.test_lifecycle_properties import lives

EXPIRY = series(date(2019, 6, 21))
TABLE = contract_table({EXPIRY: range(2700, 2900, 25)})
SHORT = put(TABLE, EXPIRY, 2800.0)
MONDAY, TUESDAY, WEDNESDAY, THURSDAY = (date(2019, 5, day) for day in (13, 14, 15, 16))
MARKETS = PricingConfig()


def valued(day: date, spot: float, volatility: float, flags: QuoteFlag = UNFLAGGED) -> ChainSnapshot:
    """A chain whose middles are Black-Scholes values, a dollar wide."""
    at = new_york(day, "15:45")

    def quote(contract: OptionContract) -> Quote:
        years = years_between(at, contract.series.settles_at)
        worth = float(price(float(contract.right), spot, contract.strike, years, 0.0, 0.0, volatility))
        return Quote(worth - 0.5, worth + 0.5, flags=flags)

    return chain(TABLE, at, spot, quotes=quote)


def sold(*chains: ChainSnapshot, execution: ExecutionConfig | None = None) -> BacktestResult:
    """One put is sold at the second chain and held."""
    script: Script = {chains[0].at: lambda context: context.open([Leg(SHORT, -1)], quantity=1)}
    run = config() if execution is None else config(execution=execution)
    return play(chains, script, run=run, margin=NoMargin())


def explained(result: BacktestResult, pricing: PricingConfig = MARKETS) -> Attribution:
    return attribution_of(result.stretches, result.bookings, pricing, lambda at: utc_datetime(at).date())


def moved(result: BacktestResult) -> dict[Component, float]:
    """Components that are more than rounding, USD."""
    return {component: to_usd(amount) for component, amount in explained(result).total.items() if abs(amount) > 1_000}


def profit(result: BacktestResult) -> int:
    totals = result.totals
    return totals.net_liquidation - totals.initial_cash - totals.external_flows


# --- exact, whatever happens ------------------------------------------------------------------------------------


def is_exact(result: BacktestResult, pricing: PricingConfig) -> None:
    found = explained(result, pricing)
    assert sum(found.total.values()) == profit(result)
    for trade in result.trades:
        amounts = found.by_position.get(trade.position_id, {})
        assert sum(amounts.values()) - amounts.get(Component.DIVIDENDS, 0) == trade.profit


@settings(max_examples=200)
@given(stories(runs()))
def test_components_sum_to_the_profit_of_every_position_and_of_the_run(story: Story) -> None:
    is_exact(played(story), MARKETS)


@settings(max_examples=50)
@given(lives)
def test_components_sum_to_the_profit_through_splits_dividends_and_assignment(result: BacktestResult) -> None:
    is_exact(result, PricingConfig(rate=0.05))


# --- one cause at a time ----------------------------------------------------------------------------------------


def worth(day: date, spot: float, volatility: float) -> float:
    """Black-Scholes value of the put."""
    years = years_between(new_york(day, "15:45"), EXPIRY.settles_at)
    return float(price(-1.0, spot, SHORT.strike, years, 0.0, 0.0, volatility))


@given(stories(runs()))
def test_the_amounts_of_all_days_are_those_of_every_position_to_the_micro_dollar(story: Story) -> None:
    found = explained(played(story))
    of_days = {number: dict.fromkeys(Component, 0) for number in found.by_position}
    for number, amounts in zip(found.by_day.position_ids, found.by_day.amounts.tolist(), strict=True):
        for component, amount in zip(Component, amounts, strict=True):
            of_days[number][component] += amount
    assert of_days == found.by_position
    keys = list(zip(found.by_day.days, found.by_day.position_ids, strict=True))
    assert len(set(keys)) == len(keys)
    assert found.by_day.days == tuple(sorted(found.by_day.days))


def test_a_day_is_an_exchange_date_and_the_account_comes_last() -> None:
    evening = new_york(MONDAY, "20:15")  # Tuesday in UTC
    bookings = [Booking(evening, BookingKind.FINANCING, 5, None), Booking(evening, BookingKind.FEES, -7, 3)]
    sessions = session_table(MONDAY, THURSDAY)
    by_day = attribution_of(stretches_of((), (), (), ()), bookings, MARKETS, sessions.date_of).by_day
    assert (by_day.days, by_day.position_ids) == ((MONDAY, MONDAY), (3, None))
    assert by_day.amounts.sum(axis=1).tolist() == [-7, 5]


def test_where_only_time_passes_everything_is_theta() -> None:
    days = [valued(day, 2850.0, 0.2) for day in (MONDAY, TUESDAY, WEDNESDAY)]
    gained = 100 * (worth(TUESDAY, 2850.0, 0.2) - worth(WEDNESDAY, 2850.0, 0.2))
    assert moved(sold(*days)) == pytest.approx({Component.THETA: gained}, abs=1e-3)


def test_a_move_of_the_spot_is_delta_gamma_and_higher_orders_after_time_has_passed() -> None:
    days = [valued(MONDAY, 2850.0, 0.2), valued(TUESDAY, 2850.0, 0.2), valued(WEDNESDAY, 2810.0, 0.2)]
    found = moved(sold(*days))
    years = years_between(days[-1].at, EXPIRY.settles_at)
    then = greeks(-1.0, 2850.0, SHORT.strike, years, 0.0, 0.0, 0.2)
    spot = 100 * (worth(WEDNESDAY, 2850.0, 0.2) - worth(WEDNESDAY, 2810.0, 0.2))
    assert found[Component.DELTA] == pytest.approx(-100 * float(then.delta) * -40.0, rel=1e-6)
    assert found[Component.GAMMA] == pytest.approx(-100 * float(then.gamma) * 40.0**2 / 2, rel=1e-6)
    parts = (Component.DELTA, Component.GAMMA, Component.SPOT_HIGHER_ORDER)
    assert fsum(found[part] for part in parts) == pytest.approx(spot, abs=1e-3)
    assert set(found) == {*parts, Component.THETA}


def test_a_move_of_the_volatility_is_vega_volga_and_higher_orders() -> None:
    found = moved(
        sold(*[valued(day, 2850.0, sigma) for day, sigma in ((MONDAY, 0.2), (TUESDAY, 0.2), (WEDNESDAY, 0.25))])
    )
    volatility = 100 * (worth(WEDNESDAY, 2850.0, 0.2) - worth(WEDNESDAY, 2850.0, 0.25))
    parts = (Component.VEGA, Component.VOLGA, Component.VOLATILITY_HIGHER_ORDER)
    assert fsum(found[part] for part in parts) == pytest.approx(volatility, abs=1e-3)
    assert set(found) == {*parts, Component.THETA}


def test_a_price_away_from_the_middle_is_cost_of_the_spread_and_fees_are_fees() -> None:
    execution = ExecutionConfig(
        fills=TouchFills(kind="touch"), fees=PerContractFeesConfig(fee_per_contract_usd=0.65), net_rounding="none"
    )
    found = moved(sold(valued(MONDAY, 2850.0, 0.2), valued(TUESDAY, 2850.0, 0.2), execution=execution))
    assert found == pytest.approx({Component.SPREAD_COST: -50.0, Component.FEES: -0.65})


def test_to_the_settlement_it_is_time_and_spot() -> None:
    days = [valued(date(2019, 6, day), 2820.0, 0.2) for day in (18, 19)]
    last = valued(date(2019, 6, 21), 2790.0, 0.2)
    after = valued(date(2019, 6, 24), 2790.0, 0.2)
    found = moved(sold(*days, last, after))
    assert fsum(found.values()) == pytest.approx(100 * (worth(date(2019, 6, 19), 2820.0, 0.2) - 10.0), abs=1e-3)
    assert Component.UNEXPLAINED not in found


def test_shares_move_with_their_price_alone() -> None:
    fund = contract_table({equity_series(date(2019, 6, 21), "SPY"): [280.0]})
    days = [
        chain(fund, new_york(day, "15:45"), spot, underlying="SPY")
        for day, spot in ((MONDAY, 280.0), (TUESDAY, 281.0), (WEDNESDAY, 284.0))
    ]
    script: Script = {days[0].at: lambda context: context.open([Leg(Stock("SPY"), 10)], quantity=1)}
    run = config(execution=ExecutionConfig(fees=NoFeesConfig(kind="none"), share_half_spread_usd=0.0))
    assert moved(play(days, script, run=run)) == pytest.approx({Component.DELTA: 30.0})


def test_a_new_rate_is_rho_and_the_volatility_is_read_at_the_rate_of_its_day() -> None:
    def at_rate(day: date, rate: float) -> ChainSnapshot:
        at = new_york(day, "15:45")

        def quote(contract: OptionContract) -> Quote:
            years = years_between(at, contract.series.settles_at)
            worth = float(price(float(contract.right), 2850.0, contract.strike, years, rate, 0.0, 0.2))
            return Quote(worth - 0.5, worth + 0.5)

        return chain(TABLE, at, 2850.0, quotes=quote)

    result = sold(at_rate(MONDAY, 0.01), at_rate(TUESDAY, 0.01), at_rate(WEDNESDAY, 0.03))
    became_known = new_york(WEDNESDAY, "09:30")
    found = attribution_of(
        result.stretches,
        result.bookings,
        PricingConfig(rate=0.01),
        lambda at: utc_datetime(at).date(),
        [(became_known, 0.03)],
    ).total
    years = years_between(new_york(WEDNESDAY, "15:45"), EXPIRY.settles_at)
    values = [float(price(-1.0, 2850.0, SHORT.strike, years, rate, 0.0, 0.2)) for rate in (0.01, 0.03)]
    assert to_usd(found[Component.RHO]) == pytest.approx(100 * (values[0] - values[1]), abs=1e-3)
    small = {component for component, amount in found.items() if abs(amount) <= 1_000}
    assert small == set(Component) - {Component.THETA, Component.RHO}
    assert sum(found.values()) == profit(result)


def test_a_rate_that_became_known_after_a_mark_does_not_touch_it() -> None:
    result = sold(*[valued(day, 2850.0, 0.2) for day in (MONDAY, TUESDAY, WEDNESDAY)])
    later = [(new_york(WEDNESDAY, "15:46"), 0.05)]
    with_later = attribution_of(
        result.stretches, result.bookings, MARKETS, lambda at: utc_datetime(at).date(), later
    ).total
    assert with_later == explained(result).total
    assert with_later[Component.RHO] == 0


# --- marks that cannot be trusted -------------------------------------------------------------------------------


def test_a_day_after_a_gap_is_looked_at_as_a_whole_and_counted_apart() -> None:
    chains = [valued(MONDAY, 2850.0, 0.2), valued(TUESDAY, 2850.0, 0.2)]
    gap, after = valued(WEDNESDAY, 2700.0, 0.9, QuoteFlag.STALE), valued(THURSDAY, 2850.0, 0.2)
    found = explained(sold(*chains, gap, after))
    assert (found.daily.position_days, found.after_gaps.position_days) == (0, 1)
    assert {component for component, amount in found.total.items() if abs(amount) > 1_000} == {Component.THETA}


def test_a_mark_that_no_volatility_reproduces_is_unexplained() -> None:
    below = chain(TABLE, new_york(WEDNESDAY, "15:45"), 2700.0, quotes=lambda _: Quote(89.5, 90.5))
    found = explained(sold(valued(MONDAY, 2850.0, 0.2), valued(TUESDAY, 2850.0, 0.2), below))
    assert found.total[Component.UNEXPLAINED] != 0
    assert found.daily.unexplained_fraction is not None
    assert 0.0 < found.daily.unexplained_fraction < 1.0


def test_a_start_that_no_volatility_reproduces_takes_that_of_the_end() -> None:
    below = chain(TABLE, new_york(TUESDAY, "15:45"), 2700.0, quotes=lambda _: Quote(89.5, 90.5))
    found = explained(sold(valued(MONDAY, 2700.0, 0.2), below, valued(WEDNESDAY, 2700.0, 0.2))).total
    assert found[Component.VEGA] == found[Component.VOLATILITY_HIGHER_ORDER] == 0
    assert found[Component.THETA] > 0 > found[Component.UNEXPLAINED]
