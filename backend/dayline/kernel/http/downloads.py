"""Responses that browsers save as files, with safe names: letters, digits, `-`, `.`."""

from typing import Any

from starlette.responses import Response, StreamingResponse


class MarkdownResponse(Response):
    """A Markdown file."""

    media_type = "text/markdown"


class ZipResponse(StreamingResponse):
    """A zip file that is streamed while it is made, in a thread, until the client leaves."""

    media_type = "application/zip"


class Pieces:
    """A write-only file whose content is taken away piece by piece."""

    def __init__(self) -> None:
        self._piece = bytearray()

    def write(self, data: bytes) -> int:
        """Add data for the next `take`."""
        self._piece += data
        return len(data)

    def flush(self) -> None:
        """Do nothing, as there is nothing to flush to."""

    def close(self) -> None:
        """Do nothing, as nothing is open."""

    def take(self) -> bytes:
        """Return and remove what was written since the last call."""
        piece = bytes(self._piece)
        self._piece.clear()
        return piece


MARKDOWN: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/markdown": {"schema": {"type": "string"}}}}
}
ZIP: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}}}
}


def kept_as(name: str) -> dict[str, str]:
    """Return the header that makes browsers save a response under this name."""
    return {"Content-Disposition": f'attachment; filename="{name}"'}
