"""Every operation of the document, fuzzed: all checks, in single calls and in sequences."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from dayline.app import create_app
from dayline.kernel.db.clock import DatabaseClock, transaction_now
from dayline.kernel.ops.settings import Settings
from tests.clock import MovableClock
from tests.processes import ServerProcess, server_process
from tests.servers import Servers
from tests.team import Team, signed_in

HERE = Path(__file__).parent
EXAMPLES, PHASES = (
    ("40", "examples,coverage,fuzzing,stateful")
    if "DAYLINE_CHAOS" in os.environ
    else ("4", "coverage,fuzzing,stateful")  # coverage sends the document's examples, too
)
SIGNING_OUT = r"^/api/sessions/"
ACCOUNT_ROUTES = r"^/api/(account|sessions|workspaces$|setup|invites|password-resets)"


@pytest.fixture(scope="module")
def fuzzed_settings(servers: Servers) -> Iterator[Settings]:
    """An installation of its own: what fuzzing leaves behind disturbs nobody."""
    url = servers.create_database("dayline_fuzzed", template="dayline_template")
    yield Settings(database_url=url, redis_url=servers.redis_url)
    servers.drop_database("dayline_fuzzed")


@pytest.fixture(scope="module")
def server(
    fuzzed_settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ServerProcess]:
    with server_process(fuzzed_settings, tmp_path_factory.mktemp("fuzzed")) as server:
        yield server


@pytest.fixture(scope="module")
async def team(fuzzed_settings: Settings) -> AsyncIterator[Team]:
    """The workspace `fuzzed`, with a project, a task, a topic and a message to find."""
    app = create_app(fuzzed_settings, DatabaseClock())
    team = await Team.create(app, MovableClock(), slug="fuzzed")
    await team.add("sam")
    project = await team.owner.post("/projects", {"key": "FUZZ", "name": "Fuzzed"})
    task = await team.owner.post("/tasks", {"project": "FUZZ", "title": "A task"})
    topic = task.json()["topic_id"]
    message = await team.owner.post(f"/topics/{topic}/messages", {"body": "Hello @sam"})
    assert [a.status_code for a in (project, task, message)] == [201, 201, 201]
    yield team
    await team.close()
    await app.state.engine.dispose()


async def new_session(team: Team) -> str:
    """A session of the owner, as a browser's cookie holds it."""
    async with team.app.state.sessions() as session, session.begin():
        now = await transaction_now(session, DatabaseClock())
    headers = await signed_in(team.app, team.owner.account_id, now)
    return headers["Cookie"].partition("=")[2]


def fuzz(server: ServerProcess, *arguments: str, token: str = "", session: str = "") -> None:
    """Run schemathesis over the server's document; what it finds is the failure's text."""
    secrets = {"DAYLINE_FUZZ_TOKEN": token, "DAYLINE_FUZZ_SESSION": session}
    done = subprocess.run(
        [
            str(Path(sys.executable).with_name("schemathesis")),
            *("--config-file", str(HERE / "schemathesis.toml")),
            *("run", f"{server.url}/api/openapi.json"),
            *("--checks", "all", "--max-examples", EXAMPLES, "--seed", "1"),
            *("--phases", PHASES),
            *("--suppress-health-check", "all", "--no-color"),
            *("--header", "Sec-Fetch-Site: same-origin"),
            *arguments,
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd=server.log.parent,
        env=os.environ | secrets | {"PYTHONWARNINGS": "ignore"},
    )
    print(done.stdout[-1500:])  # noqa: T201 -- the counts of cases
    assert done.returncode == 0, done.stdout[-12_000:] + done.stderr[-2000:]


async def test_every_workspace_operation_holds_its_contract(
    server: ServerProcess, team: Team
) -> None:
    """Each by a token or, where none may, by a session."""
    session, token = await new_session(team), team.owner.token
    chosen = ("--exclude-path-regex", ACCOUNT_ROUTES)
    await asyncio.to_thread(fuzz, server, *chosen, token=token, session=session)


async def test_every_account_operation_holds_its_contract(
    server: ServerProcess, team: Team
) -> None:
    session = await new_session(team)
    chosen = ("--include-path-regex", ACCOUNT_ROUTES, "--exclude-path-regex", SIGNING_OUT)
    await asyncio.to_thread(fuzz, server, *chosen, session=session)


async def test_signing_out_holds_its_contract(server: ServerProcess, team: Team) -> None:
    session = await new_session(team)
    chosen = ("--include-path-regex", SIGNING_OUT)
    await asyncio.to_thread(fuzz, server, *chosen, session=session)
