"""The ending of a file's name: it says what the file is, because people open files by it."""

from collections.abc import Sequence
from pathlib import PurePath

import puremagic

from dayline.attachments.kinds import LONGEST_NAME, is_text
from dayline.kernel.errors import Invalid

_ARCHIVES = frozenset({".7z", ".gz", ".rar", ".zip"})
_DOCUMENTS = frozenset(
    {".doc", ".docx", ".odp", ".ods", ".odt", ".pdf", ".ppt", ".pptx", ".xls", ".xlsx"}
)
_PICTURES = frozenset({".bmp", ".gif", ".ico", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp"})
_FILMS = frozenset({".mov", ".mp4"})
CERTAIN = _ARCHIVES | _DOCUMENTS | _PICTURES | _FILMS
"""Endings that people trust, and whose files all begin alike."""

_PROGRAMS = (
    b"MZ",  # Windows
    b"\x7fELF",  # Linux
    b"\xcf\xfa\xed\xfe",  # macOS
    b"\xce\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
)


def named_as_is(name: str, head: bytes) -> str:
    """The name of a file that begins with `head`, with another ending where its own is untrue.

    Raises Invalid for a program whose name says that it is a document or a picture.
    """
    ending = PurePath(name).suffix.lower()
    found = _endings(head)
    if ending in found:
        return name
    if is_text(head):
        return _with(name, ".txt") if ending in CERTAIN else name
    if head.startswith(_PROGRAMS):
        return _unless_disguised(name, ending)
    true = next((each for each in found if each in CERTAIN), None)
    if ending in CERTAIN:
        return _with(name, true or ".bin")
    return _with(name, true) if true in _NO_CONTAINERS else name


_NO_CONTAINERS = frozenset({".pdf", ".png", ".gif", ".webp", ".jpg", ".jpeg"})
"""What is nothing else besides, as a zip may be a book or an app."""


def _unless_disguised(name: str, ending: str) -> str:
    if ending in CERTAIN | {".txt", ".md", ".csv", ".html"}:
        raise Invalid.field("name", f"must not end with {ending}: the file is a program")
    return name


def _endings(head: bytes) -> Sequence[str]:
    """The endings that files with this beginning have, the likeliest first."""
    try:
        matches = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return []
    return ["." + match.extension.lower().lstrip(".") for match in matches if match.extension]


def _with(name: str, ending: str | None) -> str:
    if ending is None:
        return name
    kept = name.encode()[: LONGEST_NAME - len(ending)].decode(errors="ignore")
    return kept + ending
