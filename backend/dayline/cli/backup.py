"""`dayline backup` and `dayline restore`: their work and their output."""

import asyncio
import sys
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import IO, Any, TypeVar, cast

from dayline.kernel.ops.backup import Manifest, backup, restore, stream
from dayline.kernel.ops.backup_checks import BackupFault
from dayline.kernel.ops.files import FileStore
from dayline.kernel.ops.settings import Settings
from dayline.kernel.ops.vault import Vault
from dayline.local.fault import Fault
from dayline.local.home import home_path
from dayline.local.secret import key_file, known_key

T = TypeVar("T")

STANDARD_OUTPUT = Path("-")

AFTER_A_RESTORE = (
    "Everyone signs in again. Links that set a password or make the first owner no longer work.",
    "Access tokens, calendar links and invites work as they did when the backup was made, "
    "also those revoked since: revoke them again.",
)


def back_up(settings: Settings, url: str, file: Path) -> Iterator[str]:
    """Write a backup. Yields the lines to print about it. Raises Fault."""
    store = FileStore(settings.files_folder)
    if file == STANDARD_OUTPUT:
        made = _done(stream(url, store, cast(IO[bytes], _Pipe(_standard_output()))))
    else:
        made = _done(backup(url, store, file))
    yield f"Backup written: {_contents(made)}."
    if made.sealed:
        yield (
            f"It doesn't hold the key that reads {_counted(made.sealed, 'Slack webhook')}. "
            f"Keep {_where_the_key_is(settings)} in another safe place."
        )


def restore_from(settings: Settings, url: str, file: Path) -> Iterator[str]:
    """Restore a backup. Yields the lines to print about it. Raises Fault."""
    vault = Vault(settings.secret_key or known_key(home_path(settings)))
    done = _done(restore(url, FileStore(settings.files_folder), file, vault))
    yield f"Everything is as it was in {file}."
    yield from AFTER_A_RESTORE
    if done.unreadable:
        yield (
            f"{_counted(done.unreadable, 'Slack webhook')} can't be read with this server's key. "
            f"Put the key from then into {_where_the_key_is(settings)}, or enter them again."
        )
    if done.kept is not None:
        yield f"What it replaced is in {done.kept}."


class _Pipe:
    """Standard output as a stream without positions.

    A file opened for appending reports a position but can't be written there, so `tell` is hidden.
    """

    def __init__(self, out: IO[bytes]) -> None:
        self.write, self.flush = out.write, out.flush


def _standard_output() -> IO[bytes]:
    """Standard output as bytes. Raises Fault if it is a terminal."""
    if sys.stdout.isatty():
        raise Fault(
            "A backup is no text: send it to a file or a pipe, like `dayline backup - > f`."
        )
    return sys.stdout.buffer


def _contents(made: Manifest) -> str:
    rows = f"{sum(made.rows.values())} rows of {len(made.rows)} tables"
    return f"{rows} and {_counted(made.files, 'file')}"


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _where_the_key_is(settings: Settings) -> str:
    file = key_file(home_path(settings))
    return str(file) if not settings.secret_key and file.exists() else "DAYLINE_SECRET_KEY"


def _done(work: Coroutine[Any, Any, T]) -> T:
    try:
        return asyncio.run(work)
    except BackupFault as fault:
        raise Fault(str(fault)) from None
