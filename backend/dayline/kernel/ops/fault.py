"""Faults: errors that the operator can fix, shown by the command line in their language."""

import errno
import socket
from collections.abc import Sequence
from functools import reduce

from dayline.core.phrase import Phrase
from dayline.kernel.text.catalogs import render

_REASONS = {
    errno.EACCES: Phrase("system.no-permission"),
    errno.EADDRINUSE: Phrase("system.port-in-use"),
    errno.EADDRNOTAVAIL: Phrase("system.not-of-this-machine"),
    errno.ECONNREFUSED: Phrase("system.no-answer"),
    errno.EEXIST: Phrase("system.exists"),
    errno.EISDIR: Phrase("system.folder"),
    errno.ENAMETOOLONG: Phrase("system.name-too-long"),
    errno.ENOENT: Phrase("system.missing"),
    errno.ENOSPC: Phrase("system.full"),
    errno.ENOTDIR: Phrase("system.not-a-folder"),
    errno.EPERM: Phrase("system.no-permission"),
    errno.EROFS: Phrase("system.read-only"),
    errno.ETIMEDOUT: Phrase("system.timed-out"),
}


class Fault(Exception):
    """An error that the operator can fix. Its phrase says what happened and what to do."""

    def __init__(self, phrase: Phrase) -> None:
        super().__init__(render(phrase))
        self.phrase = phrase


def reason_of_error(error: BaseException) -> Phrase:
    """Return why the system or a driver failed. Unknown reasons are quoted as they came.

    The drivers' messages don't contain passwords.
    """
    origin = getattr(error, "orig", None) or error
    if isinstance(origin, socket.gaierror):
        return Phrase("system.host-unknown")
    if isinstance(origin, TimeoutError):
        return Phrase("system.timed-out")
    if isinstance(origin, OSError) and origin.errno in _REASONS:
        return _REASONS[origin.errno]
    said = getattr(origin, "strerror", None) or str(origin).strip() or type(origin).__name__
    return Phrase("system.other", said=said.splitlines()[0].rstrip("."))


def in_a_row(sentences: Sequence[Phrase]) -> Phrase:
    """Return sentences as one phrase, with spaces between them. There must be one or more."""
    return reduce(
        lambda first, second: Phrase("system.several", first=first, second=second), sentences
    )
