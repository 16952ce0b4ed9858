"""Correcting the ending of a file's name to match its content, as people open files by it."""

from collections.abc import Sequence
from pathlib import PurePath

import puremagic

from dayline.attachments.kinds import LONGEST_NAME, is_text
from dayline.core.phrase import Phrase
from dayline.kernel.errors import Invalid

_ARCHIVES = frozenset({".7z", ".gz", ".rar", ".zip"})
_DOCUMENTS = frozenset(
    {".doc", ".docx", ".odp", ".ods", ".odt", ".pdf", ".ppt", ".pptx", ".xls", ".xlsx"}
)
_PICTURES = frozenset({".bmp", ".gif", ".ico", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp"})
_FILMS = frozenset({".mov", ".mp4"})
CERTAIN = _ARCHIVES | _DOCUMENTS | _PICTURES | _FILMS
"""Endings that people trust. Their files can be recognised by their first bytes."""

_PROGRAMS = (
    b"MZ",  # Windows
    b"\x7fELF",  # Linux
    b"\xcf\xfa\xed\xfe",  # macOS
    b"\xce\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
)


def named_as_is(name: str, head: bytes) -> str:
    """Return the name of a file that begins with `head`, with its ending corrected if wrong.

    Raises Invalid for a program that is named like a document or picture.
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
"""Formats that contain no other format, while a zip may also be a book or an app."""


def _unless_disguised(name: str, ending: str) -> str:
    if ending in CERTAIN | {".txt", ".md", ".csv", ".html"}:
        raise Invalid.field("name", Phrase("fields.program", ending=ending))
    return name


def _endings(head: bytes) -> Sequence[str]:
    """Return the endings of files that begin like this, likeliest first."""
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
