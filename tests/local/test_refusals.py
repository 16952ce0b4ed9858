"""What the operator can mend is one sentence on stderr and exit code 2."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from dayline.kernel.ops.fault import Fault
from dayline.local import listening

from .installation import Call, dayline, free_port, is_refused, reachable_folder


@pytest.fixture
def home() -> Iterator[Path]:
    with reachable_folder() as folder:
        yield folder / "home"


def test_a_port_in_use(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = dayline("up", home=home, port=port)
        assert is_refused(done, f"port {port}", "already listening", "DAYLINE_PORT")
        with pytest.raises(Fault, match=f"port {port}. Something else is already listening"):
            listening.listen("127.0.0.1", port)


def test_an_address_that_is_not_of_this_machine(home: Path) -> None:
    done = dayline("up", "--host", "192.0.2.1", home=home, port=free_port())
    assert is_refused(done, "192.0.2.1", "doesn’t have that IP address")


def test_a_folder_with_other_files(home: Path) -> None:
    home.mkdir()
    (home / "thesis.txt").write_text("mine")
    done = dayline("up", home=home, port=free_port())
    assert is_refused(done, str(home), "aren’t Dayline’s", "DAYLINE_HOME")
    assert [path.name for path in home.iterdir()] == ["thesis.txt"]


def test_a_home_that_is_a_file(home: Path) -> None:
    home.write_text("")
    assert is_refused(dayline("up", home=home, port=free_port()), str(home), "can’t be used")


@pytest.mark.parametrize(
    ("file", "words"),
    [("PG_VERSION", ("PostgreSQL 9 created",)), ("thesis.txt", ("isn’t a PostgreSQL",))],
)
def test_data_of_another_postgres(home: Path, file: str, words: tuple[str, ...]) -> None:
    (home / "postgres" / "data").mkdir(parents=True)
    (home / "dayline.lock").touch()
    (home / "postgres" / "data" / file).write_text("9\n")
    assert is_refused(dayline("up", home=home, port=free_port()), *words)


def test_addresses_where_nobody_answers(home: Path, call: Call) -> None:
    port = free_port()
    database = f"postgresql://dayline:secret@127.0.0.1:{port}/dayline"
    done = dayline("up", home=home, port=free_port(), database_url=database)
    assert is_refused(done, "DAYLINE_DATABASE_URL", "PostgreSQL can’t be reached")
    assert "secret" not in done.stderr
    done = call("migrate", migrate_database_url=database)
    assert is_refused(done, "DAYLINE_MIGRATE_DATABASE_URL", "PostgreSQL can’t be reached")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("serve", ("DAYLINE_DATABASE_URL", "isn’t set")),
        ("worker", ("DAYLINE_DATABASE_URL", "isn’t set")),
        ("migrate", ("DAYLINE_DATABASE_URL", "isn’t set")),
        ("up --host", ("--host",)),
        ("up --port many", ("--port", "whole number")),
        ("up --port 0", ("DAYLINE_PORT", "at least 1")),
        ("up --colour red", ("--colour",)),
        ("fly", ("fly",)),
    ],
)
def test_a_command_line_that_makes_no_sense(line: str, words: tuple[str, ...], call: Call) -> None:
    assert is_refused(call(*line.split()), *words)


def test_settings_that_make_no_sense(call: Call) -> None:
    assert is_refused(call("up", port="many"), "DAYLINE_PORT", "whole number")
    assert is_refused(call("up", redis_url="http://x"), "DAYLINE_REDIS_URL", "Enter")
    assert is_refused(call("serve", log_level="loud"), "DAYLINE_LOG_LEVEL", "debug")


def test_help_names_the_commands(call: Call) -> None:
    done = call("--help")
    assert done.returncode == 0
    assert all(name in done.stdout for name in ("up", "serve", "worker", "migrate"))
