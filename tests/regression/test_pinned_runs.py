"""Every shipped configuration, and variations of them on the real SPX days, give the run that is pinned."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from api.mapping import summarise
from schemas.publication import publish
from tests.reference import REPOSITORY
from tests.regression.pinned import FOLDER, check_pinned
from tests.regression.spx_2019 import finished

CONFIGURATIONS = {path.stem: YAML(typ="safe").load(path) for path in sorted((REPOSITORY / "configs").glob("*.yaml"))}
ON_MODEL = [name for name, document in CONFIGURATIONS.items() if document["data"].get("source") == "model"]
ON_STORE = [name for name in CONFIGURATIONS if name not in ON_MODEL]
VARIED = {
    "spx_iron_condor_regulation_t": ("spx_iron_condor", "risk.margin=regulation_t"),
    "spx_iron_condor_portfolio": ("spx_iron_condor", "risk.margin=portfolio"),
    "spx_iron_condor_touch": ("spx_iron_condor", "execution.fills={kind: touch}"),
    "spx_iron_condor_given_up": ("spx_iron_condor", "execution.worthless_long=give_up"),
    "spx_iron_condor_settled_at_the_open": (
        "spx_iron_condor",
        "strategies.0.expirations.weekly.roots=[SPX]",
        "strategies.0.expirations.weekly.target_dte=20",
    ),
    "spx_put_spread_mid": ("spx_put_spread", "execution.fills={kind: mid}"),
    "spx_put_spread_limit": ("spx_put_spread", "strategies.0.entry.limit_spread_fraction=0.25"),
    "spx_put_spread_vendor_greeks": ("spx_put_spread", "data.greeks=vendor"),
}
"""On the real days: a configuration and what is set differently."""


@pytest.mark.parametrize("name", ON_MODEL)
def test_a_configuration_on_the_model_market(name: str, model_store: Path) -> None:
    run = finished(name, model_store)
    publish(summarise(run))
    check_pinned(name, run)


@pytest.mark.parametrize("name", ON_STORE)
def test_a_configuration_on_the_real_days(name: str, store: Path) -> None:
    check_pinned(name, finished(name, store))


@pytest.mark.parametrize("name", VARIED)
def test_a_variation_on_the_real_days(name: str, store: Path) -> None:
    configuration, *settings = VARIED[name]
    check_pinned(name, finished(configuration, store, *settings))


def test_at_least_thirty_runs_are_pinned_and_each_is_played() -> None:
    pinned = {file.stem for file in FOLDER.glob("*.json")}
    published = {name for name in pinned if name.startswith("lean_")}
    assert len(pinned) >= 30
    assert pinned - published == {*CONFIGURATIONS, *VARIED}
