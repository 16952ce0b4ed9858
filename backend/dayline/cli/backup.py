"""`dayline backup` and `dayline restore`: their work and their output."""

import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from dayline.core.phrase import Phrase
from dayline.kernel.ops.backup import Manifest, backup, restore, stream
from dayline.kernel.ops.fault import Fault
from dayline.kernel.ops.files import FileStore
from dayline.kernel.ops.settings import Settings
from dayline.kernel.ops.vault import Vault
from dayline.local.home import home_path
from dayline.local.secret import key_file, known_key

STANDARD_OUTPUT = Path("-")


def back_up(settings: Settings, url: str, file: Path) -> Iterator[Phrase]:
    """Write a backup. Yields the lines to print about it. Raises Fault."""
    store = FileStore(settings.files_folder)
    if file == STANDARD_OUTPUT:
        made = asyncio.run(stream(url, store, cast(IO[bytes], _Pipe(_standard_output()))))
    else:
        made = asyncio.run(backup(url, store, file))
    yield _contents(made)
    if made.sealed:
        key = _where_the_key_is(settings)
        yield Phrase("commands.backed-up-without-key", count=made.sealed, key=key)


def restore_from(settings: Settings, url: str, file: Path) -> Iterator[Phrase]:
    """Restore a backup. Yields the lines to print about it. Raises Fault."""
    vault = Vault(settings.secret_key or known_key(home_path(settings)))
    done = asyncio.run(restore(url, FileStore(settings.files_folder), file, vault))
    yield Phrase("commands.restored", file=str(file))
    yield Phrase("commands.restored-sessions")
    yield Phrase("commands.restored-access")
    if done.unreadable:
        key = _where_the_key_is(settings)
        yield Phrase("commands.restored-unreadable", count=done.unreadable, key=key)
    if done.kept is not None:
        yield Phrase("commands.restored-was", file=str(done.kept))


class _Pipe:
    """Standard output as a stream without positions.

    A file opened for appending reports a position but can't be written there, so `tell` is hidden.
    """

    def __init__(self, out: IO[bytes]) -> None:
        self.write, self.flush = out.write, out.flush


def _standard_output() -> IO[bytes]:
    """Standard output as bytes. Raises Fault if it is a terminal."""
    if sys.stdout.isatty():
        raise Fault(Phrase("commands.backup-to-terminal"))
    return sys.stdout.buffer


def _contents(made: Manifest) -> Phrase:
    rows = sum(made.rows.values())
    return Phrase("commands.backed-up", rows=rows, tables=len(made.rows), files=made.files)


def _where_the_key_is(settings: Settings) -> str:
    file = key_file(home_path(settings))
    return str(file) if not settings.secret_key and file.exists() else "DAYLINE_SECRET_KEY"
