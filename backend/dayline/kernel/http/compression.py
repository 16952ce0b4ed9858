"""Answers of the API compressed on their way, where that tells nobody what they hold.

The length of a compressed answer tells how much of what a stranger put into it stands in it a
second time (BREACH). docs/decisions/0037 says why that does not help here.
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
"""A list of 20 KB becomes 4.5 KB; level 6 takes twice the time to save a tenth of that."""

IN_THREAD = 256 * 1024
"""More at once would keep the others waiting."""

MOST_PADDING = 100
_TEXTUAL = frozenset({"application/json", "application/problem+json", "text/markdown"})


def takes_gzip(accepted: str) -> bool:
    """Whether an Accept-Encoding names gzip, and does not refuse it."""
    for coding in accepted.lower().replace(" ", "").split(","):
        name, _, weight = coding.partition(";q=")
        if name == "gzip":
            return weight.strip("0.") != "" or weight == ""
    return False


class Compression:
    """Compresses what is read from the API, if no other site's page had it read."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, and compress the answer where that is worth it."""
        if scope["type"] == "http" and _may_be_compressed(scope):
            send = _Compressing(send).send
        await self.app(scope, receive, send)


def _may_be_compressed(scope: Scope) -> bool:
    """Secrets are told once, in answers to other methods than GET: those stay as they are."""
    if scope["method"] != "GET" or not scope["path"].startswith("/api/"):
        return False
    headers = HTTPConnection(scope).headers
    ours = headers.get("sec-fetch-site", "same-origin") in {"same-origin", "none"}
    return ours and takes_gzip(headers.get("accept-encoding", ""))


class _Compressing:
    """One answer on its way. Its start waits for the first part, which says how much there is."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message | None = None
        self._zipper: _Zipper | None = None

    async def send(self, message: Message) -> None:
        """Pass a message on, compressed where it is worth it."""
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
    """A tag that promises the same bytes becomes one that promises the same meaning."""
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
    """gzip whose length varies: a file name in its header, of random length, says nothing."""

    def __init__(self) -> None:
        self._deflate = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        self._crc, self._size, self._header = 0, 0, _header()

    def add(self, data: bytes, *, last: bool) -> bytes:
        """The next bytes of the compressed answer."""
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
