"""The built page and the API share one origin, and neither answers for the other."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.main import create_app
from api.settings import Settings

BROWSER = {"accept": "text/html,application/xhtml+xml"}
ASSET = "/assets/index-Dk3q.js"


@pytest.fixture
def built(tmp_path: Path) -> Path:
    page = tmp_path / "dist"
    (page / "assets").mkdir(parents=True)
    (page / "index.html").write_text("<title>Ironfly</title>")
    (page / ASSET.removeprefix("/")).write_text("let x")
    (tmp_path / "secret").write_text("secret")
    return page


@pytest.fixture
def client(built: Path, tmp_path: Path) -> Iterator[TestClient]:
    settings = Settings(page=built, results=tmp_path / "results.sqlite", workers=0)
    with TestClient(create_app(settings)) as made:
        yield made


@pytest.mark.parametrize("address", ["/", "/backtests/4711", "/payoff?spot=100"])
def test_addresses_of_the_page_are_answered_with_its_index(client: TestClient, address: str) -> None:
    answer = client.get(address, headers=BROWSER)
    assert (answer.status_code, answer.text) == (200, "<title>Ironfly</title>")
    assert answer.headers["cache-control"] == "no-cache"


def test_assets_are_kept_for_ever_because_their_names_change(client: TestClient) -> None:
    answer = client.get(ASSET)
    assert (answer.status_code, answer.text) == (200, "let x")
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("address", ["/assets/old-1234.js", "/api/nothing", "/api", "/..%2fsecret", "/%2e%2e/secret"])
def test_what_is_not_there_is_a_problem(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert "immutable" not in answer.headers["cache-control"]


def test_an_unknown_address_of_the_api_is_never_the_page(client: TestClient) -> None:
    answer = client.get("/api/nothing", headers=BROWSER)
    assert (answer.status_code, answer.json()["type"]) == (404, "urn:ironfly:problem:unknown-address")


def test_without_a_build_the_first_address_says_how_to_make_one(tmp_path: Path) -> None:
    settings = Settings(page=tmp_path / "none", results=tmp_path / "results.sqlite", workers=0)
    with TestClient(create_app(settings)) as client:
        answer = client.get("/", headers=BROWSER)
        assert "make page" in answer.text
        assert client.get("/api/health").status_code == 200
