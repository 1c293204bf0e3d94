"""Properties of exact prices under a limit, and of every fill model: 500 examples, 20,000 in the long run."""

from dataclasses import replace
from math import gcd, nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.config import MidSlippageFills, ModelPriceFills, PricingConfig, SquareRootImpactFills
from engine.execution.fill_models import Mid, MidSlippage, SpreadFraction, SquareRootImpact, Touch
from engine.execution.fills import FillModel, LegQuote, fill_model
from engine.execution.model_price import ModelPrice
from engine.execution.net_prices import NetRounding, PricedPackage, package_prices
from engine.model import ExerciseStyle, Leg, Order, QuoteFlag, Stock
from engine.model.orders import Intent
from engine.money import to_micros
from tests.builders import black_scholes, new_york
from tests.engine.risk_builders import MAY_17, call, money, put, quoted, share_series

AT = new_york(MAY_17.replace(day=2), "15:45")
QUOTE_BASED: list[FillModel] = [
    SpreadFraction((0.75, 0.66, 0.56, 0.53)),
    SpreadFraction((0.3, 0.37, 0.9, 0.123456)),
    Mid(),
    Touch(),
    MidSlippage(0.01, 20.0, 0.5),
    MidSlippage(0.0, 50.0, 0.0),
    ModelPrice(PricingConfig(), clamp=True),
]
BEYOND: list[FillModel] = [
    SquareRootImpact(0.5, 0.5, "size"),
    SquareRootImpact(1.0, 3.0, "volume"),
    ModelPrice(PricingConfig(), clamp=False),
]
CENTS = st.integers(0, 3000)
ROUNDINGS = st.sampled_from(["against_trader", "none"])


@st.composite
def packages(draw: st.DrawFn) -> list[LegQuote]:
    """One to five options quoted on cents with sizes and volatilities, some without a bid, sometimes with shares."""
    quotes = []
    for leg in range(draw(st.integers(1, 5))):
        bid = draw(CENTS) / 100
        ask = bid + draw(st.integers(1, 200)) / 100
        ratio = draw(st.sampled_from((1, 2, 3) if bid == 0.0 else (-3, -2, -1, 1, 2, 3)))
        flags = QuoteFlag.NO_BID if bid == 0.0 else QuoteFlag(0)
        quotes.append(_with_depth(quoted(put(2500.0 + leg), ratio, bid, ask, flags), draw(st.integers(1, 50))))
    if draw(st.booleans()):
        quotes.append(quoted(Stock("SPX"), draw(st.sampled_from((-100, 100, 200))), 280.0, 280.02))
    return quotes


def _with_depth(quote: LegQuote, depth: int) -> LegQuote:
    return replace(
        quote,
        bid_size=depth,
        ask_size=depth,
        volume=10.0 * depth,
        implied_volatility=0.1 + depth / 100,
        underlying_price=2510.0,
        at=AT,
        contracts=depth,
    )


def paid(quotes: list[LegQuote], prices: tuple[int, ...]) -> int:
    """Money of the package in lowest terms."""
    return money(quotes, prices) // gcd(*(quote.leg.ratio for quote in quotes))


def no_limit_is_worse(
    quotes: list[LegQuote], model: FillModel, rounding: NetRounding, offset: int, at_model: bool
) -> None:
    package = PricedPackage(quotes, model.prices(quotes), within_quotes=model.within_quotes)
    limit = package.paid + offset * 10_000
    prices = package.limited(limit, rounding, at_model=at_model)
    if prices is None:
        return
    assert paid(quotes, prices) <= limit
    assert paid(quotes, prices) >= package.paid  # and never better than the model
    if model.within_quotes:
        stays_inside(quotes, prices)


def stays_inside(quotes: list[LegQuote], prices: tuple[int, ...]) -> None:
    for quote, price in zip(quotes, prices, strict=True):
        assert to_micros(quote.bid) <= price <= to_micros(quote.ask)


EVERY_MODEL = st.sampled_from(QUOTE_BASED + BEYOND)
LIMITED = (packages(), EVERY_MODEL, ROUNDINGS, st.integers(-50, 5_000), st.booleans())
FILLED = (packages(), st.sampled_from(QUOTE_BASED), ROUNDINGS)


