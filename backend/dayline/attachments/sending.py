"""Sending a file as a download that can't run code, whatever it contains."""

import re

from fastapi import Request, Response
from starlette.responses import FileResponse
from starlette.types import Message, Receive, Scope, Send

from dayline.attachments.kinds import OCTETS, SHOWN
from dayline.attachments.models import Attachment
from dayline.attachments.problems import RangeNotSatisfiable
from dayline.kernel.ops.files import FileStore

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, max-age=31536000, immutable",
    "Vary": "Cookie, Authorization",
}
"""Files never change. Vary keeps a browser from showing its copy to another account."""


async def send(request: Request, files: FileStore, attachment: Attachment) -> Response:
    """Return the file, or the range that was requested, or 304 if the client has it.

    Raises StorageUnavailable.
    """
    headers = _HEADERS | {"ETag": f'"{attachment.sha256.hex()}"'}
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    shown = attachment.media_type in SHOWN
    return StoredFile(
        files.path(attachment.workspace_id, attachment.id),
        headers=headers,
        media_type=attachment.media_type if shown else OCTETS,
        filename=attachment.name,
        content_disposition_type="inline" if shown else "attachment",
        stat_result=await files.find(attachment.workspace_id, attachment.id),
    )


class StoredFile(FileResponse):
    """A response with a file, or with the requested ranges of it.

    Raises RangeNotSatisfiable for a range beyond the file. Ignores an invalid Range (RFC 9110).
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Respond like the framework, except for refused ranges."""
        refused = False

        async def unless_refused(message: Message) -> None:
            nonlocal refused
            if message["type"] == "http.response.start" and message["status"] in _REFUSALS:
                refused = True
            if not refused:
                await send(message)

        await super().__call__({**scope, "headers": _with_ranges(scope)}, receive, unless_refused)
        if refused:
            size = self.headers["content-length"]
            raise RangeNotSatisfiable(headers={"Content-Range": f"bytes */{size}"})


_REFUSALS = {400, 416}
_RANGE = rb"(\d+-\d*|-\d+)"
_RANGES = re.compile(rb"bytes=" + _RANGE + rb"([ \t]*,[ \t]*" + _RANGE + rb")*")


def _with_ranges(scope: Scope) -> list[tuple[bytes, bytes]]:
    """Return the headers without an invalid Range. The framework would accept `1_0-+20`."""
    return [
        (name, value)
        for name, value in scope["headers"]
        if name != b"range" or (_RANGES.fullmatch(value) and _is_ascending(value))
    ]


def _is_ascending(ranges: bytes) -> bool:
    pairs = (part.strip().split(b"-") for part in ranges.removeprefix(b"bytes=").split(b","))
    return all(not (first and last) or int(first) <= int(last) for first, last in pairs)
