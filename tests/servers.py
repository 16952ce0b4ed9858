"""One throwaway PostgreSQL and one throwaway Valkey for a run of the tests."""

import atexit
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from dayline.local.account import service_account
from dayline.local.folders import socket_folder
from dayline.local.postgres import OWNER, Postgres
from dayline.local.programs import find_postgres, find_valkey
from dayline.local.valkey import Valkey

_PREFIX = "dayline-test-"
_TMP = "/tmp"  # noqa: S108 - short enough for sockets, and every user may enter it


@dataclass(frozen=True)
class Servers:
    """Both servers, with ways to break them."""

    postgres: Postgres
    valkey: Valkey

    @property
    def postgres_url(self) -> str:
        """Database `postgres`; the owner may make databases and roles, and is no superuser."""
        return self.postgres.url("postgres")

    @property
    def redis_url(self) -> str:
        return self.valkey.url

    def database_url(self, name: str) -> str:
        return self.postgres.url(name)

    def create_database(self, name: str, template: str | None = None) -> str:
        """Make a database of the owner, as a copy of `template` where given; its address."""
        source = f'TEMPLATE "{template}" STRATEGY FILE_COPY' if template else ""
        self.postgres.psql(f'CREATE DATABASE "{name}" OWNER {OWNER} {source}')
        return self.database_url(name)

    def has_database(self, name: str) -> bool:
        """Whether there is one of this name."""
        return name in self.postgres.psql("SELECT datname FROM pg_database").split()

    def drop_database(self, name: str) -> None:
        self.postgres.psql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def kill_postgres(self) -> None:
        """SIGKILL: every connection breaks; `start_postgres` recovers the same data."""
        self.postgres.kill()

    def start_postgres(self) -> None:
        self.postgres.start()

    def kill_valkey(self) -> None:
        """SIGKILL: it forgets everything; `start_valkey` brings it back at the same address."""
        self.valkey.kill()

    def start_valkey(self) -> None:
        self.valkey.start()

    def flush_valkey(self) -> None:
        self.valkey.flush()


@contextmanager
def running_servers() -> Iterator[Servers]:
    """Start both, stop both and delete their folder at the end, also when that is an interrupt.

    When this process is killed they die with it, and the next call deletes what it left.
    """
    account = service_account()
    with _folder() as folder, socket_folder(folder / "run", account) as sockets:
        postgres = Postgres(
            find_postgres(account),
            folder / "postgres",
            sockets,
            folder / "postgres.log",
            account,
            throwaway=True,
        )
        valkey = Valkey(find_valkey(account), sockets, folder / "valkey.log", account)
        try:
            postgres.start()
            valkey.start()
            yield Servers(postgres, valkey)
        finally:
            valkey.kill()
            postgres.stop_at_once()


_kept: list[Servers] = []


@contextmanager
def kept_servers() -> Iterator[Servers]:
    """The servers of this process, or of the one that it was forked from; they end with that one.

    A tester of mutants forks a process for each, and starts nothing anew in them.
    """
    if not _kept:
        running = ExitStack()
        _kept.append(running.enter_context(running_servers()))
        owner = os.getpid()
        atexit.register(lambda: running.close() if os.getpid() == owner else None)
    yield _kept[0]


@contextmanager
def _folder() -> Iterator[Path]:
    _delete_abandoned()
    fresh = Path(tempfile.mkdtemp(prefix="dayline-new-", dir=_TMP))
    fresh.chmod(0o711)
    lock = os.open(fresh / "lock", os.O_CREAT | os.O_RDWR)
    fcntl.flock(lock, fcntl.LOCK_EX)
    # It gets the name that others look for once it is locked.
    folder = fresh.rename(fresh.with_name(fresh.name.replace("dayline-new-", _PREFIX)))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def _delete_abandoned() -> None:
    for folder in list(Path(_TMP).glob(f"{_PREFIX}*")):
        if _is_abandoned(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _is_abandoned(folder: Path) -> bool:
    try:
        if folder.lstat().st_uid != os.geteuid():
            return False
        with (folder / "lock").open("r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
