"""Uploaded files: one folder, in which each file belongs to a row.

No part of a path comes from a client. A file gets its name only when it is complete and on disk.
Create the row before the file and delete it after, and no file is left behind.
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
"""Bytes of free space that files never use, as PostgreSQL may be on the same disk."""

HEAD = 8 * 1024
"""How many of its first bytes determine a file's type."""

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
    """What was received: the size in bytes, the SHA-256 hash, and the first `HEAD` bytes."""

    size: int
    sha256: bytes
    head: bytes


class FileStore:
    """The folder of uploaded files. It is created with the first file."""

    def __init__(self, folder: Path, *, reserve: int = RESERVE) -> None:
        self.folder = folder
        self.reserve = reserve

    def path(self, workspace_id: UUID, file_id: UUID) -> Path:
        """Return a file's path. The last digits of ids are random and spread the files."""
        return self.folder / str(workspace_id) / file_id.hex[-2:] / str(file_id)

    async def receive(
        self, workspace_id: UUID, file_id: UUID, chunks: AsyncIterator[bytes]
    ) -> Content:
        """Write a new file in chunks. It is kept only if it is complete.

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
        """Return the `stat` of a file. Raises StorageUnavailable if it is missing."""
        with _as_problems():
            return await asyncio.to_thread(os.stat, self.path(workspace_id, file_id))

    async def remove(self, workspace_id: UUID, file_id: UUID) -> None:
        """Remove a file and its incomplete part. Does nothing if there is none."""
        path = self.path(workspace_id, file_id)
        for gone in (path, _part_of(path)):
            await asyncio.to_thread(gone.unlink, missing_ok=True)


class _Part:
    """A file that is being written."""

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
    """Create the folders of a file, owned by the owner of the store's folder."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    for folder in (path.parent.parent, path.parent):
        _give_to_owner_of(folder.parent, folder)


def open_new(path: Path) -> BinaryIO:
    """Create a file that only its folder's owner can read. Raises FileExistsError."""
    file = os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb")
    _give_to_owner_of(path.parent, file.fileno())
    return file


def _give_to_owner_of(folder: Path, made: Path | int) -> None:
    """Change the owner, if root creates a file that the server has to read, as in a restore."""
    if os.geteuid() == 0:
        owner = folder.stat()
        os.chown(made, owner.st_uid, owner.st_gid)


def sync(file: BinaryIO) -> None:
    """Wait until the file's content is on disk."""
    file.flush()
    os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the folder's entries are on disk."""
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
