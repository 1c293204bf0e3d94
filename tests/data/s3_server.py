"""A real S3 server on loopback, and a proxy before it that breaks connections as a test wants."""

import re
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import boto3
from moto.server import ThreadedMotoServer

BUCKET = "flatfiles"
KEY, SECRET = "AKIDOFTHEUSER", "s3cretOfTheUser"
_ANSWER = (
    "HTTP/1.1 {status} {code}\r\nContent-Type: application/xml\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
)


class Cut(NamedTuple):
    """Pass an answer on, and break the connection after so many bytes of its body."""

    after: int


class Refuse(NamedTuple):
    """Answer instead of the server."""

    status: int
    code: str


class Flip(NamedTuple):
    """Pass an answer on with the first byte of its body changed."""


class Request(NamedTuple):
    method: str
    path: str
    range: str


@dataclass
class Proxy:
    """What the proxy saw, and what it does to the next requests for bodies."""

    address: str
    upstream: tuple[str, int]
    seen: list[Request] = field(default_factory=list)
    mischief: list[Cut | Refuse | Flip] = field(default_factory=list)

    @property
    def gets(self) -> list[str]:
        """Ranges of the requests for bodies."""
        return [one.range for one in self.seen if one.method == "GET"]


class _Handler(socketserver.BaseRequestHandler):
    server: Any

    def handle(self) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            part = self.request.recv(65_536)
            if not part:
                return
            head += part
        proxy: Proxy = self.server.proxy
        text = head.decode("latin-1")
        method, path = text.split(" ", 2)[:2]
        asked = re.search(r"\r\n[Rr]ange: bytes=(\S+)", text)
        proxy.seen.append(Request(method, path, asked[1] if asked else ""))
        if f"Credential={KEY}/" not in text:
            self._refuse(Refuse(403, "InvalidAccessKeyId"), method)
            return
        action = proxy.mischief.pop(0) if method == "GET" and proxy.mischief else None
        if isinstance(action, Refuse):
            self._refuse(action, method)
        else:
            self._pass_on(proxy, text, action)

    def _refuse(self, refuse: Refuse, method: str) -> None:
        body = f"<Error><Code>{refuse.code}</Code><AWSAccessKeyId>{KEY}</AWSAccessKeyId></Error>".encode()
        answer = _ANSWER.format(status=refuse.status, code=refuse.code, length=len(body)).encode()
        self.request.sendall(answer + (b"" if method == "HEAD" else body))

    def _pass_on(self, proxy: Proxy, text: str, action: Cut | Flip | None) -> None:
        closing = re.sub(r"\r\n[Cc]onnection: [^\r]*", "", text).replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n", 1)
        with socket.create_connection(proxy.upstream) as upstream:
            upstream.sendall(closing.encode("latin-1"))
            answer = b""
            while part := upstream.recv(1 << 20):
                answer += part
        head, _, body = answer.partition(b"\r\n\r\n")
        match action:
            case Cut(after):
                body = body[:after]
            case Flip():
                body = bytes([body[0] ^ 1]) + body[1:]
        self.request.sendall(head + b"\r\n\r\n" + body)


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    proxy: Proxy


@contextmanager
def s3_behind_proxy() -> Iterator[tuple[Any, Proxy]]:
    """Client for filling the bucket, and the proxy that the product talks to."""
    moto = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    moto.start()
    host, port = moto.get_host_and_port()
    client = boto3.client(
        "s3",
        endpoint_url=f"http://{host}:{port}",
        region_name="us-east-1",
        aws_access_key_id="filler",
        aws_secret_access_key="filler",
    )
    client.create_bucket(Bucket=BUCKET)
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.proxy = Proxy(f"http://127.0.0.1:{server.server_address[1]}", (host, port))
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield client, server.proxy
        finally:
            server.shutdown()
            thread.join()
            client.close()
            moto.stop()
