"""Books of spreads in a run: what they bind at any prices, on any way there, against the integer programme."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from math import gcd
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import UnsupportedContract
from engine.margin import OptionLeg
from engine.margin.account_models import RegulationTMargin
from engine.margin.charges import Spot
from engine.margin.classes import CLASSES
from engine.margin.maximum_loss import MaximumLossMargin
from engine.margin.model import MarginModel, MarginRequirement
from engine.margin.programme import Terms
from engine.market import Market
from engine.marks import mark_option
from engine.model import ChainSnapshot, Deliverable, NetLeg, NetLegs, OptionContract, Right, Underlying, UnderlyingKind
from engine.money import to_usd
from engine.risk_config import MarginOptions
from tests.builders import call, chain, contract_table, new_york, publish_prices, put, series, session_table
from tests.engine.margin.integer_programme import least_cost_by_solver
from tests.engine.risk_builders import book, share_series
from tests.engine.risk_builders import put as any_put

NOW = new_york(date(2019, 4, 25), "15:45")
PRICES = (1_800.0, 2_600.0, 2_850.0, 2_900.0, 3_200.0)
STRIKES = tuple(range(2_600, 3_110, 50))
SERIES = tuple(series(date(2019, 5, day)) for day in (3, 10, 17))
TABLE = contract_table(dict.fromkeys(SERIES, STRIKES))
NEAR, NEXT, LAST = SERIES


@cache
def chain_at(price: float) -> ChainSnapshot:
    return chain(TABLE, NOW, price)


def market_at(price: float) -> Market:
    """SPX with its chain, and an ETF of the same price without one."""
    kinds = {"SPX": Underlying("SPX", UnderlyingKind.INDEX), "SPY": Underlying("SPY", UnderlyingKind.ETF)}
    made = Market(session_table(date(2019, 4, 1), date(2019, 5, 31)), kinds, now=NOW)
    move(made, price)
    return made


def move(market: Market, price: float) -> None:
    market.snapshots["SPX"] = chain_at(price)
    publish_prices(market, NOW, SPX=price, SPY=price / 10.0)


def usd(requirement: MarginRequirement) -> tuple[float, float]:
    assert requirement.initial is not None
    assert requirement.maintenance is not None
    return to_usd(requirement.initial), to_usd(requirement.maintenance)


def by_the_programme(legs: Sequence[NetLeg], price: float) -> float:
    """Least cost of a book of options at the marks of a chain."""
    quotes, options = chain_at(price), list[OptionLeg]()
    for leg in legs:
        contract, quantity = leg.instrument, leg.quantity
        assert isinstance(contract, OptionContract)
        mark = to_usd(mark_option(contract, quotes, quotes.row(contract.contract_id), None).price)
        expiry, style = contract.series.expires_on, contract.series.style
        options.append(OptionLeg(contract.right, contract.strike, quantity, mark, expiry, style))
    return least_cost_by_solver(options, Terms(Spot(price, CLASSES["broad_index"])))


# --- the way to a book


class Step(NamedTuple):
    """A vertical spread that is opened, and where the index goes then."""

    expiration: int
    right: Right
    low: int
    width: int
    quantity: int
    price: float


STEPS = st.lists(
    st.builds(
        Step,
        st.integers(0, 2),
        st.sampled_from((Right.PUT, Right.PUT, Right.CALL)),
        st.integers(0, len(STRIKES) - 5),
        st.integers(1, 4),
        st.integers(-2, 3).filter(bool),
        st.sampled_from(PRICES),
    ),
    min_size=1,
    max_size=5,
)


def legs_of(step: Step) -> list[NetLeg]:
    """A credit spread where the quantity is positive, else a debit spread."""
    pick = put if step.right is Right.PUT else call
    near, far = (step.low, step.low + step.width)[:: step.right]
    contracts = [pick(TABLE, SERIES[step.expiration], STRIKES[place]) for place in (near, far)]
    return [NetLeg(contracts[0], -step.quantity), NetLeg(contracts[1], step.quantity)]


def check_the_steps(steps: list[Step]) -> None:
    market = market_at(2_900.0)
    model = RegulationTMargin(MarginOptions()).on(market)
    held = NetLegs()
    for step in steps:
        held = held.after(legs_of(step))
        for price in (step.price, 2_900.0):
            move(market, price)
            initial, maintenance = usd(model.requirement(held))
            assert initial == pytest.approx(maintenance, abs=2e-6)
            if gcd(*(leg.quantity for leg in held)) == 1:
                assert maintenance == pytest.approx(by_the_programme(held, price), rel=1e-9, abs=1e-4)


@given(STEPS)
@settings(max_examples=200)
def test_a_book_of_spreads_binds_what_the_integer_programme_says_on_any_way(steps: list[Step]) -> None:
    check_the_steps(steps)


@pytest.mark.long
@given(STEPS)
@settings(max_examples=20_000)
def test_books_of_spreads_bind_what_the_integer_programme_says_on_many_ways(steps: list[Step]) -> None:
    check_the_steps(steps)


# --- facts


def test_each_expiration_is_charged_its_own_loss_and_the_sentence_names_the_largest() -> None:
    model = RegulationTMargin(MarginOptions()).on(market_at(2_900.0))
    legs = [
        (put(TABLE, NEAR, 2_850), -1),
        (put(TABLE, NEAR, 2_800), 1),
        (put(TABLE, NEXT, 2_850), -2),
        (put(TABLE, NEXT, 2_750), 2),
        (put(TABLE, LAST, 2_600), 1),
    ]
    bound = model.requirement(book(*legs))
    assert usd(bound) == (25_000.0, 25_000.0)
    assert bound.explanation == "largest of 3 margin groups: SPX spread, 20,000.00 USD"


def test_a_later_long_to_spare_narrows_an_earlier_spread() -> None:
    model = RegulationTMargin(MarginOptions()).on(market_at(2_900.0))
    spread = [(put(TABLE, NEAR, 2_850), -1), (put(TABLE, NEAR, 2_750), 1)]
    assert usd(model.requirement(book(*spread))) == (10_000.0, 10_000.0)
    assert usd(model.requirement(book(*spread, (put(TABLE, NEXT, 2_800), 1)))) == (5_000.0, 5_000.0)


def test_a_spread_wider_than_the_least_charge_is_charged_uncovered_where_prices_make_that_cheaper() -> None:
    market = market_at(2_900.0)
    model = RegulationTMargin(MarginOptions()).on(market)
    wide = book((put(TABLE, NEAR, 2_950), -1), (put(TABLE, NEAR, 2_600), 1))
    assert usd(model.requirement(wide)) == (35_000.0, 35_000.0)
    move(market, 3_200.0)
    uncovered = usd(model.requirement(wide))[1]
    assert 29_500.0 < uncovered < 30_000.0  # a tenth of the strike and the mark
    assert uncovered == pytest.approx(by_the_programme(wide, 3_200.0))


def test_calls_are_charged_by_prices_below_the_price_that_proves_them() -> None:
    market = market_at(2_900.0)
    model = RegulationTMargin(MarginOptions()).on(market)
    wide = book((call(TABLE, NEAR, 2_900), -1), (call(TABLE, NEAR, 3_100), 1))
    assert usd(model.requirement(wide)) == (20_000.0, 20_000.0)  # proved from 2,000 on
    move(market, 1_800.0)
    assert usd(model.requirement(wide))[1] == pytest.approx(by_the_programme(wide, 1_800.0)) == pytest.approx(18_005.0)


def test_underlyings_are_charged_one_by_one() -> None:
    model = RegulationTMargin(MarginOptions()).on(market_at(2_900.0))
    weeks = share_series()
    both = book(
        (put(TABLE, NEAR, 2_850), -1),
        (put(TABLE, NEAR, 2_800), 1),
        (any_put(285.0, weeks), -1),
        (any_put(280.0, weeks), 1),
    )
    assert usd(model.requirement(both)) == (5_500.0, 5_500.0)


def test_an_adjusted_contract_is_refused_among_spreads_too() -> None:
    model = RegulationTMargin(MarginOptions()).on(market_at(2_900.0))
    adjusted = share_series(root="SPY1", deliverable=Deliverable(150))
    spread = [(any_put(285.0, adjusted), -1), (any_put(280.0, adjusted), 1)]
    with pytest.raises(UnsupportedContract, match="adjusted"):
        model.requirement(book(*spread))
    standard = share_series()
    with pytest.raises(UnsupportedContract, match="adjusted"):
        model.requirement(book((any_put(285.0, standard), -1), (any_put(280.0, standard), 1), *spread))


@pytest.mark.parametrize("model", [RegulationTMargin(MarginOptions()), MaximumLossMargin()], ids=lambda one: one.name)
def test_books_that_were_asked_for_long_ago_bind_what_they_bound(model: MarginModel) -> None:
    asked = model.on(market_at(2_900.0))
    books = [
        book((put(TABLE, last, high), -times), (put(TABLE, last, low), times))
        for last in SERIES
        for low, high in ((2_650, 2_700), (2_600, 2_700), (2_700, 2_800))
        for times in (1, 2, 3)
    ]
    widths = [100.0 * times * width for _ in SERIES for width in (50, 100, 100) for times in (1, 2, 3)]
    for _ in range(2):
        assert [usd(asked.requirement(one))[0] for one in books] == widths
