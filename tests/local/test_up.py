"""`dayline up`: one command runs everything, and everything ends with it."""

import http.client
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from dayline.local.account import service_account
from dayline.local.programs import find_postgres

from .installation import (
    Call,
    Installation,
    all_gone,
    command,
    dayline,
    is_refused,
    reachable_folder,
)


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    with reachable_folder() as folder:
        yield folder / "home"


@pytest.fixture(scope="module")
def installation(home: Path) -> Iterator[Installation]:
    with Installation(home) as installation:
        yield installation


@pytest.fixture
def running(installation: Installation) -> Installation:
    if installation.process is None:
        installation.start()
    return installation


def answers(installation: Installation) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", installation.port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()


def psql(installation: Installation, sql: str, **how: Any) -> str:
    account = service_account()
    program = find_postgres(account).bin / "psql"
    options = ["-XqAt", "-h", str(installation.home / "run"), "-p", "5432"]
    done = subprocess.run(
        [program, *options, "-U", "dayline", "-d", "dayline", "-c", sql],
        capture_output=True,
        text=True,
        check=False,
        **how,
    )
    return str(done.stdout + done.stderr).strip()


def test_it_says_where_it_is_and_how_to_sign_in(running: Installation) -> None:
    assert f"http://localhost:{running.port}/setup#token=" in running.output
    assert answers(running)


def test_the_owner_of_the_database_is_no_superuser(running: Installation) -> None:
    question = "SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = user"
    assert psql(running, question) == "f|f|t"
    assert psql(running, "SHOW timezone") == "UTC"


@pytest.mark.skipif(os.geteuid() != 0, reason="becomes another user")
def test_other_users_of_the_machine_do_not_get_in(running: Installation) -> None:
    parts = ("dayline.lock", "secret.key", "logs", "run/valkey.sock", "run/.s.PGSQL.5432")
    for name in (*parts, "postgres/data"):
        opened = subprocess.run(
            ["/usr/bin/test", "-r", running.home / name], user=65534, group=65534, check=False
        )
        assert opened.returncode == 1
    (running.home / "run").chmod(0o755)
    try:
        refused = psql(running, "SELECT 1", user=65534, group=65534, extra_groups=[])
    finally:
        (running.home / "run").chmod(0o700)
    assert "Peer authentication failed" in refused or "Permission denied" in refused


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has privileges to give up")
def test_nothing_but_the_supervisor_is_roots(running: Installation) -> None:
    account = service_account()
    assert account is not None
    processes = running.descendants()
    assert {"serve", "worker"} <= {word for each in processes for word in each.cmdline()}
    assert {each.username() for each in processes} == {account.name}
    assert {each.uids() for each in processes} == {(account.uid,) * 3}
    assert {group for each in processes for group in (*each.gids(), account.gid)} == {account.gid}
    for name in ("secret.key", "files"):
        assert (running.home / name).stat().st_uid == account.uid


def test_a_second_one_in_the_same_home_is_refused(running: Installation) -> None:
    done = dayline("up", home=running.home, port=running.port)
    assert is_refused(done, "already running", str(running.home))


def test_the_operator_needs_no_address_of_an_installation_that_runs(
    running: Installation, call: Call
) -> None:
    link = call("owner-link", "--home", str(running.home)).stdout
    assert link.startswith(f"http://localhost:{running.port}/setup#token=")


def test_what_dies_comes_back(running: Installation) -> None:
    starts = running.log("worker").count("jobs started")
    for word in ("dayline serve", "valkey-server"):
        running.child(word).kill()
    running.read_until("The server stopped. It restarts", 15)
    running.read_until("Valkey stopped. It restarts", 15)
    running.await_log("worker", "jobs started", starts + 1, 60)
    running.await_log("server", "Application startup complete", 2, 60)
    assert answers(running)


def test_postgres_comes_back_with_its_data(running: Installation) -> None:
    assert not psql(running, "CREATE TABLE kept (id int); INSERT INTO kept VALUES (1)")
    before = running.child("bin/postgres")
    before.kill()
    running.read_until("PostgreSQL stopped. It restarts", 15)
    deadline = time.monotonic() + 60
    while psql(running, "SELECT id FROM kept") != "1":
        assert time.monotonic() < deadline
    assert running.child("bin/postgres") != before


def test_after_a_kill_nothing_is_left_and_the_next_start_recovers(running: Installation) -> None:
    assert not psql(running, "CREATE TABLE also_kept (id int); INSERT INTO also_kept VALUES (2)")
    processes = running.descendants()
    running.end(signal.SIGKILL)
    assert all_gone(processes, 10)
    running.start()
    assert psql(running, "SELECT id FROM also_kept") == "2"


def test_it_ends_cleanly(running: Installation) -> None:
    processes = running.descendants()
    assert len(processes) > 3
    assert running.end(signal.SIGTERM) == 0
    assert [process for process in processes if not all_gone([process], 0.2)] == []
    assert "database system is shut down" in running.log("postgres").splitlines()[-1]


def test_an_interrupt_during_the_start_leaves_nothing(home: Path) -> None:
    with Installation(home.parent / "interrupted") as installation:
        installation.launch()
        installation.read_until("Starting PostgreSQL", 60)
        assert installation.end(signal.SIGINT) == 0
    assert [p for p in psutil.process_iter() if str(installation.home) in command(p)] == []
