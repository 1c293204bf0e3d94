from hypothesis import given
from hypothesis import strategies as st

from engine.config import NoFeesConfig, PerContractFeesConfig
from engine.costs.deal import DealtLeg
from engine.costs.fees import NoFees, PerContractFees, charged, fee_model
from engine.costs.schedule import CommissionSchedule, PresetFees
from engine.model import Intent, LegFill, QuoteFlag
from tests.engine.risk_builders import SHARES, call, put

PUT, CALL = put(2700.0), call(2900.0)


def test_contracts_and_shares_have_their_own_fee_whichever_way_they_trade() -> None:
    fees = PerContractFees(fee_per_contract=650_000, fee_per_share=5_000)
    legs = [DealtLeg(PUT, 3, 1_000_000), DealtLeg(CALL, -3, 50_000), DealtLeg(SHARES, -200, 280_000_000)]
    assert fees.fees(legs, Intent.OPEN) == (1_950_000, 1_950_000, 1_000_000)


def test_without_fees_nothing_is_charged() -> None:
    assert NoFees().fees([DealtLeg(PUT, 3, 1_000_000)], Intent.OPEN) == (0,)


def test_the_configuration_chooses_the_model() -> None:
    assert fee_model(NoFeesConfig(kind="none")) == NoFees()
    assert fee_model(PerContractFeesConfig()) == PerContractFees(650_000, 0)
    assert fee_model(PerContractFeesConfig()).name == "per_contract(0.65 USD, 0 USD per share)"
    assert NoFees().name == "none"
    assert fee_model(PresetFees(kind="preset", name="lean")).name == "preset(lean)"
    assert fee_model(CommissionSchedule()).name == "schedule"


def test_what_is_handed_over_for_nothing_costs_nothing() -> None:
    sold = DealtLeg(PUT, -3, 1_000_000, bid=1.0, ask=1.1)
    given_up = DealtLeg(CALL, -3, 0, bid=0.0, ask=0.05, flags=QuoteFlag.NO_BID)
    fills = charged(PerContractFees(650_000, 0), [given_up, sold], Intent.CLOSE)
    assert fills[0] == LegFill(CALL, -3, 0, 0, 0.0, 0.05, QuoteFlag.NO_BID)
    assert [leg.fee for leg in fills] == [0, 1_950_000]


@given(st.integers(-500, 500), st.integers(1, 50))
def test_t36_fees_scale_with_quantity(quantity: int, times: int) -> None:
    fees = PerContractFees(650_000, 5_000)
    for instrument in (PUT, SHARES):
        (once,) = fees.fees([DealtLeg(instrument, quantity, 0)], Intent.OPEN)
        assert fees.fees([DealtLeg(instrument, times * quantity, 0)], Intent.OPEN) == (times * once,)
