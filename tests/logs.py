"""The log as the server writes it, and a watch over every line that a run of the tests writes."""

import logging
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO, TextIOBase

import pytest
import structlog

from dayline.kernel.ops.logging import configure, handler_of
from tests.members.browser import OTHER_PASSWORD, PASSWORD

KEY = "a key of the tests that is long enough"
KNOWN = (PASSWORD, OTHER_PASSWORD, KEY, "secret-of-")
"""Passwords, the key, and paths of webhooks that the tests use over and over."""

_SHAPES = re.compile(
    r"\bdl[a-z]*_[A-Za-z0-9_-]{40,}"  # tokens, cookies, links
    r"|\$argon2"
    r"|://[^/\s:@]+:[^/\s@]+@"  # passwords in addresses
    r"|\bgAAAA[A-Za-z0-9_-]{20,}"  # what the vault encrypts
)


def secrets_in(written: str) -> list[str]:
    """The secrets that stand in what was written: those that tests know, and by their shape."""
    return [known for known in KNOWN if known in written] + _SHAPES.findall(written)


@contextmanager
def kept_logging() -> Iterator[None]:
    """Let the block configure logging as it likes; the run's own logging comes back after it."""
    root, configuration = logging.getLogger(), structlog.get_config()
    handlers, level = root.handlers[:], root.level
    root.handlers.clear()  # else they are closed, and pytest goes on using them
    try:
        yield
    finally:
        structlog.configure(**configuration)
        root.handlers[:] = handlers
        root.setLevel(level)


@contextmanager
def written_log(level: str) -> Iterator[StringIO]:
    """What is written as the server writes it at this level."""
    written = StringIO()
    with kept_logging(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stderr", written)
        configure(level)
        structlog.configure(cache_logger_on_first_use=False)
        yield written


class Watch(TextIOBase):
    """A stream that keeps the lines which hold a secret."""

    def __init__(self) -> None:
        self.lines = 0
        self.caught: list[str] = []

    def write(self, text: str) -> int:
        self.lines += text.count("\n")
        if secrets_in(text):
            self.caught.append(text)
        return len(text)


@contextmanager
def watched_log() -> Iterator[Watch]:
    """Write everything that is logged in this process as the server would, to a watch."""
    watch = Watch()
    handler = handler_of(watch)  # type: ignore[arg-type]
    root, before = logging.getLogger(), structlog.get_config()
    with written_log("info"):
        configuration = structlog.get_config()
    structlog.configure(**configuration)
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    try:
        yield watch
    finally:
        root.removeHandler(handler)
        structlog.configure(**before)
