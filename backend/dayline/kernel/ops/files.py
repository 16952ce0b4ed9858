"""Files that people upload: one folder, in which each file belongs to a row.

No part of a path comes from a client. A file appears under its own name whole: its bytes are on
the disk before it is renamed. Who makes a row first, and removes it last, leaves no file behind.
"""

import asyncio
import errno
import hashlib
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

import structlog

from dayline.kernel.errors import Problem

log = structlog.get_logger(__name__)

RESERVE = 256 * 2**20
"""Bytes that files leave free: PostgreSQL may live on the same disk."""

HEAD = 8 * 1024
"""How many of its first bytes say what a file is."""

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class StorageFull(Problem):
    """There is no room for this file. Nothing of it was kept."""

    status = 507
    slug = "storage-full"


class StorageUnavailable(Problem):
    """Files cannot be stored or read right now. Nothing was changed."""

    status = 503
    slug = "storage-unavailable"


@dataclass(frozen=True, slots=True)
class Content:
    """What was received: its length in bytes, its SHA-256 and its first bytes."""

    size: int
    sha256: bytes
    head: bytes


class FileStore:
    """The folder of uploaded files, made when the first one comes."""

    def __init__(self, folder: Path, *, reserve: int = RESERVE) -> None:
        self.folder = folder
        self.reserve = reserve

    def path(self, workspace_id: UUID, file_id: UUID) -> Path:
        """Where a file lies; the last digits of an id are random and spread the files."""
        return self.folder / str(workspace_id) / file_id.hex[-2:] / str(file_id)

    async def receive(
        self, workspace_id: UUID, file_id: UUID, chunks: AsyncIterator[bytes]
    ) -> Content:
        """Write a new file, a chunk at a time; it stays if it was written whole.

        Raises StorageFull and StorageUnavailable, and what `chunks` raises.
        """
        with _as_problems():
            part = await asyncio.to_thread(_Part, self.path(workspace_id, file_id), self.reserve)
            try:
                async for chunk in chunks:
                    await asyncio.to_thread(part.add, chunk)
                return await asyncio.to_thread(part.keep)
            finally:
                await asyncio.to_thread(part.close)

    async def find(self, workspace_id: UUID, file_id: UUID) -> os.stat_result:
        """What the file system says about a file. Raises StorageUnavailable where it is not."""
        with _as_problems():
            return await asyncio.to_thread(os.stat, self.path(workspace_id, file_id))

    async def remove(self, workspace_id: UUID, file_id: UUID) -> None:
        """Remove a file and what was written of it; where there is none nothing happens."""
        path = self.path(workspace_id, file_id)
        for gone in (path, _part_of(path)):
            await asyncio.to_thread(gone.unlink, missing_ok=True)


class _Part:
    """A file while it is written."""

    def __init__(self, path: Path, reserve: int) -> None:
        make_place(path)
        if shutil.disk_usage(path.parent).free < reserve:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self._path, self._part = path, _part_of(path)
        self._file = open_new(self._part)
        self._size, self._hash, self._head = 0, hashlib.sha256(), b""

    def add(self, chunk: bytes) -> None:
        self._file.write(chunk)
        self._size += len(chunk)
        self._hash.update(chunk)
        self._head += chunk[: HEAD - len(self._head)]

    def keep(self) -> Content:
        sync(self._file)
        self._part.rename(self._path)
        sync_folder(self._path.parent)
        return Content(self._size, self._hash.digest(), self._head)

    def close(self) -> None:
        """Close the file, and remove it unless it was kept."""
        try:
            self._file.close()
        finally:
            self._part.unlink(missing_ok=True)


def make_place(path: Path) -> None:
    """Make the folders of a file. They belong to who owns the folder of all files."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    for folder in (path.parent.parent, path.parent):
        _give_to_owner_of(folder.parent, folder)


def open_new(path: Path) -> BinaryIO:
    """A new file for who owns its folder alone. Raises FileExistsError."""
    file = os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb")
    _give_to_owner_of(path.parent, file.fileno())
    return file


def _give_to_owner_of(folder: Path, made: Path | int) -> None:
    """Root may write, as in a restore, what the server has to read."""
    if os.geteuid() == 0:
        owner = folder.stat()
        os.chown(made, owner.st_uid, owner.st_gid)


def sync(file: BinaryIO) -> None:
    """Wait until the disk has the file's bytes."""
    file.flush()
    os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the disk has the folder's names."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _part_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.part")


@contextmanager
def _as_problems() -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        log.error("file fault", fault=repr(fault))
        raise (StorageFull if fault.errno in _FULL else StorageUnavailable)() from fault
