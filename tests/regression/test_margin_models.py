"""The shipped iron condor on the real days of 2019 under each margin model."""

from pathlib import Path

import pytest

from tests.regression.spx_2019 import finished


@pytest.mark.parametrize("model", ["regulation_t", "portfolio"])
def test_a_run_is_checked_and_watched_by_the_model_that_it_names(store: Path, model: str) -> None:
    result = finished("spx_iron_condor", store, f"risk.margin={model}").result
    assert any(point.margin_requirement for point in result.equity)
    assert all(point.margin_requirement is not None for point in result.equity)
