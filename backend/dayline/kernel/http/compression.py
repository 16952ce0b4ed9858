"""Compression of API responses, where their length can't reveal their content.

The length of a compressed response reveals whether text that an attacker supplied occurs in it
again (BREACH). docs/decisions/0037 explains why that doesn't work here.
"""

import asyncio
import secrets
import struct
import zlib

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LEAST = 1024
LEVEL = 1
"""A list of 20 KB becomes 4.5 KB. Level 6 takes twice the time to save a tenth of that."""

IN_THREAD = 256 * 1024
"""Bytes above which compression runs in a thread, so as not to block other requests."""

MOST_PADDING = 100
_TEXTUAL = frozenset({"application/json", "application/problem+json", "text/markdown"})


def takes_gzip(accepted: str) -> bool:
    """Whether an Accept-Encoding header names gzip without refusing it."""
    for coding in accepted.lower().replace(" ", "").split(","):
        name, _, weight = coding.partition(";q=")
        if name == "gzip":
            return weight.strip("0.") != "" or weight == ""
    return False


class Compression:
    """Middleware that compresses API responses, unless another site's page caused the request."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, and compress the response if it is worth it."""
        if scope["type"] == "http" and _may_be_compressed(scope):
            send = _Compressing(send).send
        await self.app(scope, receive, send)


def _may_be_compressed(scope: Scope) -> bool:
    """Whether it is a GET of our own pages or a program. Other methods may return secrets."""
    if scope["method"] != "GET" or not scope["path"].startswith("/api/"):
        return False
    headers = HTTPConnection(scope).headers
    ours = headers.get("sec-fetch-site", "same-origin") in {"same-origin", "none"}
    return ours and takes_gzip(headers.get("accept-encoding", ""))


class _Compressing:
    """One response. Its start is delayed until the first part, which reveals the length."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message | None = None
        self._zipper: _Zipper | None = None

    async def send(self, message: Message) -> None:
        """Pass a message on, compressed if it is worth it."""
        if message["type"] == "http.response.start" and _is_worth_it(message):
            self._start = message
            return
        if message["type"] == "http.response.body":
            message = await self._part(message)
        await self._send(message)

    async def _part(self, message: Message) -> Message:
        body, more = message.get("body", b""), message.get("more_body", False)
        start, self._start = self._start, None
        if start is not None:
            self._zipper = _Zipper()
        if self._zipper is None:
            return message
        if len(body) > IN_THREAD:
            body = await asyncio.to_thread(self._zipper.add, body, last=not more)
        else:
            body = self._zipper.add(body, last=not more)
        if start is not None:
            _say_so(start, length=None if more else len(body))
            await self._send(start)
        return {**message, "body": body}


def _is_worth_it(start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    kind = headers.get("content-type", "").partition(";")[0]
    length = int(headers.get("content-length", LEAST))
    plain = "content-encoding" not in headers and "content-disposition" not in headers
    return start["status"] == 200 and plain and kind in _TEXTUAL and length >= LEAST  # noqa: PLR2004


def _say_so(start: Message, *, length: int | None) -> None:
    """Adjust the headers of a compressed response. A strong ETag becomes a weak one."""
    start["headers"] = list(start["headers"])
    headers = MutableHeaders(raw=start["headers"])
    headers["Content-Encoding"] = "gzip"
    headers.add_vary_header("Accept-Encoding")
    if "etag" in headers and not headers["etag"].startswith("W/"):
        headers["ETag"] = f"W/{headers['etag']}"
    del headers["Content-Length"]
    if length is not None:
        headers["Content-Length"] = str(length)


class _Zipper:
    """A gzip stream with a file name of random length in its header, which hides its length."""

    def __init__(self) -> None:
        self._deflate = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        self._crc, self._size, self._header = 0, 0, _header()

    def add(self, data: bytes, *, last: bool) -> bytes:
        """Return the next bytes of the compressed response."""
        self._crc, self._size = zlib.crc32(data, self._crc), self._size + len(data)
        header, self._header = self._header, b""
        packed = self._deflate.compress(data)
        packed += self._deflate.flush(zlib.Z_FINISH if last else zlib.Z_SYNC_FLUSH)
        end = struct.pack("<LL", self._crc, self._size & 0xFFFFFFFF) if last else b""
        return header + packed + end


def _header() -> bytes:
    named, unknown_time, fastest, unknown_system = 8, bytes(4), 4, 255
    start = bytes([0x1F, 0x8B, 8, named]) + unknown_time + bytes([fastest, unknown_system])
    return start + b"x" * secrets.randbelow(MOST_PADDING + 1) + b"\0"
