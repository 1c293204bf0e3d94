"""Whatever is wrong with a request is answered with a problem that names the field and the remedy."""

import json
from typing import Any

import pytest

from api.problems import kind_of
from data.errors import DataError
from engine.errors import EngineError
from schemas.errors import SchemaError
from schemas.problem import Problem
from signals.errors import SignalError
from tests.api.server import Server
from tests.api.small_market import configuration

JSON = {"content-type": "application/json"}
CALL = {"kind": "call", "quantity": 1, "price": 2, "strike": 101}
PAYOFF: dict[str, Any] = {
    "legs": [CALL],
    "spot": 100,
    "rate": 0,
    "dividend_yield": 0,
    "volatility": 0.2,
    "years": 0.1,
    "fees_usd": 0,
}


def problem(server: Server, method: str, address: str, **request: Any) -> Problem:
    answer = server.http.request(method, address, **request)
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    found = Problem.model_validate_json(answer.content)
    assert found.status == answer.status_code
    assert found.title
    assert found.detail
    assert found.remedy
    return found


def fields(found: Problem) -> dict[str, str]:
    return {one.field: one.problem for one in found.errors}


def with_strategy(**changes: Any) -> dict[str, Any]:
    whole = configuration()
    return whole | {"strategies": [whole["strategies"][0] | changes]}


@pytest.mark.parametrize("tree", [DataError, EngineError, SchemaError, SignalError])
def test_every_error_of_every_package_has_a_kind_of_problem(tree: type[Exception]) -> None:
    def all_of(kind: type[Exception]) -> list[type[Exception]]:
        return [kind, *(one for child in kind.__subclasses__() for one in all_of(child))]

    assert all(kind_of(kind.__new__(kind)) is not None for kind in all_of(tree))


@pytest.mark.parametrize(
    ("body", "field", "said"),
    [
        (configuration(nam="x"), "nam", "unknown key; did you mean 'name'?"),
        (configuration(seed="x"), "seed", "expected a whole number, got 'x'"),
        (configuration(end="2018-01-01"), "end", "lies before start (2019-01-08); expected start <= end"),
        ({"name": "x"}, "data", "required key 'data' is missing"),
        (with_strategy(structure="iron_condr"), "strategies[0].structure", "did you mean 'iron_condor'?"),
        (with_strategy(kind="python", source="os:system"), "strategies[0]", "unknown key for kind 'python'"),
        (
            configuration(strategies=[{"name": "x", "kind": "python", "source": "/etc/passwd.py:X"}]),
            "strategies[0].kind",
            "the service runs declarative strategies only",
        ),
        (
            configuration(data={"underlyings": ["SPX"], "settlement_values": "/etc/passwd"}),
            "data.settlement_values",
            "the service reads no files of its machine",
        ),
        (
            configuration(data={"underlyings": ["SPX"], "overrides": "/etc/passwd"}),
            "data.overrides",
            "the service reads no files of its machine",
        ),
        (
            configuration(benchmark={"file": "/etc/passwd"}),
            "benchmark.file",
            "the service reads no files of its machine",
        ),
        (
            configuration(signals=[{"name": "a", "kind": "iv_rnk", "underlying": "SPX"}]),
            "signals[0].kind",
            "did you mean 'iv_rank'?",
        ),
    ],
)
def test_a_configuration_that_is_wrong(service: Server, body: dict[str, Any], field: str, said: str) -> None:
    found = problem(service, "POST", "/api/backtests", json=body)
    assert found.status == 422
    named = next(one for one in found.errors if one.field.startswith(field))
    assert said in named.problem


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "no JSON"),
        (b"{", "no JSON"),
        (b"[]", "no JSON object"),
        (b'{"seed": NaN}', "NaN is no JSON number"),
        (b'{"seed": -Infinity}', "-Infinity is no JSON number"),
        (b'{"seed": 1e999}', "1e999 is too large for a number"),
        (b'{"seed": ' + b"9" * 5000 + b"}", "no JSON"),
        (b"\xff\xfe", "no JSON"),
        (b"[" * 100_000, "recursion"),
    ],
)
def test_a_body_that_is_no_json_object(service: Server, body: bytes, said: str) -> None:
    found = problem(service, "POST", "/api/backtests", content=body, headers=JSON)
    assert found.status == 400
    assert said in found.detail


