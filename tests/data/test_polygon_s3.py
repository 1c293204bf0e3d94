"""Fetching flat files from a real S3 server on loopback: whole files, broken connections, and keys that nobody sees."""

import gzip
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data.connectors.download import Outcome
from data.connectors.politeness import Patience, Politeness
from data.connectors.polygon_files import FetchedFile, FetchProgress, fetch_days, key_of
from data.connectors.s3_bucket import Credentials, S3Bucket
from data.errors import AccessRefused, FetchError
from tests.api.shell import Answer, ironfly
from tests.data.s3_server import BUCKET, KEY, SECRET, Cut, Flip, Proxy, Refuse, s3_behind_proxy
from tests.data.test_polygon import AGGREGATES, DAY, DAY_ROWS

TUESDAY = date(2023, 3, 14)
DATASET = "options/day_aggs"
NOISE = random.Random(1).randbytes(100_000)


@dataclass
class Vendor:
    """The server, and what one user of it has."""

    client: Any
    proxy: Proxy
    cache: Path
    slept: list[float]

    def put(self, content: bytes, day: date = DAY) -> None:
        self.client.put_object(Bucket=BUCKET, Key=key_of(DATASET, day), Body=content)

    def path(self, day: date = DAY) -> Path:
        return self.cache / key_of(DATASET, day)

    def fetch(self, first: date = DAY, last: date = DAY, key: str = KEY, attempts: int = 4) -> list[FetchedFile]:
        self.slept.clear()
        politeness = Politeness(Patience(attempts=attempts, requests_per_s=1e9), sleep=self.slept.append)
        bucket = S3Bucket(self.proxy.address, BUCKET, Credentials(key, SECRET), politeness)
        return list(fetch_days(bucket, DATASET, (first, last), self.cache))

    def outcome(self) -> Outcome:
        return self.fetch()[0].outcome

    def files(self) -> set[str]:
        return {path.name for path in self.cache.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[Any, Proxy]]:
    with s3_behind_proxy() as (client, proxy):
        yield client, proxy


@pytest.fixture
def vendor(server: tuple[Any, Proxy], tmp_path: Path) -> Vendor:
    client, proxy = server
    for one in client.list_objects_v2(Bucket=BUCKET).get("Contents", ()):
        client.delete_object(Bucket=BUCKET, Key=one["Key"])
    proxy.seen.clear()
    proxy.mischief.clear()
    return Vendor(client, proxy, tmp_path / "downloads", [])


def test_sessions_of_a_range_come_once_under_the_paths_of_the_bucket(vendor: Vendor) -> None:
    vendor.put(NOISE)
    vendor.put(NOISE[:10], TUESDAY)
    days = (date(2023, 3, 11), date(2023, 3, 15))  # from a Saturday on; nothing is there of the Wednesday
    assert [(one.day, one.outcome, one.size) for one in vendor.fetch(*days)] == [
        (DAY, Outcome.FETCHED, 100_000),
        (TUESDAY, Outcome.FETCHED, 10),
        (date(2023, 3, 15), Outcome.ABSENT, 0),
    ]
    path = vendor.cache / "us_options_opra/day_aggs_v1/2023/03/2023-03-13.csv.gz"
    assert path.read_bytes() == NOISE
    assert [one.outcome for one in vendor.fetch(*days)] == [Outcome.PRESENT, Outcome.PRESENT, Outcome.ABSENT]
    assert vendor.proxy.gets == ["0-", "0-"]
    assert vendor.files() == {"2023-03-13.csv.gz", "2023-03-14.csv.gz"}


def test_a_broken_transfer_goes_on_where_it_was(vendor: Vendor) -> None:
    vendor.put(NOISE)
    vendor.proxy.mischief += [Cut(40_000), Cut(0), Cut(30_000)]
    assert vendor.outcome() is Outcome.RESUMED
    assert vendor.proxy.gets == ["0-", "40000-", "40000-", "70000-"]
    assert vendor.path().read_bytes() == NOISE
    assert vendor.files() == {"2023-03-13.csv.gz"}


def test_what_arrived_before_giving_up_is_kept_for_the_next_time(vendor: Vendor) -> None:
    vendor.put(NOISE)
    vendor.proxy.mischief += [Cut(40_000), Cut(0), Cut(0), Cut(0)]
    with pytest.raises(FetchError, match=r"2023-03-13\.csv\.gz: given up after 4 attempts .* it goes on there"):
        vendor.fetch()
    (part,) = vendor.files()
    assert part.startswith("2023-03-13.csv.gz.")
    assert part.endswith(".part")
    assert vendor.outcome() is Outcome.RESUMED
    assert vendor.proxy.gets[-1] == "40000-"
    assert vendor.path().read_bytes() == NOISE


def test_a_file_that_changed_on_the_server_is_begun_anew(vendor: Vendor) -> None:
    vendor.put(NOISE)
    vendor.proxy.mischief += [Cut(40_000), Cut(0)]
    with pytest.raises(FetchError):
        vendor.fetch(attempts=2)
    vendor.put(NOISE[::-1])
    assert vendor.outcome() is Outcome.FETCHED
    assert vendor.proxy.gets[-1] == "0-"
    assert vendor.path().read_bytes() == NOISE[::-1]
    vendor.put(NOISE)
    assert vendor.outcome() is Outcome.FETCHED
    assert vendor.path().read_bytes() == NOISE
    assert vendor.files() == {"2023-03-13.csv.gz"}


