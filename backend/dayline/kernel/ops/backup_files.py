"""The files of a backup: those whose rows its snapshot holds."""

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
    """Add the files that the transaction sees to a backup. Returns how many.

    One that is gone, though its row is seen, was given up meanwhile.
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
    """Bring the files of a backup back around what brings back its rows.

    Where that fails, what was brought goes again, with the folders made for it; where it is done,
    every other file goes. A file that is there is left as it is: what an id names never changes.
    Raises ValueError where the backup does not hold `count` files.
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
    """What lies where the store puts files, and is named as it names them."""
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
    """The folders that have to be made for these files, the deepest first."""
    missing = {folder for path in paths for folder in path.parents if not folder.exists()}
    return sorted(missing, key=lambda folder: len(folder.parts), reverse=True)


def _remove_folders(folders: Iterable[Path]) -> None:
    """Remove what was made, unless something else came into it."""
    for folder in folders:
        with suppress(OSError):
            folder.rmdir()