@settings(max_examples=500)
@given(*LIMITED)
def test_t31_no_limit_order_in_any_model_is_worse_than_its_limit(
    quotes: list[LegQuote], model: FillModel, rounding: NetRounding, offset: int, at_model: bool
) -> None:
    no_limit_is_worse(quotes, model, rounding, offset, at_model)


@pytest.mark.long
@settings(max_examples=20_000)
@given(*LIMITED)
def test_t31_no_limit_order_in_any_model_is_worse_than_its_limit_at_length(
    quotes: list[LegQuote], model: FillModel, rounding: NetRounding, offset: int, at_model: bool
) -> None:
    no_limit_is_worse(quotes, model, rounding, offset, at_model)


@settings(max_examples=500)
@given(*FILLED)
def test_no_fill_of_a_quote_based_model_lies_outside_bid_and_ask(
    quotes: list[LegQuote], model: FillModel, rounding: NetRounding
) -> None:
    stays_inside(quotes, package_prices(quotes, model.prices(quotes), rounding))


@pytest.mark.long
@settings(max_examples=20_000)
@given(*FILLED)
def test_no_fill_of_a_quote_based_model_lies_outside_bid_and_ask_at_length(
    quotes: list[LegQuote], model: FillModel, rounding: NetRounding
) -> None:
    stays_inside(quotes, package_prices(quotes, model.prices(quotes), rounding))


@settings(max_examples=500)
@given(packages(), EVERY_MODEL, ROUNDINGS)
def test_a_limit_at_the_rounded_net_fills_exactly_there(
    quotes: list[LegQuote], model: FillModel, rounding: NetRounding
) -> None:
    package = PricedPackage(quotes, model.prices(quotes), within_quotes=model.within_quotes)
    rounded = package.rounded(rounding)
    assert package.limited(paid(quotes, rounded), rounding, at_model=True) == rounded


@settings(max_examples=500)
@given(packages(), st.sampled_from(BEYOND))
def test_rounding_is_never_better_for_the_trader_beyond_the_quotes_either(
    quotes: list[LegQuote], model: FillModel
) -> None:
    package = PricedPackage(quotes, model.prices(quotes), within_quotes=False)
    assert package.money(package.rounded("against_trader")) >= package.paid
    assert all(price >= 0 for price in package.rounded("against_trader"))


@settings(max_examples=500)
@given(packages(), st.sampled_from(QUOTE_BASED), st.integers(2, 9), st.integers(-50, 5_000), st.booleans())
def test_t36_a_limit_times_n_trades_at_the_same_prices(
    quotes: list[LegQuote], model: FillModel, times: int, offset: int, at_model: bool
) -> None:
    larger = [replace(quote, leg=Leg(quote.leg.instrument, times * quote.leg.ratio)) for quote in quotes]
    once = PricedPackage(quotes, model.prices(quotes))
    limit = once.paid + offset * 10_000
    many = PricedPackage(larger, model.prices(larger))
    assert many.limited(limit, "against_trader", at_model=at_model) == once.limited(
        limit, "against_trader", at_model=at_model
    )


@pytest.mark.parametrize("rounding", ["against_trader", "none"])
def test_t31_where_no_whole_micro_dollars_divide_the_limit_still_holds(rounding: NetRounding) -> None:
    """From -8.30 to the limit of -8.20, three equal parts of 0.10 / 3 are no whole micro-dollars."""
    locked = [quoted(put(2750.0), 1, 10.0, 10.0), quoted(put(2700.0), -3, 6.0, 6.2)]
    package = PricedPackage(locked, (10.0, 6.1))
    limit = -820_000_000
    prices = package.limited(limit, rounding, at_model=False)
    assert prices is not None
    assert limit - 300 < paid(locked, prices) <= limit


# --- the models, one by one


