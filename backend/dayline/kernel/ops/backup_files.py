"""The files in a backup: those whose rows are in its snapshot."""

import asyncio
import re
import shutil
import zipfile
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from dayline.kernel.ops.files import FileStore, make_place, open_new, sync, sync_folder

_PREFIX = "files/"
_UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_NAMED = re.compile(f"{_UUID}/[0-9a-f]{{2}}/{_UUID}")
_THERE = text("SELECT to_regclass('attachments')")
_KEPT = text("SELECT workspace_id, id FROM attachments WHERE stored_at IS NOT NULL ORDER BY id")


async def keep_files(
    connection: AsyncConnection, store: FileStore, archive: zipfile.ZipFile
) -> int:
    """Add the files of the transaction's rows to a backup. Returns how many.

    A file that is missing despite its row was deleted meanwhile.
    """
    if await connection.scalar(_THERE) is None:
        return 0
    kept = 0
    for workspace_id, file_id in (await connection.execute(_KEPT)).all():
        path = store.path(workspace_id, file_id)
        kept += await asyncio.to_thread(_add, archive, path, f"{workspace_id}/{file_id}")
    return kept


def _add(archive: zipfile.ZipFile, path: Path, name: str) -> bool:
    try:
        archive.write(path, _PREFIX + name, zipfile.ZIP_STORED)
    except FileNotFoundError:
        return False
    return True


@asynccontextmanager
async def restored_files(
    store: FileStore, archive: zipfile.ZipFile, count: int
) -> AsyncIterator[None]:
    """Restore a backup's files before the block, which restores its rows.

    If the block fails, restored files and new folders are removed. If it succeeds, all other files
    are. Existing files are not overwritten, as the content of an id never changes. Raises
    ValueError if the backup doesn't have `count` files.
    """
    wanted = {_path(store, name): name for name in archive.namelist() if name.startswith(_PREFIX)}
    if len(wanted) != count:
        raise ValueError("the backup's files are not whole")
    before = await asyncio.to_thread(_files_in, store)
    new = await asyncio.to_thread(_missing_folders, wanted.keys())
    try:
        for path in wanted.keys() - before:
            await asyncio.to_thread(_extract, archive, wanted[path], path)
        yield
    except BaseException:
        await asyncio.to_thread(_remove, wanted.keys() - before)
        await asyncio.to_thread(_remove_folders, new)
        raise
    await asyncio.to_thread(_remove, before - wanted.keys())


def _path(store: FileStore, name: str) -> Path:
    workspace_id, file_id = name.removeprefix(_PREFIX).split("/")
    return store.path(UUID(workspace_id), UUID(file_id))


def _files_in(store: FileStore) -> set[Path]:
    """Return the files in the store's folder that are named like its files."""
    paths = (path for path in store.folder.glob("*/*/*") if path.is_file())
    return {path for path in paths if _NAMED.fullmatch(str(path.relative_to(store.folder)))}


def _extract(archive: zipfile.ZipFile, name: str, path: Path) -> None:
    part = path.with_name(f"{path.name}.part")
    make_place(path)
    part.unlink(missing_ok=True)
    try:
        with archive.open(name) as content, open_new(part) as file:
            shutil.copyfileobj(content, file, 1 << 20)
            sync(file)
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)
    sync_folder(path.parent)


def _remove(paths: set[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def _missing_folders(paths: Iterable[Path]) -> list[Path]:
    """Return the folders that must be created for these files, deepest first."""
    missing = {folder for path in paths for folder in path.parents if not folder.exists()}
    return sorted(missing, key=lambda folder: len(folder.parts), reverse=True)


def _remove_folders(folders: Iterable[Path]) -> None:
    """Remove these folders, unless something else was put into them."""
    for folder in folders:
        with suppress(OSError):
            folder.rmdir()
