"""What a file is, by its content, and what it is called."""

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
"""What browsers may show: pictures made of dots, which hold no program."""

_TEXT = re.compile(r"text/(?!html)[a-z0-9.+-]{1,50}")


def media_type(declared: str | None, head: bytes) -> str:
    """The media type of a file that begins with `head`.

    The content decides; what the client declared chooses among what the content may be, and says
    which kind of text a text is.
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
    """Whether what begins so is text in UTF-8."""
    whole = len(head) < HEAD  # else the last character may be cut
    try:
        return "\0" not in codecs.getincrementaldecoder("utf-8")().decode(head, final=whole)
    except UnicodeDecodeError:
        return False


def file_name(given: str) -> str:
    """The name that a download gets: no folder, nothing that a system or a reader would mistake.

    What turns the direction of writing is left out: with it `gpj.exe` reads `exe.jpg`.

    About 200 bytes of UTF-8 at most; the ending stays.
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