def test_slippage_is_the_sum_of_its_parts_and_ends_at_the_touch() -> None:
    quotes = [quoted(put(2700.0), 1, 9.0, 11.0), quoted(put(2750.0), -1, 9.0, 11.0)]
    assert MidSlippage(0.1, 0.0, 0.0).prices(quotes) == pytest.approx((10.1, 9.9))
    assert MidSlippage(0.0, 25.0, 0.0).prices(quotes) == pytest.approx((10.5, 9.5))
    assert MidSlippage(0.0, 0.0, 2.0).prices(quotes) == pytest.approx((10.2, 9.8))
    assert MidSlippage(0.1, 25.0, 2.0).prices(quotes) == pytest.approx((10.8, 9.2))
    beyond = MidSlippage(5.0, 0.0, 0.0)
    assert package_prices(quotes, beyond.prices(quotes), "none") == (11_000_000, 9_000_000)


def test_impact_grows_with_the_root_of_the_size_and_goes_through_the_quote() -> None:
    model = SquareRootImpact(1.0, 0.5, "size")
    quote = replace(quoted(put(2700.0), 1, 9.0, 11.0), ask_size=100.0, bid_size=25.0)
    assert model.prices([replace(quote, contracts=25)]) == pytest.approx([11.5])
    assert model.prices([replace(quote, contracts=100)]) == pytest.approx([12.0])
    sale = replace(quote, leg=Leg(quote.leg.instrument, -1), contracts=25)
    assert model.prices([sale]) == pytest.approx([8.0])
    cheap = replace(sale, bid=0.5, ask=2.0, contracts=2500)
    assert model.prices([cheap]) == (0.0,)


def test_impact_without_a_depth_has_no_price() -> None:
    (price,) = SquareRootImpact(1.0, 0.5, "volume").prices([quoted(put(2700.0), 1, 9.0, 11.0)])
    assert price != price  # noqa: PLR0124 - NaN
    assert SquareRootImpact(1.0, 0.5, "size").prices([quoted(Stock("SPY"), 1, 280.0, 280.1)]) == (280.1,)


def test_a_model_price_is_the_kernels_value_and_is_clamped_only_where_asked() -> None:
    contract = put(2700.0)
    quote = replace(
        quoted(contract, 1, 1.0, 1.2), implied_volatility=0.15, underlying_price=2690.0, at=AT, quoted_at=AT
    )
    value, _ = black_scholes(contract, AT, 2690.0, 0.15)
    free, kept = ModelPrice(PricingConfig(), clamp=False), ModelPrice(PricingConfig(), clamp=True)
    assert free.prices([quote]) == pytest.approx([value])
    assert package_prices([quote], free.prices([quote]), "none", within_quotes=False) == (to_micros(value),)
    assert package_prices([quote], kept.prices([quote]), "none") == (1_200_000,)
    (unknown,) = free.prices([replace(quote, implied_volatility=nan)])
    assert unknown != unknown  # noqa: PLR0124 - NaN


def test_a_model_price_of_an_american_option_has_its_early_exercise_in_it() -> None:
    american = share_series()
    assert american.style is ExerciseStyle.AMERICAN
    deep = replace(quoted(put(400.0, american), 1, 1.0, 200.0), implied_volatility=0.2, underlying_price=280.0, at=AT)
    (value,) = ModelPrice(PricingConfig(rate=0.1), clamp=False).prices([deep])
    assert value >= 120.0 - 1e-6


def test_the_configuration_chooses_the_new_models_too() -> None:
    assert fill_model(MidSlippageFills(kind="mid_slippage", spread_percent=10.0)).name.startswith("mid_slippage(0 USD")
    assert fill_model(SquareRootImpactFills(kind="square_root_impact")) == SquareRootImpact(0.5, 0.5, "size")
    rates = PricingConfig(rate=0.02)
    assert fill_model(ModelPriceFills(kind="model_price"), rates) == ModelPrice(rates, clamp=False)


def test_a_net_price_is_per_share_of_the_package_in_lowest_terms() -> None:
    spread = (Leg(put(2750.0), -2), Leg(put(2700.0), 2))
    covered = (Leg(Stock("SPY"), 100), Leg(call(290.0, share_series()), -1))
    shares = (Leg(Stock("SPY"), -100),)
    nets = [Order(1, "a", Intent.OPEN, legs, 1, 0).money_of(1_500_000) for legs in (spread, covered, shares)]
    assert nets == [to_micros(300.0), to_micros(150.0), to_micros(150.0)]
