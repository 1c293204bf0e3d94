"""A bucket of an S3 server, read-only. Keys are never shown: no message of the library gets through."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from data.connectors.politeness import Politeness
from data.errors import AccessRefused, FetchError, NotOnServer

KEY_VARIABLE: Final = "POLYGON_S3_KEY"
SECRET_VARIABLE: Final = "POLYGON_S3_SECRET"
_CHUNK: Final = 1 << 18
_TIMEOUT_S: Final = 30
_PASSING: Final = frozenset({408, 412, 429, 500, 502, 503, 504})
"""Answers that another attempt may not get; 412: the file was replaced, and its new state is asked for again."""


class Passing(Exception):
    """A failure that may pass by itself; never leaves the connectors."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """Access key and secret, shown nowhere."""

    key: str = field(repr=False)
    secret: str = field(repr=False)

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Credentials:
        """From the environment. The names of AWS are not read: their keys belong to another server.

        Raises:
            AccessRefused: when one of them is missing.
        """
        missing = [name for name in (KEY_VARIABLE, SECRET_VARIABLE) if not environment.get(name)]
        if missing:
            raise AccessRefused(
                f"{' and '.join(missing)} not set; put the S3 access key and secret of your account "
                f"into {KEY_VARIABLE} and {SECRET_VARIABLE}"
            )
        return cls(environment[KEY_VARIABLE].strip(), environment[SECRET_VARIABLE].strip())


class RemoteFile(NamedTuple):
    """A file on the server: its size in bytes, and its ETag, which changes with the content."""

    size: int
    etag: str


class S3Bucket:
    """Reads files of one bucket; every request waits for its turn."""

    def __init__(self, endpoint: str, bucket: str, credentials: Credentials, politeness: Politeness) -> None:
        """Make a client; nothing is sent yet.

        Raises:
            FetchError: for an endpoint that is no address, or when boto3 is not installed.
        """
        address = urlsplit(endpoint)
        if address.scheme not in ("http", "https") or not address.hostname or "@" in address.netloc:
            raise FetchError(
                "the endpoint is no address like https://files.example.com; check IRONFLY_POLYGON_ENDPOINT"
            )
        self.politeness = politeness
        self._bucket, self._server = bucket, address.netloc
        self._client = _client(endpoint, credentials)

    def describe(self, key: str) -> RemoteFile:
        """Size and ETag of a file.

        Raises:
            NotOnServer, AccessRefused, FetchError; Passing when another attempt is worth it.
        """
        self.politeness.wait_for_turn()
        with self._explained(key):
            head = self._client.head_object(Bucket=self._bucket, Key=key)
        return RemoteFile(int(head["ContentLength"]), str(head["ETag"]).strip('"'))

    def chunks(self, key: str, remote: RemoteFile, offset: int) -> Iterator[bytes]:
        """Bytes of a file from an offset on, as long as it is the one that was described.

        Raises:
            as `describe`.
        """
        self.politeness.wait_for_turn()
        with self._explained(key):
            answer = self._client.get_object(
                Bucket=self._bucket, Key=key, Range=f"bytes={offset}-", IfMatch=f'"{remote.etag}"'
            )
            if not str(answer.get("ContentRange", "")).startswith(f"bytes {offset}-"):
                raise FetchError(f"{key}: {self._server} sends no parts of files (HTTP range); it cannot be used")
            with closing(answer["Body"]) as body:
                yield from body.iter_chunks(_CHUNK)

    @contextmanager
    def _explained(self, key: str) -> Iterator[None]:
        """Errors of the library in our words; its own name requests and headers."""
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - an extra

        try:
            yield
        except ClientError as error:
            raise self._refusal(key, error.response) from None
        except BotoCoreError as error:
            raise Passing(type(error).__name__) from None

    def _refusal(self, key: str, response: Mapping[str, Any]) -> Exception:
        status = int(response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
        if status in _PASSING:
            return Passing(f"HTTP {status}")
        if status == 404:
            return NotOnServer(f"{key}: not in bucket {self._bucket!r} of {self._server}")
        if status in (401, 403):
            return AccessRefused(
                f"{key}: {self._server} refuses access (HTTP {status}); check {KEY_VARIABLE}, {SECRET_VARIABLE} and "
                "whether your plan includes this file"
            )
        return FetchError(f"{key}: {self._server} answers HTTP {status}; check endpoint and bucket")


def _client(endpoint: str, credentials: Credentials) -> Any:
    try:
        import boto3  # noqa: PLC0415 - an extra
        from botocore.config import Config  # noqa: PLC0415
    except ImportError:
        raise FetchError("boto3 is not installed; install the extra: pip install 'ironfly[vendors]'") from None
    return boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name="us-east-1",
        aws_access_key_id=credentials.key,
        aws_secret_access_key=credentials.secret,
        config=Config(
            connect_timeout=_TIMEOUT_S,
            read_timeout=_TIMEOUT_S,
            # Attempts and pauses are counted by the politeness alone.
            retries={"total_max_attempts": 1},
            s3={"addressing_style": "path"},
            response_checksum_validation="when_required",
        ),
    )
