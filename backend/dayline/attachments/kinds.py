"""Determining a file's type by its content, and cleaning its name."""

import codecs
import re
import unicodedata

import puremagic
from pathvalidate import sanitize_filename

from dayline.kernel.ops.files import HEAD
from dayline.kernel.text.names import without_hidden

OCTETS = "application/octet-stream"
LONGEST_NAME = 200
SHOWN = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
"""Types that browsers may show: bitmap images, which contain no code."""

_TEXT = re.compile(r"text/(?!html)[a-z0-9.+-]{1,50}")


def media_type(declared: str | None, head: bytes) -> str:
    """Return the media type of a file that begins with `head`.

    The content decides. The declared type is used only to choose among possible types, and to name
    the kind of a text.
    """
    said = (declared or "").partition(";")[0].strip().lower()
    found = _found(head)
    if found:
        return said if said in found else found[0]
    if not is_text(head):
        return OCTETS
    return said if _TEXT.fullmatch(said) else "text/plain"


def _found(head: bytes) -> list[str]:
    try:
        return [match.mime_type for match in puremagic.magic_string(head) if match.mime_type]
    except (puremagic.PureError, ValueError):
        return []


def is_text(head: bytes) -> bool:
    """Whether a file that begins like this is UTF-8 text."""
    whole = len(head) < HEAD  # otherwise the last character may be cut off
    try:
        return "\0" not in codecs.getincrementaldecoder("utf-8")().decode(head, final=whole)
    except UnicodeDecodeError:
        return False


def file_name(given: str) -> str:
    """Return a safe file name: without folders and without misleading characters.

    Characters that change the direction of writing are removed: with them `gpj.exe` reads
    `exe.jpg`. The name has at most about 200 bytes in UTF-8, and keeps its ending.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", given))[-1]
    short = _shortened(without_hidden(last).strip(". "))
    return sanitize_filename(short, replacement_text="_") or "file"


def _shortened(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending.encode()) > LONGEST_NAME // 4:
        stem, dot, ending = name, "", ""
    room = LONGEST_NAME - len((dot + ending).encode())
    return stem.encode()[:room].decode(errors="ignore") + dot + ending
