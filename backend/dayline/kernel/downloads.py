"""Answers that browsers keep as files. Their names are made here: letters, digits, `-`, `.`."""

from typing import Any

from starlette.responses import Response


class MarkdownResponse(Response):
    """A Markdown file."""

    media_type = "text/markdown"


class ZipResponse(Response):
    """A zip file."""

    media_type = "application/zip"


MARKDOWN: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/markdown": {"schema": {"type": "string"}}}}
}
ZIP: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}}}
}


def kept_as(name: str) -> dict[str, str]:
    """The header that makes a browser keep an answer under this name."""
    return {"Content-Disposition": f'attachment; filename="{name}"'}
