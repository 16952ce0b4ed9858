"""Sending a file: as a download that runs nothing, whatever it is."""

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
"""A file never changes, but a browser shows its copy only to who asked for it."""


async def send(request: Request, files: FileStore, attachment: Attachment) -> Response:
    """The content, or the part of it that `Range` names; nothing where the client has it."""
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
    """A file, or the ranges of it that are asked for.

    A range that the file doesn't have is a problem. What isn't a range is passed over (RFC 9110).
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the framework does, but for its bare text about ranges."""
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
    """The headers without a Range that isn't one; the framework takes `1_0-+20` for numbers."""
    return [
        (name, value)
        for name, value in scope["headers"]
        if name != b"range" or (_RANGES.fullmatch(value) and _is_ascending(value))
    ]


def _is_ascending(ranges: bytes) -> bool:
    pairs = (part.strip().split(b"-") for part in ranges.removeprefix(b"bytes=").split(b","))
    return all(not (first and last) or int(first) <= int(last) for first, last in pairs)
