"""A database that is away or busy is said to be, after one wait; other faults are not called so."""

import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import asyncpg
import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text
from structlog.testing import capture_logs

from dayline.app import create_app
from dayline.kernel.db import database
from dayline.kernel.db.clock import Clock
from dayline.kernel.db.database import DatabaseAway, create_engine
from dayline.kernel.ops.settings import Settings
from tests.clock import MovableClock
from tests.kernel.test_own_site import ask
from tests.team import Team

HOME = "http://localhost:8080"


@pytest.fixture
async def small(
    settings: Settings, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[FastAPI]:
    """An app with two connections, for which nobody waits long."""
    monkeypatch.setattr(database, "POOL_WAIT_S", 0.2)
    app = create_app(settings.model_copy(update={"database_pool": 2}), clock)
    yield app
    await app.state.engine.dispose()


@contextmanager
def counted_waits(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Each time that somebody asks the pool for a connection."""
    pool = app.state.engine.sync_engine.pool
    asked, get = list[str](), pool._do_get

    def counting() -> Any:
        asked.append("asked")
        return get()

    with monkeypatch.context() as patch:
        patch.setattr(pool, "_do_get", counting)
        yield asked


def problem_of(answer: httpx.Response) -> tuple[int, str, str | None]:
    slug = answer.json()["type"].removeprefix("urn:dayline:problem:")
    return answer.status_code, slug, answer.headers.get("Retry-After")


@pytest.mark.parametrize("path", ["/tasks", "/tasks?sort=key", "/topics/x", "/me", "/members"])
async def test_who_finds_every_connection_taken_waits_once(
    small: FastAPI, team: Team, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    transport = httpx.ASGITransport(app=small, raise_app_exceptions=False)
    token = {"Authorization": f"Bearer {team.owner.token}"}
    async with httpx.AsyncClient(transport=transport, base_url=HOME, headers=token) as client:
        usual = await client.get(team.owner.base + path)  # from now on a hot list is understood
        tag = usual.headers.get("ETag", '"none"')
        async with small.state.engine.connect(), small.state.engine.connect():
            for named in ({}, {"If-None-Match": tag}):
                with counted_waits(small, monkeypatch) as asked:
                    refused = await client.get(team.owner.base + path, headers=named)
                assert problem_of(refused) == (503, "busy", "2")
                assert len(asked) == 1
        again = await client.get(team.owner.base + path)
        assert again.status_code == usual.status_code


async def test_a_socket_that_finds_every_connection_taken_waits_once(
    small: FastAPI, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = {"authorization": f"Bearer {team.owner.token}", "host": "localhost"}
    async with small.state.engine.connect(), small.state.engine.connect():
        with counted_waits(small, monkeypatch) as asked:
            refused = await ask(small, token, by="websocket")
    assert (refused.status, refused.problem["type"]) == (503, "urn:dayline:problem:busy")
    assert len(asked) == 1


@pytest.fixture
def away(settings: Settings) -> FastAPI:
    """An app whose database nobody runs."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"postgresql+asyncpg://dayline@127.0.0.1:{probe.getsockname()[1]}/dayline"
    return create_app(settings.model_copy(update={"database_url": url}))


async def test_a_database_that_nobody_runs_is_asked_once(
    away: FastAPI, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    transport = httpx.ASGITransport(app=away, raise_app_exceptions=False)
    token = {"Authorization": f"Bearer {team.owner.token}"}
    await team.owner.get("/tasks")  # understood, in this process
    async with httpx.AsyncClient(transport=transport, base_url=HOME, headers=token) as client:
        for path in ("/tasks", "/members"):
            with counted_waits(away, monkeypatch) as asked:
                refused = await client.get(team.owner.base + path)
            assert problem_of(refused) == (503, "unavailable", "2")
            assert len(asked) == 1


async def test_a_statement_that_takes_too_long_is_the_databases_fault(settings: Settings) -> None:
    engine = create_engine(settings.database_url or "", pool_size=1)
    try:
        async with engine.connect() as connection:
            raw = await connection.get_raw_connection()
            assert isinstance(raw.driver_connection, asyncpg.Connection)
            raw.driver_connection._config = raw.driver_connection._config._replace(
                command_timeout=0.05
            )
            with pytest.raises(DatabaseAway):
                await connection.execute(text("SELECT pg_sleep(5)"))
    finally:
        await engine.dispose()


@pytest.mark.parametrize(
    "fault",
    [
        OSError(28, "No space left on device"),
        PermissionError("not ours"),
        TimeoutError(),
        ConnectionResetError("a server elsewhere"),
        asyncpg.InterfaceError("cannot perform operation: another operation is in progress"),
    ],
    ids=repr,
)
async def test_a_fault_that_is_not_the_databases_is_not_called_so(
    settings: Settings, fault: Exception
) -> None:
    class BrokenClock(Clock):
        def read(self) -> datetime | None:
            raise fault

    app = create_app(settings, BrokenClock())
    token = {"authorization": "Bearer dl_x", "host": "localhost:8080"}
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    with capture_logs() as lines:
        async with httpx.AsyncClient(transport=transport, base_url=HOME, headers=token) as client:
            for path in ("/members", "/tasks"):
                answer = await client.get(f"/api/workspaces/acme{path}")
                assert problem_of(answer) == (500, "internal", None)
        refused = await ask(app, token, by="websocket")
        assert (refused.status, refused.problem["type"]) == (500, "urn:dayline:problem:internal")
    assert "database unreachable" not in [line["event"] for line in lines]
    await app.state.engine.dispose()