@pytest.mark.parametrize("address", ["/api/backtests", "/api/payoff"])
def test_a_body_that_is_too_large_whether_its_length_is_announced_or_not(service: Server, address: str) -> None:
    body = b" " * 1_100_000
    announced = problem(service, "POST", address, content=body, headers=JSON)
    chunked = problem(service, "POST", address, content=iter([body]), headers=JSON)
    assert announced.status == chunked.status == 413
    assert "1048576 bytes" in announced.detail
    assert "1048576 bytes" in chunked.detail


@pytest.mark.parametrize("address", ["/api/backtests", "/api/payoff"])
def test_a_body_that_is_not_said_to_be_json(service: Server, address: str) -> None:
    found = problem(service, "POST", address, content=b"{}", headers={"content-type": "text/plain"})
    assert found.status == 415
    assert "Content-Type: application/json" in found.remedy


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"spot": -1}, {"spot": "expected a value greater than or equal to 0.01"}),
        ({"legs": [CALL | {"strike": None}]}, {"legs[0].strike": "a call needs a strike"}),
        ({"legs": [CALL, CALL | {"quantity": True}]}, {"legs[1].quantity": "expected a number"}),
        ({"legs": []}, {"legs": "expected a list with at least 1 item"}),
        ({"spot": None, "extra": 1}, {"spot": "expected a number", "extra": "unknown key"}),
    ],
)
def test_a_payoff_that_is_wrong(service: Server, changes: dict[str, Any], expected: dict[str, str]) -> None:
    found = problem(service, "POST", "/api/payoff", json=PAYOFF | changes)
    assert found.status == 422
    assert fields(found) == expected


def test_a_payoff_with_nan(service: Server) -> None:
    body = json.dumps(PAYOFF | {"spot": float("nan")})
    assert fields(problem(service, "POST", "/api/payoff", content=body, headers=JSON)) == {
        "spot": "expected a finite number"
    }
    assert problem(service, "POST", "/api/payoff", content=b"{", headers=JSON).status == 400


@pytest.mark.parametrize("rest", ["", "/summary", "/trades", "/equity", "/events"])
def test_an_id_that_nobody_knows(service: Server, rest: str) -> None:
    found = problem(service, "GET", f"/api/backtests/nobody{rest}")
    assert (found.status, found.type) == (404, "urn:ironfly:problem:unknown-backtest")
    assert "'nobody'" in found.detail


@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("/api/backtests?limit=0", "limit"),
        ("/api/backtests?limit=x", "limit"),
        ("/api/backtests/x/equity?points=1", "points"),
        ("/api/backtests/x/trades?offset=-1", "offset"),
        ("/api/chains/SPX?at=2019-02-05&source=store", "at"),
        ("/api/chains/SPX?at=2019-02-05T00:00:00Z&source=web", "source"),
    ],
)
def test_a_parameter_that_is_wrong(service: Server, address: str, field: str) -> None:
    found = problem(service, "GET", address)
    assert found.status == 422
    assert list(fields(found)) == [field]


@pytest.mark.parametrize(
    "address",
    [
        "/api/chains/XYZ?at=2019-02-05T00:00:00Z&source=store",
        "/api/chains/SPX?at=2018-02-05T00:00:00Z&source=store",
        "/api/chains/SPX?at=0001-01-01T00:00:00%2B14:00&source=store",
        "/api/chains/XYZ?at=2016-02-05T00:00:00Z&source=model",
    ],
)
def test_a_chain_that_is_not_stored(service: Server, address: str) -> None:
    assert problem(service, "GET", address).status == 404


def test_an_address_or_a_method_that_does_not_exist(service: Server) -> None:
    page = {"accept": "text/html"}
    assert problem(service, "GET", "/api/nothing", headers=page).status == 404
    assert problem(service, "GET", "/nothing").status == 404
    answer = service.http.delete("/api/backtests")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, POST")


def test_a_key_that_comes_back_with_another_configuration(service: Server) -> None:
    first = service.submit(configuration(), "a-key")
    assert service.submit(configuration(), "a-key").json()["id"] == first.json()["id"]
    found = problem(service, "POST", "/api/backtests", json=configuration(seed=1), headers={"Idempotency-Key": "a-key"})
    assert found.status == 422
    assert first.json()["id"] in fields(found)["Idempotency-Key"]
