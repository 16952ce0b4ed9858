"""Backup and restore of the whole database and its files, in one file, all or nothing.

A backup is a zip: `manifest.json`, the rows of each table in the format of PostgreSQL's COPY, and
the uploaded files. It is read in one snapshot while the server runs. A restore replaces everything
in one transaction: the tables as of the backup's migration, its rows, then the migrations since.
The backup's files are restored before the commit, and other files deleted after. Every workspace
gets a new epoch, so that clients read a new snapshot, and everyone must sign in again, because a
session that was ended since must not return. A failed restore changes nothing.
"""

import asyncio
import json
import os
import zipfile
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, cast

from alembic import command
from alembic.util import CommandError
from asyncpg import PostgresError
from sqlalchemy import Connection, inspect, pool, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from dayline.core.phrase import Phrase
from dayline.kernel.db.ids import new_id
from dayline.kernel.ops import backup_files
from dayline.kernel.ops.backup_checks import (
    BackupFault,
    check_numbers,
    count_sealed,
    count_unreadable,
    see_everything,
)
from dayline.kernel.ops.fault import reason_of_error
from dayline.kernel.ops.files import FileStore
from dayline.kernel.ops.migrate import alembic_config
from dayline.kernel.ops.vault import Vault

FORMAT = 2
"""Format 1 had no files."""
MANIFEST = "manifest.json"
NOT_KEPT = (
    "alembic_version",
    "sessions",
    "known_browsers",
    "one_time_links",
    "sign_in_failures",
    "idempotency_keys",
)
"""Tables that a restore leaves empty or that migrations fill."""
_NOT_WHOLE = (
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    ValueError,
    TypeError,
    EOFError,
    RuntimeError,  # zipfile: encrypted, or an unknown compression
    PostgresError,
    CommandError,  # alembic: no such revision
)
"""The errors of reading a file that isn't a backup, or is damaged."""


@dataclass(frozen=True)
class Manifest:
    """What a backup contains: its migration, the rows of each table, the number of files."""

    format: int
    revision: str
    tables: dict[str, list[str]]
    rows: dict[str, int]
    files: int = 0
    sealed: int = 0
    """The number of secrets that only the installation's key decrypts. It isn't included."""


@dataclass(frozen=True)
class Restored:
    """The backup of the data that a restore replaced, and how many secrets are unreadable."""

    kept: Path | None
    unreadable: int


async def backup(url: str, store: FileStore, file: Path, *, checked: bool = True) -> Manifest:
    """Write a backup of the database at `url` and its files to `file`, which must not exist.

    Raises BackupFault, also if events are missing, unless `checked` is off. A failed backup leaves
    no file behind.
    """
    part = file.with_name(f"dayline-{new_id()}.part")  # unique to this backup
    try:
        if await asyncio.to_thread(os.path.lexists, file):
            raise BackupFault(Phrase("commands.backup-exists", file=str(file)))
        with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), "w+b") as out:
            manifest = await _write(url, store, out, checked=checked)
            os.fsync(out.fileno())
        part.rename(file)
    except OSError as fault:
        reason = reason_of_error(fault)
        said = Phrase("commands.backup-not-written", file=str(file), reason=reason)
        raise BackupFault(said) from fault
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return manifest


async def stream(url: str, store: FileStore, out: IO[bytes]) -> Manifest:
    """Write a backup to `out`, without seeking. A restore refuses what a failed backup wrote.

    Raises BackupFault.
    """
    try:
        return await _write(url, store, out, checked=True)
    except OSError as fault:
        reason = reason_of_error(fault)
        raise BackupFault(Phrase("commands.backup-not-streamed", reason=reason)) from fault


async def restore(url: str, store: FileStore, file: Path, vault: Vault | None = None) -> Restored:
    """Replace the database at `url` and its files with the backup in `file`, or change nothing.

    First backs up the present data beside `file`, even if events are missing. `vault` has the
    keys of this installation. Raises BackupFault.
    """
    try:
        if await asyncio.to_thread(_is_something_else, file):
            raise BackupFault(Phrase("commands.not-a-file", file=str(file)))
        with zipfile.ZipFile(file) as archive:
            manifest = _read_manifest(archive)
            kept = await _keep(url, store, file)
            with _discarded_on_failure(kept):
                async with backup_files.restored_files(store, archive, manifest.files):
                    unreadable = await _replace(url, archive, manifest, vault or Vault(()))
    except FileNotFoundError as fault:
        raise BackupFault(Phrase("commands.no-file", file=str(file))) from fault
    except OSError as fault:
        reason = reason_of_error(fault)
        said = Phrase("commands.backup-not-restored", file=str(file), reason=reason)
        raise BackupFault(said) from fault
    except _NOT_WHOLE as fault:
        raise BackupFault(Phrase("commands.backup-incomplete", file=str(file))) from fault
    return Restored(kept, unreadable)


def _is_something_else(file: Path) -> bool:
    """Whether the path is a folder, device or pipe, reading which may never end."""
    return file.exists() and not file.is_file()


async def _keep(url: str, store: FileStore, file: Path) -> Path | None:
    async with _owner(url) as connection:
        there = "SELECT to_char(now(), 'YYYYMMDD\"T\"HH24MISS.MS\"Z\"'), to_regclass('workspaces')"
        now, workspaces = (await connection.execute(text(there))).one()
    if workspaces is None:
        return None
    kept = file.with_name(f"replaced-{now}.zip")
    await backup(url, store, kept, checked=False)
    return kept


