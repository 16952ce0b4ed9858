"""PostgreSQL and Valkey as children: found, recovered, told apart from strangers."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dayline.kernel.ops.fault import Fault
from dayline.local import programs
from dayline.local.account import service_account
from dayline.local.folders import socket_folder
from dayline.local.postgres import Postgres
from dayline.local.programs import PostgresPrograms, find_postgres, find_valkey
from dayline.local.valkey import Valkey

from .installation import reachable_folder


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with reachable_folder() as folder:
        yield folder


@contextmanager
def sockets(folder: Path) -> Iterator[Path]:
    with socket_folder(folder / "run", service_account()) as sockets:
        yield sockets


def test_a_server_that_outlived_its_supervisor_is_replaced(folder: Path) -> None:
    account = service_account()
    with sockets(folder) as run:
        first, second = (
            Postgres(
                find_postgres(account),
                folder / "postgres",
                run,
                folder / "log",
                account,
                throwaway=True,
            )
            for _ in range(2)
        )
        first.start()
        first.psql("CREATE TABLE kept (id int)")
        assert first.process is not None
        second.start()
        first.process.wait(5)
        assert second.psql("SELECT count(*) FROM kept") == "0\n"
        second.kill()

        # The number in the file may belong to somebody else after a reboot: this process, here.
        record = folder / "postgres" / "data" / "postmaster.pid"
        lines = record.read_text().split("\n")
        record.write_text("\n".join([str(os.getpid()), *lines[1:]]))
        first.start()
        assert first.psql("SELECT count(*) FROM kept") == "0\n"
        first.stop()


def test_a_valkey_that_outlived_its_supervisor_is_replaced(folder: Path) -> None:
    account = service_account()
    with sockets(folder) as run:
        first, second = (
            Valkey(find_valkey(account), run, folder / "log", account) for _ in range(2)
        )
        first.start()
        second.start()
        assert first.process is not None
        first.process.wait(5)
        assert second.is_running
        second.stop()


def test_a_home_too_deep_for_sockets_gets_a_short_folder(tmp_path: Path) -> None:
    for name in ("x" * 100, "with space"):
        with socket_folder(tmp_path / name, None) as short:
            assert len(str(short)) < 40
            assert short.stat().st_mode & 0o777 == 0o700
        assert not short.exists()


def test_without_the_wheels_it_takes_what_is_on_path(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(programs, "find_spec", lambda name: None)
    monkeypatch.setattr(programs, "INSTALLED", Path("/nonexistent"))
    for name in ("redis-server", "postgres", "initdb", "psql", "pg_ctl"):
        (tmp_path / name).write_text("#!/bin/sh\necho 'it (PostgreSQL) 16.2'\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_valkey(None) == tmp_path / "redis-server"
    assert find_postgres(None) == PostgresPrograms(tmp_path, 16)
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(Fault, match=r"Install PostgreSQL 15 .* or set DAYLINE_DATABASE_URL"):
        find_postgres(None)
    with pytest.raises(Fault, match=r"Install Valkey or Redis .* or set DAYLINE_REDIS_URL"):
        find_valkey(None)
