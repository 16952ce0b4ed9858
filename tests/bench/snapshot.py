"""The snapshot of a large workspace, beside one statement whose JSON is sent as it is.

The limit reads the same tasks and topics without sign-in, walls, or a transaction.
"""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import asyncpg
import httpx

from dayline.app import create_app
from dayline.kernel.db.clock import DatabaseClock
from dayline.kernel.ops.migrate import upgrade
from dayline.kernel.ops.settings import Settings
from tests.bench.load import Call, call, measure
from tests.bench.table import Bench, Row, Sample, Turn, at_most
from tests.clock import MovableClock
from tests.processes import free_port, server_process
from tests.team import Team

TASKS = 5000
SNAPSHOT = "snapshot of 5,000 tasks"
NAMES = (SNAPSHOT,)
SECONDS = 3.0

_FURNISH = """
WITH made AS (
    SELECT uuidv7() AS id, uuidv7() AS topic_id, n, format('A task of the usual length, no. %s', n)
        AS title, now() - interval '1 minute' * n AS at
    FROM generate_series(1, $4) AS n
), topic AS (
    INSERT INTO topics (workspace_id, id, kind, project_id, title, main, for_guests, created_at,
        created_by, message_count, last_message_at, rev)
    SELECT $1, topic_id, 'task', $2, title, false, true, at, $3, n % 5,
        CASE WHEN n % 5 > 0 THEN at END, 1
    FROM made
), task AS (
    INSERT INTO tasks (workspace_id, id, project_id, number, topic_id, title, state, priority,
        assignee_id, context, request, deadline, options, authority, created_at, created_by,
        updated_at, state_changed_at, rev)
    SELECT $1, id, $2, n, topic_id, title, 'todo', 'normal', $3, 'Why', 'What', '', '', '',
        at, $3, at, at, 1
    FROM made
), label AS (
    INSERT INTO task_labels (workspace_id, id, task_id, name, folded)
    SELECT $1, uuidv7(), id, 'Label ' || n % 7, 'label ' || n % 7 FROM made
)
INSERT INTO task_watchers (workspace_id, id, task_id, member_id)
SELECT $1, uuidv7(), id, $3 FROM made WHERE n % 3 = 0
"""
_LIMIT = """
SELECT json_build_object('tasks', (
    SELECT json_agg(task) FROM (
        SELECT t.id, p.key || '-' || t.number AS key, t.project_id, t.number, t.title, t.state,
            t.priority, t.assignee_id, t.parent_id, t.due_on,
            array(SELECT name FROM task_labels l WHERE l.workspace_id = $1 AND l.task_id = t.id)
                AS labels,
            array(SELECT blocked_by_id FROM task_dependencies d
                WHERE d.workspace_id = $1 AND d.task_id = t.id) AS blocked_by,
            array(SELECT member_id FROM task_watchers w
                WHERE w.workspace_id = $1 AND w.task_id = t.id) AS watchers,
            t.topic_id, t.created_at, t.created_by, t.updated_at, t.state_changed_at, t.closed_at,
            t.rev
        FROM tasks t JOIN projects p ON p.workspace_id = $1 AND p.id = t.project_id
        WHERE t.workspace_id = $1) AS task
), 'topics', (
    SELECT json_agg(topic) FROM (
        SELECT id, kind, project_id, title, main, created_at, created_by, resolved_at, resolved_by,
            message_count, last_message_at, rev, NULL AS participants
        FROM topics WHERE workspace_id = $1) AS topic
))::text
"""

_pool: Any = None


async def app(scope: Any, _receive: Any, send: Any) -> None:
    """The limit: what the statement finds, as it is."""
    global _pool  # noqa: PLW0603 -- one pool a process, made inside its loop
    if scope["type"] != "http":
        return
    if _pool is None:
        _pool = await asyncpg.create_pool(
            os.environ["BENCH_DSN"], server_settings={"app.all_workspaces": "on", "jit": "off"}
        )
    body = (await _pool.fetchval(_LIMIT, UUID(os.environ["BENCH_WORKSPACE"]))).encode()
    headers = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def rows(bench: Bench) -> list[Row]:
    """The one row."""
    url = bench.servers.create_database("bench_snapshot")
    await asyncio.to_thread(upgrade, Settings(database_url=url))
    settings = Settings(database_url=url, redis_url=bench.servers.redis_url, log_level="warning")
    team = await Team.create(create_app(settings, DatabaseClock()), MovableClock())
    await furnish(url, team)
    signed = {"Authorization": f"Bearer {team.owner.token}"}
    with server_process(settings, bench.folder) as server, limit_process(url, team) as bare:
        ours = call(server.settings.port, "GET", f"{team.owner.base}/snapshot", signed)
        limit = call(bare, "GET", "/", {})
        row = await bench.row(SNAPSHOT, "ms", _turn(ours), _turn(limit), at_most("ours", 60))
    await team.close()
    await team.app.state.engine.dispose()
    return [row]


def _turn(wanted: Call) -> Turn:
    """Milliseconds until the last byte is there, for a client that asks again and again."""

    async def measured() -> Sample:
        seen = await measure(wanted, seconds=SECONDS, connections=1)
        return Sample(seen.p50_ms, seen.p99_ms)

    return measured


async def furnish(url: str, team: Team) -> None:
    """A project with tasks, each with its topic, a label and now and then a watcher."""
    project = (await team.owner.post("/projects", {"key": "BIG", "name": "Big"})).json()
    link = await asyncpg.connect(
        url.replace("+asyncpg", ""), server_settings={"app.all_workspaces": "on"}
    )
    ids = (team.workspace_id, UUID(project["id"]), team.owner.member_id)
    await link.execute(_FURNISH, *ids, TASKS)
    await link.execute("ANALYZE")
    await link.close()


@contextmanager
def limit_process(url: str, team: Team) -> Iterator[int]:
    """The bare application on a port of its own."""
    port = free_port()
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "uvicorn", "tests.bench.snapshot:app", "--port", str(port)),
            *("--no-access-log", "--log-level", "warning", "--lifespan", "off"),
        ],
        env=os.environ
        | {
            "BENCH_DSN": url.replace("+asyncpg", ""),
            "BENCH_WORKSPACE": str(team.workspace_id),
        },
    )
    try:
        with httpx.Client(transport=httpx.HTTPTransport(retries=20), timeout=10) as client:
            client.get(f"http://127.0.0.1:{port}/").raise_for_status()
        yield port
    finally:
        process.terminate()
        process.wait()
