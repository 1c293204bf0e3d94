from hypothesis import given
from hypothesis import strategies as st

from engine.config import NoFeesConfig, PerContractFeesConfig
from engine.execution.fees import NoFees, PerContractFees, fee_model
from tests.engine.risk_builders import SHARES, put


def test_contracts_and_shares_have_their_own_fee_whichever_way_they_trade() -> None:
    fees = PerContractFees(fee_per_contract=650_000, fee_per_share=5_000)
    assert fees.fee(put(2700.0), 3, 1_000_000) == fees.fee(put(2700.0), -3, 50_000) == 1_950_000
    assert fees.fee(SHARES, -200, 280_000_000) == 1_000_000


def test_without_fees_nothing_is_charged() -> None:
    assert NoFees().fee(put(2700.0), 3, 1_000_000) == 0


def test_the_configuration_chooses_the_model() -> None:
    assert fee_model(NoFeesConfig(kind="none")) == NoFees()
    assert fee_model(PerContractFeesConfig()) == PerContractFees(650_000, 0)
    assert fee_model(PerContractFeesConfig()).name == "per_contract(0.65 USD, 0 USD per share)"
    assert NoFees().name == "none"


@given(st.integers(-500, 500), st.integers(1, 50))
def test_t36_fees_scale_with_quantity(quantity: int, times: int) -> None:
    fees = PerContractFees(650_000, 5_000)
    for instrument in (put(2700.0), SHARES):
        assert fees.fee(instrument, times * quantity, 0) == times * fees.fee(instrument, quantity, 0)