def test_a_file_that_changes_between_two_requests_is_not_mixed(vendor: Vendor) -> None:
    vendor.put(NOISE)
    bucket = S3Bucket(vendor.proxy.address, BUCKET, Credentials(KEY, SECRET), Politeness())
    before = bucket.describe(key_of(DATASET, DAY))
    vendor.put(NOISE[::-1])
    with pytest.raises(Exception, match="HTTP 412"):
        list(bucket.chunks(key_of(DATASET, DAY), before, 10))


def test_bytes_that_changed_on_the_way_never_get_the_files_name(vendor: Vendor) -> None:
    vendor.put(NOISE)
    vendor.proxy.mischief.append(Flip())
    with pytest.raises(FetchError, match="size or checksum is not that of the server's file"):
        vendor.fetch()
    assert vendor.files() == set()
    vendor.fetch()
    vendor.path().write_bytes(NOISE[:-1] + b"?")
    assert vendor.outcome() is Outcome.FETCHED
    assert vendor.path().read_bytes() == NOISE


def test_a_server_that_asks_for_less_gets_longer_pauses_the_same_every_time(vendor: Vendor) -> None:
    vendor.put(NOISE)
    pauses = []
    for _ in range(2):
        vendor.path().unlink(missing_ok=True)
        vendor.proxy.mischief += [Refuse(503, "SlowDown"), Refuse(429, "TooManyRequests"), Refuse(500, "InternalError")]
        assert vendor.outcome() is Outcome.FETCHED
        pauses.append(list(vendor.slept))
    assert pauses[0] == pauses[1]
    assert all(delay / 2 <= pause <= delay for pause, delay in zip(pauses[0], (0.5, 1.0, 2.0), strict=True))


def test_requests_keep_to_the_rate() -> None:
    now, slept = [0.0], []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    politeness = Politeness(Patience(requests_per_s=4.0), sleep, lambda: now[0])
    for _ in range(3):
        politeness.wait_for_turn()
    now[0] += 10.0
    politeness.wait_for_turn()
    assert slept == [0.25, 0.25]


def test_a_key_that_is_refused_is_named_by_its_variable_only(vendor: Vendor) -> None:
    vendor.put(NOISE)
    with pytest.raises(AccessRefused) as caught:
        vendor.fetch(key="AKIDOFNOBODY")
    assert "POLYGON_S3_KEY" in str(caught.value)
    assert vendor.slept == []
    assert vendor.files() == set()
    assert not {"AKIDOFNOBODY", KEY, SECRET} & set(repr(Credentials(KEY, SECRET)).replace("'", " ").split())


@pytest.mark.parametrize("address", ["files.polygon.io", "ftp://x", "https://key:secret@files.polygon.io", "https://"])
def test_an_endpoint_that_is_no_address_is_refused_without_showing_it(address: str) -> None:
    with pytest.raises(FetchError, match="check IRONFLY_POLYGON_ENDPOINT") as caught:
        S3Bucket(address, BUCKET, Credentials(KEY, SECRET), Politeness())
    assert "secret" not in str(caught.value)


def fetch_at_the_shell(vendor: Vendor, folder: Path, *arguments: str, **environment: str) -> Answer:
    variables = {
        "POLYGON_S3_KEY": KEY,
        "POLYGON_S3_SECRET": SECRET,
        "IRONFLY_POLYGON_ENDPOINT": vendor.proxy.address,
        "IRONFLY_DEBUG": "1",
        **environment,
    }
    days = ("--from", "2023-03-13", "--to", "2023-03-14")
    return ironfly("data", "fetch", "polygon", *arguments, *days, cwd=folder, environment=variables)


def test_the_command_fetches_and_imports(vendor: Vendor, tmp_path: Path) -> None:
    vendor.put(gzip.compress((AGGREGATES + DAY_ROWS).encode()))
    for _ in range(2):
        answer = fetch_at_the_shell(vendor, tmp_path, DATASET, "--import")
        assert answer.code == 0, answer.err
        assert "var/downloads/us_options_opra/day_aggs_v1/2023/03/2023-03-13.csv.gz" in answer.out
        assert "2023-03-14  absent" in answer.out
        assert "read as polygon_aggregates" in answer.out
    assert "1 chains, 1 quotes" in ironfly("data", "show", "SPY", cwd=tmp_path).out


@pytest.mark.parametrize(
    ("arguments", "environment", "message"),
    [
        ([DATASET], {"POLYGON_S3_KEY": "AKIDOFNOBODY"}, "refuses access (HTTP 403); check POLYGON_S3_KEY"),
        ([DATASET], {"POLYGON_S3_SECRET": ""}, "POLYGON_S3_SECRET not set"),
        ([DATASET], {}, "the server has no file of options/day_aggs for these dates"),
        (["options/day_agg"], {}, "unknown dataset 'options/day_agg': did you mean 'options/day_aggs'?"),
    ],
)
def test_no_output_of_the_command_shows_a_key(
    vendor: Vendor, tmp_path: Path, arguments: list[str], environment: dict[str, str], message: str
) -> None:
    answer = fetch_at_the_shell(vendor, tmp_path, *arguments, **environment)
    assert answer.code == 2
    assert message in answer.err
    assert not [word for word in (KEY, SECRET, "AKIDOFNOBODY") if word in answer.out + answer.err]
    assert vendor.files() == set()


def test_progress_tells_bytes_of_bytes(vendor: Vendor) -> None:
    vendor.put(NOISE)
    seen: list[FetchProgress] = []
    bucket = S3Bucket(vendor.proxy.address, BUCKET, Credentials(KEY, SECRET), Politeness())
    fetch_days(bucket, DATASET, (DAY, DAY), vendor.cache, seen.append)
    assert seen[0].of_bytes == 100_000
    assert seen[-1] == (1, 1, "2023-03-13.csv.gz", 100_000, 100_000)
