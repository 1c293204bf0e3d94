"""A made market, and one service over it that tests share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.server import Server, running_server
from tests.api.small_market import configuration, small_store


@pytest.fixture(scope="session")
def small_market(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the store; read it, do not add to it."""
    return small_store(tmp_path_factory.mktemp("small_market"))


@pytest.fixture(scope="package")
def service(small_market: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A running service; others submit to it as well."""
    with running_server(tmp_path_factory.mktemp("service"), small_market) as server:
        yield server


@pytest.fixture(scope="package")
def finished(service: Server) -> str:
    """Id of a backtest of the made market that is complete."""
    backtest = service.submit(configuration(), key="finished").json()["id"]
    assert service.wait_for(backtest)["status"] == "complete"
    return str(backtest)
