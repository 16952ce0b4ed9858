"""Folders of the servers, with owners and modes that keep other users out."""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dayline.core.phrase import Phrase
from dayline.kernel.ops.fault import Fault
from dayline.local.account import Account
from dayline.local.process import run

# A Unix socket's path has at most 107 bytes, and `/.s.PGSQL.5432.lock` is appended.
_UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SAFE_SOCKET_FOLDER = re.compile(r"/[A-Za-z0-9_./-]{1,85}")


def private_folder(path: Path, account: Account | None) -> Path:
    """Create `path` if it is missing. Only `account` (or this user) can enter it."""
    path.mkdir(mode=0o700, exist_ok=True)
    give(path, account)
    return path


def give(path: Path, account: Account | None) -> None:
    """Make `account` the owner of `path` itself, if given."""
    if account is not None:
        os.chown(path, account.uid, account.gid, follow_symlinks=False)


def file_folder(path: Path, account: Account | None) -> Path:
    """Create the folder of uploaded files if it is missing, and make `account` its owner.

    Files of an earlier version may belong to root; they are handed over, too. The owner of a folder
    with any other content is not changed. Raises Fault if the account can't write to it.
    """
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if account is None:
        return path
    entries = list(path.iterdir())
    ours = [entry for entry in entries if _UUID.fullmatch(entry.name)]
    for each in ([path] if len(ours) == len(entries) else []) + ours:
        _give_what_is_roots(each, account, below=each != path)
    if run(["test", "-w", path, "-a", "-x", path], account=account).returncode != 0:
        raise Fault(Phrase("server.files-not-writable", user=account.name, folder=str(path)))
    return path


def _give_what_is_roots(path: Path, account: Account, *, below: bool) -> None:
    if path.lstat().st_uid == 0:
        give(path, account)
    if below and path.is_dir() and not path.is_symlink():
        for each in path.iterdir():
            _give_what_is_roots(each, account, below=True)


@contextmanager
def socket_folder(wanted: Path, account: Account | None) -> Iterator[Path]:
    """A private folder for sockets: `wanted`, or a temporary one if its path is too long."""
    if _SAFE_SOCKET_FOLDER.fullmatch(str(wanted)):
        yield private_folder(wanted, account)
        return
    short = Path(tempfile.mkdtemp(prefix="dayline-", dir="/tmp"))
    give(short, account)
    try:
        yield short
    finally:
        shutil.rmtree(short, ignore_errors=True)
