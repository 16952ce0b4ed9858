"""Folders that the servers use, with an owner and a mode that keep others out."""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dayline.local.account import Account

# A Unix socket's path has at most 107 bytes, and `/.s.PGSQL.5432.lock` is appended.
_SAFE_SOCKET_FOLDER = re.compile(r"/[A-Za-z0-9_./-]{1,85}")


def private_folder(path: Path, account: Account | None) -> Path:
    """Make `path`, entered by `account` (or this user) alone, if it is not there yet."""
    path.mkdir(mode=0o700, exist_ok=True)
    give(path, account)
    return path


def give(path: Path, account: Account | None) -> None:
    """Hand `path` itself to `account`."""
    if account is not None:
        os.chown(path, account.uid, account.gid, follow_symlinks=False)


@contextmanager
def socket_folder(wanted: Path, account: Account | None) -> Iterator[Path]:
    """A private folder for sockets: `wanted`, or a short one where that cannot hold a socket."""
    if _SAFE_SOCKET_FOLDER.fullmatch(str(wanted)):
        yield private_folder(wanted, account)
        return
    short = Path(tempfile.mkdtemp(prefix="dayline-", dir="/tmp"))
    give(short, account)
    try:
        yield short
    finally:
        shutil.rmtree(short, ignore_errors=True)