@contextmanager
def _discarded_on_failure(kept: Path | None) -> Iterator[None]:
    """Delete the backup of the present data if nothing was replaced."""
    try:
        yield
    except BaseException:
        if kept is not None:
            kept.unlink(missing_ok=True)
        raise


@asynccontextmanager
async def _owner(url: str) -> AsyncIterator[AsyncConnection]:
    """Yield a connection of the tables' owner. Raises BackupFault for database errors."""
    engine = create_async_engine(url, poolclass=pool.NullPool, connect_args={"timeout": 5})
    try:
        async with engine.connect() as connection:
            yield connection
    except (SQLAlchemyError, OSError) as fault:
        said = Phrase("commands.database-refused", reason=reason_of_error(fault))
        raise BackupFault(said) from fault
    finally:
        await engine.dispose()


async def _driver(connection: AsyncConnection) -> Any:
    """Return asyncpg's own connection, for COPY."""
    return (await connection.get_raw_connection()).driver_connection


async def _write(url: str, store: FileStore, out: IO[bytes], *, checked: bool) -> Manifest:
    async with _owner(url) as connection:
        await connection.execution_options(isolation_level="REPEATABLE READ")
        await see_everything(connection)
        if checked:
            await check_numbers(connection)
        revision = await connection.scalar(text("SELECT version_num FROM alembic_version"))
        tables = await connection.run_sync(_tables)
        driver = await _driver(connection)
        rows = {}
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for table, columns in tables.items():
                with archive.open(_member(table), "w", force_zip64=True) as rows_out:
                    rows[table] = await _copy_out(driver, table, columns, rows_out)
            files = await backup_files.keep_files(connection, store, archive)
            sealed = await count_sealed(connection)
            manifest = Manifest(FORMAT, cast(str, revision), tables, rows, files, sealed)
            archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=2))
    return manifest


def _member(table: str) -> str:
    return f"tables/{table}.copy"


async def _copy_out(driver: Any, table: str, columns: list[str], out: IO[bytes]) -> int:
    async def write(data: bytes) -> None:
        out.write(data)

    status: str = await driver.copy_from_table(table, columns=columns, output=write)
    return _count(status)


def _count(status: str) -> int:
    """Return the number of rows in a status like `COPY 12`."""
    return int(status.rpartition(" ")[2])


def _tables(connection: Connection) -> dict[str, list[str]]:
    """Return the tables to back up and their columns, referenced tables first."""
    seen = inspect(connection)
    names = [name for name, _ in seen.get_sorted_table_and_fkc_names("public") if name]
    return {
        name: [column["name"] for column in seen.get_columns(name) if not column.get("computed")]
        for name in names
        if name not in NOT_KEPT
    }


def _read_manifest(archive: zipfile.ZipFile) -> Manifest:
    said = json.loads(archive.read(MANIFEST))
    if said["format"] > FORMAT:
        raise BackupFault(Phrase("commands.backup-newer"))
    return Manifest(**said)


async def _replace(url: str, archive: zipfile.ZipFile, manifest: Manifest, vault: Vault) -> int:
    """Replace all rows with the backup's. Returns how many secrets can't be decrypted."""
    async with _owner(url) as connection, connection.begin():
        await see_everything(connection)
        await connection.execute(text("DROP SCHEMA public CASCADE"))
        await connection.execute(text("CREATE SCHEMA public"))
        await connection.run_sync(_migrate, url, manifest.revision)
        await _without_guards(connection, lambda: _load(connection, archive, manifest))
        await connection.run_sync(_migrate, url, "head")
        await connection.execute(
            text("UPDATE workspace_feed SET epoch = gen_random_uuid(), access_rev = access_rev + 1")
        )
        return await count_unreadable(connection, vault)


def _migrate(connection: Connection, url: str, revision: str) -> None:
    config = alembic_config(url)
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


async def _without_guards(connection: AsyncConnection, work: Callable[[], Awaitable[None]]) -> None:
    """Let the owner COPY into protected tables, within this transaction only."""
    forced = await connection.scalars(
        text(
            "SELECT quote_ident(relname) FROM pg_class "
            "WHERE relnamespace = 'public'::regnamespace AND relforcerowsecurity"
        )
    )
    tables = forced.all()
    for table in tables:
        await connection.execute(text(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY"))
        await connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
    await work()
    for table in tables:
        await connection.execute(text(f"ALTER TABLE {table} ENABLE TRIGGER USER"))
        await connection.execute(text(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"))


async def _load(connection: AsyncConnection, archive: zipfile.ZipFile, manifest: Manifest) -> None:
    driver = await _driver(connection)
    for table, columns in manifest.tables.items():
        with archive.open(_member(table)) as rows:
            status = await driver.copy_to_table(table, columns=columns, source=_chunks(rows))
        if _count(status) != manifest.rows[table]:
            raise BackupFault(Phrase("commands.backup-table-incomplete", table=table))


async def _chunks(rows: IO[bytes]) -> AsyncIterator[bytes]:
    while chunk := await asyncio.to_thread(rows.read, 1 << 20):
        yield chunk
