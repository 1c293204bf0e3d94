from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.config import PricingConfig
from engine.errors import ConfigurationError
from engine.margin.account_models import RegulationTMargin
from engine.margin.cash_account import CashAccountMargin
from engine.margin.choice import margin_model
from engine.market import Market
from engine.model import Underlying, UnderlyingKind
from engine.money import to_usd
from engine.risk_config import MarginOptions, RiskConfig
from tests.builders import Quote, call, chain, contract_table, new_york, publish_prices, put, series, session_table
from tests.engine.risk_builders import SHARES, book, share_series
from tests.engine.risk_builders import call as any_call
from tests.engine.risk_builders import put as any_put

NOW = new_york(date(2019, 4, 25), "15:45")
NEAR = series(date(2019, 5, 10))
TABLE = contract_table({NEAR: range(2700, 3110, 50)})
SHORT, LONG = put(TABLE, NEAR, 2850), put(TABLE, NEAR, 2800)
CALL = call(TABLE, NEAR, 3050)
QUOTES = {LONG: Quote(8.0, 9.0), SHORT: Quote(14.0, 15.0), CALL: Quote(2.0, 2.5)}


def made_market() -> Market:
    """SPX at 2,900 with its chain, SPY at 290 without one."""
    kinds = {"SPX": Underlying("SPX", UnderlyingKind.INDEX), "SPY": Underlying("SPY", UnderlyingKind.ETF)}
    made = Market(session_table(date(2019, 4, 1), date(2019, 5, 31)), kinds, now=NOW)
    made.snapshots["SPX"] = chain(TABLE, NOW, 2900.0, changes=dict(QUOTES))
    publish_prices(made, NOW, SPX=2900.0, SPY=290.0)
    return made


@pytest.fixture
def market() -> Market:
    """A market of one test."""
    return made_market()


def test_regulation_t_binds_the_width_of_a_spread_and_the_rate_of_an_uncovered_index_call(market: Market) -> None:
    model = RegulationTMargin(MarginOptions()).on(market)
    spread = model.requirement(book((SHORT, -1), (LONG, 1)))
    assert (spread.initial, spread.maintenance) == (5_000_000_000, 5_000_000_000)
    naked = model.requirement(book((CALL, -1)))
    assert naked.maintenance is not None
    assert to_usd(naked.maintenance) == pytest.approx(100 * (2.25 + 0.10 * 2900))
    assert naked.explanation.startswith("largest of 1 margin groups: SPX uncovered")


def test_the_class_of_an_underlying_can_be_said(market: Market) -> None:
    options = MarginOptions(underlying_classes={"SPX": "leveraged_etf_3x"})
    naked = RegulationTMargin(options).on(market).requirement(book((CALL, -1)))
    assert to_usd(naked.maintenance or 0) == pytest.approx(100 * (2.25 + 0.60 * 2900 - 150))


def test_a_plan_is_priced_anew_when_prices_move_and_the_book_does_not(market: Market) -> None:
    model = RegulationTMargin(MarginOptions()).on(market)
    before = model.requirement(book((CALL, -1))).maintenance
    publish_prices(market, NOW, SPX=3000.0)
    after = model.requirement(book((CALL, -1))).maintenance
    assert before is not None
    assert after is not None
    assert after > before


def test_shares_bind_no_cash_but_what_shorts_need_beyond_their_value(market: Market) -> None:
    model = RegulationTMargin(MarginOptions()).on(market)
    assert model.requirement(book((SHARES, 100))).initial == 0
    short = model.requirement(book((SHARES, -100)))
    assert (to_usd(short.initial or 0), to_usd(short.maintenance or 0)) == (43_500, 37_700)


def test_portfolio_margin_binds_what_the_worst_move_takes_from_the_book(market: Market) -> None:
    model = margin_model(RiskConfig(margin="portfolio"), PricingConfig()).on(market)
    spread = model.requirement(book((SHORT, -1), (LONG, 1)))
    # the width, less the time that is left for the index to come back
    assert 4_600 < to_usd(spread.maintenance or 0) < 5_000
    assert spread.explanation.startswith("SPX: a move of -8.0%")


def test_a_cash_account_secures_puts_and_covers_calls() -> None:
    model, expiry = CashAccountMargin(), share_series()
    assert model.requirement(book((any_put(280.0, expiry), -2))).initial == 56_000_000_000
    assert model.requirement(book((SHARES, 100), (any_call(290.0, expiry), -1))).initial == 0
    assert model.requirement(book((SHARES, 99), (any_call(290.0, expiry), -1))).initial is None
    assert model.requirement(book((SHARES, -1))).initial is None


def test_the_name_of_the_choice_is_the_name_of_the_model() -> None:
    for name in ("maximum_loss", "regulation_t", "portfolio", "cash"):
        assert margin_model(RiskConfig(margin=name), PricingConfig()).name == name


def test_a_model_without_a_market_says_what_is_missing() -> None:
    with pytest.raises(ConfigurationError, match="no market"):
        RegulationTMargin(MarginOptions()).requirement([])


# --- the way to a book

LEGS = st.lists(
    st.tuples(st.sampled_from((-1, 1)), st.sampled_from(range(2700, 3110, 50)), st.integers(-3, 3).filter(bool)),
    min_size=1,
    max_size=8,
    unique_by=lambda leg: leg[:2],
)


def check_the_way(legs: list[tuple[int, int, int]], shuffler: Random) -> None:
    bought = [((call if right > 0 else put)(TABLE, NEAR, strike), count) for right, strike, count in legs]
    shuffler.shuffle(bought)
    market = made_market()
    followed = RegulationTMargin(MarginOptions()).on(market)
    for number in range(1, len(bought) + 1):
        publish_prices(market, NOW, SPX=shuffler.choice((2600.0, 2900.0, 3200.0)))
        followed.requirement(book(*bought[:number]))
    for price in (2600.0, 3200.0, 2900.0):
        publish_prices(market, NOW, SPX=price)
        fresh = RegulationTMargin(MarginOptions()).on(market).requirement(book(*sorted(bought, key=str)))
        found = followed.requirement(book(*bought))
        assert to_usd(found.maintenance or 0) == pytest.approx(to_usd(fresh.maintenance or 0), abs=1e-4)
        assert to_usd(found.initial or 0) == pytest.approx(to_usd(fresh.initial or 0), abs=1e-4)


@given(LEGS, st.randoms(use_true_random=False))
@settings(max_examples=500)
def test_t2_margin_in_a_run_does_not_depend_on_the_way_to_the_book(
    legs: list[tuple[int, int, int]], shuffler: Random
) -> None:
    check_the_way(legs, shuffler)


@pytest.mark.long
@given(LEGS, st.randoms(use_true_random=False))
@settings(max_examples=20_000)
def test_t2_margin_in_a_run_does_not_depend_on_the_way_to_many_books(
    legs: list[tuple[int, int, int]], shuffler: Random
) -> None:
    check_the_way(legs, shuffler)
