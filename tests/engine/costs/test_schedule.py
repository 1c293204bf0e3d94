"""Commission schedules, and the presets that are made of them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from engine.config import ExecutionConfig, FeeConfig
from engine.costs.deal import DealtLeg, apportion
from engine.costs.fees import fee_model
from engine.costs.presets import PRESETS
from engine.costs.schedule import PresetFees, PresetName
from engine.model import Instrument, Intent
from engine.money import to_micros, to_usd
from tests.engine.risk_builders import SHARES, call, index_series, put, share_series

EQUITY_PUT = put(745.0, share_series())
EQUITY_CALL = call(750.0, share_series())
INDEX_CALL = call(3200.0, index_series())
CHEAP_TIERS = [
    {"below_premium_usd": 0.10, "fee_per_contract_usd": 0.50},
    {"below_premium_usd": 0.05, "fee_per_contract_usd": 0.25},
]


def fees(
    config: dict[str, Any], *legs: tuple[Instrument, int, float], intent: Intent = Intent.OPEN
) -> tuple[float, ...]:
    """Fees in dollars of an order, by a configuration as a user writes it."""
    made = TypeAdapter[FeeConfig](FeeConfig).validate_python(config)
    dealt = [DealtLeg(instrument, quantity, to_micros(price)) for instrument, quantity, price in legs]
    return tuple(to_usd(fee) for fee in fee_model(made).fees(dealt, intent))


def schedule(**terms: Any) -> dict[str, Any]:
    return {"kind": "schedule", **terms}


def preset(name: str) -> dict[str, Any]:
    return {"kind": "preset", "name": name}


# --- the published fees of LEAN's results -----------------------------------------------------------------------

LEAN = preset("lean")


@pytest.mark.parametrize(
    ("legs", "charged"),
    [
        ([(EQUITY_PUT, 10, 13.2), (EQUITY_CALL, 10, 12.8)], (6.5, 6.5)),
        ([(EQUITY_CALL, 10, 16.9), (EQUITY_CALL, -20, 14.5), (EQUITY_CALL, 10, 14.2)], (6.5, 13.0, 6.5)),
        ([(EQUITY_CALL, -5, 54.0), (SHARES, 500, 749.68)], (3.25, 2.5)),
        ([(EQUITY_CALL, -1, 11.7), (EQUITY_PUT, 1, 12.2), (SHARES, 100, 749.68)], (1.0, 1.0, 1.0)),
        ([(INDEX_CALL, 1, 620.4)], (0.0,)),
    ],
    ids=["strangle", "butterfly", "covered_call", "protective_collar", "index_option"],
)
def test_the_lean_preset_charges_what_its_published_results_paid(
    legs: list[tuple[Instrument, int, float]], charged: tuple[float, ...]
) -> None:
    assert fees(LEAN, *legs) == charged


def test_the_lean_preset_charges_less_for_cheap_options() -> None:
    assert [fees(LEAN, (EQUITY_PUT, 100, price)) for price in (0.10, 0.09, 0.05, 0.04)] == [
        (65.0,),
        (50.0,),
        (50.0,),
        (25.0,),
    ]


def test_exercise_and_assignment_cost_what_the_schedule_says() -> None:
    made = TypeAdapter[FeeConfig](FeeConfig).validate_python(
        schedule(fee_per_exercise_usd=5.0, fee_per_assignment_usd=2.0)
    )
    assert fee_model(made).exercise_fee(EQUITY_PUT, 3) == 15_000_000
    assert fee_model(made).exercise_fee(EQUITY_PUT, -3) == 6_000_000
    assert fee_model(PresetFees(kind="preset", name="lean")).exercise_fee(EQUITY_PUT, 3) == 0


# --- terms ------------------------------------------------------------------------------------------------------


def test_the_lowest_tier_that_fits_counts_in_whatever_order_tiers_are_written() -> None:
    config = schedule(options={"fee_per_contract_usd": 0.65, "premium_tiers": CHEAP_TIERS})
    assert [fees(config, (EQUITY_PUT, 1, price)) for price in (0.10, 0.09, 0.04)] == [(0.65,), (0.5,), (0.25,)]


def test_a_leg_costs_at_most_its_cap() -> None:
    config = schedule(options={"fee_per_contract_usd": 1.0, "maximum_per_leg_usd": 10.0})
    assert fees(config, (EQUITY_PUT, 50, 1.0), (EQUITY_CALL, -9, 1.0)) == (10.0, 9.0)


def test_an_order_as_a_whole_costs_its_minimum_once() -> None:
    config = schedule(options={"fee_per_contract_usd": 0.2, "minimum_per_order_usd": 1.0})
    assert fees(config, (EQUITY_PUT, 1, 1.0), (EQUITY_CALL, -3, 1.0)) == (0.25, 0.75)
    assert fees(config, (EQUITY_PUT, 10, 1.0)) == (2.0,)
    assert fees(config, (SHARES, 10, 1.0)) == (0.0,)


def test_closing_can_be_free_or_cheaper() -> None:
    free = schedule(options={"fee_per_contract_usd": 1.0, "closing_fee_per_contract_usd": 0.0})
    assert fees(free, (EQUITY_PUT, 2, 1.0)) == (2.0,)
    assert fees(free, (EQUITY_PUT, 2, 1.0), intent=Intent.CLOSE) == (0.0,)


def test_cheap_options_can_be_bought_back_for_free_and_pay_no_minimum() -> None:
    config = schedule(
        options={"fee_per_contract_usd": 0.65, "free_close_up_to_usd": 0.05, "minimum_per_order_usd": 1.0}
    )
    assert fees(config, (EQUITY_PUT, 1, 0.05), intent=Intent.CLOSE) == (0.0,)
    assert fees(config, (EQUITY_PUT, 1, 0.06), intent=Intent.CLOSE) == (1.0,)
    assert fees(config, (EQUITY_PUT, -1, 0.05), intent=Intent.CLOSE) == (1.0,)
    assert fees(config, (EQUITY_PUT, 1, 0.05)) == (1.0,)


def test_shares_cost_at_least_the_minimum_and_never_more_than_their_part() -> None:
    config = schedule(shares={"fee_per_share_usd": 0.005, "minimum_usd": 1.0, "maximum_percent": 1.0})
    paid = [fees(config, (SHARES, number, price)) for number, price in ((100, 50.0), (1000, 50.0), (2, 10.0))]
    assert paid == [(1.0,), (5.0,), (0.2,)]


def test_an_exchange_takes_its_fee_of_its_roots_only() -> None:
    fee = {"roots": ["SPX", "SPXW"], "fee_per_contract_usd": 0.66}
    config = schedule(exchange=[{**fee, "premium_tiers": [{"below_premium_usd": 1.0, "fee_per_contract_usd": 0.57}]}])
    assert fees(config, (INDEX_CALL, 2, 1.0), (INDEX_CALL, -2, 0.95), (EQUITY_CALL, 2, 1.0)) == (1.32, 1.14, 0.0)


def test_regulators_take_their_part_of_sales() -> None:
    rates = {
        "clearing_fee_per_contract_usd": 0.02,
        "clearing_maximum_per_leg_usd": 55.0,
        "options_regulatory_fee_per_contract_usd": 0.03,
        "activity_fee_per_contract_sold_usd": 0.002,
        "activity_fee_per_share_sold_usd": 0.0001,
        "activity_maximum_per_share_leg_usd": 8.0,
        "sales_fee_usd_per_million": 20.0,
    }
    config = schedule(regulatory=rates)
    assert fees(config, (EQUITY_PUT, 10, 5.0), (EQUITY_CALL, -10, 5.0)) == (0.5, 0.5 + 0.02 + 0.1)
    assert fees(config, (EQUITY_PUT, 10_000, 5.0)) == (355.0,)
    assert fees(config, (SHARES, 100, 50.0), (SHARES, -100, 50.0), (SHARES, -100_000, 10.0)) == (0.0, 0.11, 28.0)


# --- presets ----------------------------------------------------------------------------------------------------


def test_every_preset_can_be_chosen_by_its_name() -> None:
    assert set(PRESETS) == set(PresetName.__args__)  # type: ignore[attr-defined]  # of a Literal
    for name in PRESETS:
        assert ExecutionConfig(fees=PresetFees(kind="preset", name=name)).fees.kind == "preset"


def test_the_presets_differ_where_their_brokers_do() -> None:
    condor = [(INDEX_CALL, 10, 2.0), (INDEX_CALL, -10, 4.0)]
    totals = {name: round(sum(fees(preset(name), *condor)), 2) for name in PRESETS}
    closed = {name: round(sum(fees(preset(name), *condor, intent=Intent.CLOSE)), 2) for name in PRESETS}
    assert totals["lean"] == 0.0
    assert totals["tastytrade_2024"] - closed["tastytrade_2024"] == pytest.approx(20.0)
    assert totals["schwab_2024"] - totals["robinhood_2024"] == pytest.approx(20 * 0.15)
    assert totals["interactive_brokers_2024"] == totals["schwab_2024"] == totals["fidelity_2024"]


# --- properties -------------------------------------------------------------------------------------------------


@given(st.integers(0, 10**9), st.lists(st.integers(1, 10**4), min_size=1, max_size=8))
def test_what_is_apportioned_is_neither_lost_nor_gained(amount: int, weights: list[int]) -> None:
    parts = apportion(amount, weights)
    assert sum(parts) == amount
    assert all(
        abs(part * sum(weights) - amount * weight) < sum(weights) for part, weight in zip(parts, weights, strict=True)
    )


@given(
    st.sampled_from(sorted(PRESETS)),
    st.lists(
        st.tuples(
            st.sampled_from([EQUITY_PUT, EQUITY_CALL, INDEX_CALL, SHARES]),
            st.integers(-200, 200).filter(bool),
            st.integers(0, 300_000_000),
        ),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from(Intent),
)
def test_no_schedule_pays_anybody_for_trading(
    name: PresetName, legs: list[tuple[Instrument, int, int]], intent: Intent
) -> None:
    charged = fee_model(PresetFees(kind="preset", name=name)).fees([DealtLeg(*leg) for leg in legs], intent)
    assert len(charged) == len(legs)
    assert min(charged) >= 0
