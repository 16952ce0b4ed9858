"""Dockerfile and compose.yml, as far as they can be checked without building an image."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from dayline.cli.main import app
from dayline.kernel.ops.settings import Settings
from tests.servers import Servers

TOP = Path(__file__).parents[2]
DOCKERFILE = (TOP / "Dockerfile").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load((TOP / "compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
VARIABLES = {f"DAYLINE_{name.upper()}" for name in Settings.model_fields}


def instructions(name: str) -> list[str]:
    joined = DOCKERFILE.replace("\\\n", " ")
    return [line.split(maxsplit=1)[1] for line in joined.splitlines() if line.startswith(name)]


def commands() -> set[str]:
    named = (command.name or command.callback.__name__ for command in app.registered_commands)  # type: ignore[union-attr]
    return {name.replace("_", "-") for name in named}


def own_services() -> dict[str, dict[str, Any]]:
    return {name: part for name, part in SERVICES.items() if "build" in part}


def test_hadolint_has_nothing_to_say() -> None:
    hadolint = shutil.which("hadolint", path=str(Path(sys.executable).parent))
    if hadolint is None:
        pytest.skip("hadolint has no wheel for this platform")
    done = subprocess.run(
        [hadolint, TOP / "Dockerfile"], capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.returncode) == ("", 0)


def test_the_image_is_pinned_unprivileged_and_tells_its_health() -> None:
    pinned = re.compile(r"(python:\d\.\d+-slim-\w+|node:\d+-\w+-slim)( AS \w+)?")
    assert all(map(pinned.fullmatch, instructions("FROM")))
    assert int(instructions("USER")[-1]) > 0
    assert "/readyz" in instructions("HEALTHCHECK")[0]
    assert instructions("CMD")[-1] == '["dayline", "serve"]'
    assert not instructions("ADD")


def test_what_the_image_copies_exists_and_is_not_ignored() -> None:
    sent = {line[1:] for line in (TOP / ".dockerignore").read_text().splitlines() if line[0] == "!"}
    for copied in instructions("COPY"):
        for source in copied.split()[:-1]:
            if not copied.startswith("--from"):
                assert (TOP / source).exists(), source
                assert source in sent


def test_every_own_service_runs_a_real_command_on_real_settings() -> None:
    assert set(own_services()) == {"server", "worker", "migrate"}
    for service in own_services().values():
        program, command = service["command"]
        assert program == "dayline"
        assert command in commands()
        assert set(service["environment"]) <= VARIABLES
    image = [line for line in instructions("ENV")[0].split() if line.startswith("DAYLINE_")]
    assert {line.split("=")[0] for line in image} <= VARIABLES


def test_order_health_and_versions() -> None:
    for name in ("server", "worker"):
        after = SERVICES[name]["depends_on"]
        assert after["migrate"]["condition"] == "service_completed_successfully"
    for name in ("postgres", "valkey"):
        assert SERVICES[name]["healthcheck"]["test"]
        assert re.search(r":\d", SERVICES[name]["image"])
    used = {volume.split(":")[0] for s in SERVICES.values() for volume in s.get("volumes", [])}
    assert used == set(COMPOSE["volumes"])


def test_secrets_come_from_the_environment_or_it_does_not_start() -> None:
    text = (TOP / "compose.yml").read_text()
    for use in re.findall(r"(?<!\$)\$\{([^}]*)\}", text):
        assert ":?" in use or ":-" in use
    for line in text.splitlines():
        if "PASSWORD:" in line:
            assert ":?" in line


def test_the_owner_of_the_database_is_made_as_the_image_makes_it(servers: Servers) -> None:
    """The script of compose.yml, on a database and a role of another name."""
    script = COMPOSE["configs"]["owner"]["content"].replace("$$", "$").replace("dayline", "boxed")
    done = subprocess.run(
        ["/bin/sh", "-c", script],
        env={
            "PATH": f"{servers.postgres.programs.bin}:/usr/bin:/bin",
            "PGHOST": str(servers.postgres.sockets),
            "POSTGRES_PASSWORD": "it's secret",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        assert done.returncode == 0, done.stderr
        question = "SELECT rolsuper, rolcreaterole FROM pg_roles WHERE rolname = 'boxed'"
        assert servers.postgres.psql(question) == "f|t\n"
    finally:
        servers.drop_database("boxed")
        servers.postgres.psql("DROP ROLE IF EXISTS boxed")
