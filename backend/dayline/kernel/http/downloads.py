"""Answers that browsers keep as files. Their names are made here: letters, digits, `-`, `.`."""

from typing import Any

from starlette.responses import Response, StreamingResponse


class MarkdownResponse(Response):
    """A Markdown file."""

    media_type = "text/markdown"


class ZipResponse(StreamingResponse):
    """A zip file, sent as it is made: each piece in a thread, and none once the reader has gone."""

    media_type = "application/zip"


class Pieces:
    """A file that is only written to, and taken away piece by piece."""

    def __init__(self) -> None:
        self._piece = bytearray()

    def write(self, data: bytes) -> int:
        """Keep it until the next `take`."""
        self._piece += data
        return len(data)

    def flush(self) -> None:
        """There is nothing behind it to hand it to."""

    def close(self) -> None:
        """Nothing is held open."""

    def take(self) -> bytes:
        """What was written since the last time."""
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
    """The header that makes a browser keep an answer under this name."""
    return {"Content-Disposition": f'attachment; filename="{name}"'}
