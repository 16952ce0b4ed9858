"""The plans of the lists that everybody loads, as the role that serves and behind the wall."""

from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest
from asyncpg.connection import LoggedQuery
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncConnection

from dayline.app import create_app
from dayline.kernel.ops.settings import Settings
from tests.clock import MovableClock
from tests.conftest import TEMPLATE
from tests.servers import Servers
from tests.tasks.desk import Desk, done, keys
from tests.team import Team

DATABASE = "dayline_plans"
TENANTS = 8
TASKS = 1000

_FILL = text(
    """
    WITH made AS (
        SELECT n, gen_random_uuid() AS task_id, gen_random_uuid() AS topic_id,
            CAST(:now AS timestamptz) + n * interval '1 minute' AS at
        FROM generate_series(1, :count) AS n
    ), project AS (
        SELECT workspace_id, id, (SELECT id FROM members LIMIT 1) AS member_id FROM projects
    ), topic AS (
        INSERT INTO topics (workspace_id, id, rev, kind, project_id, title, main, for_guests,
            created_at, created_by, message_count)
        SELECT workspace_id, topic_id, 1, 'task', project.id, 'A task', false, true, at,
            member_id, 0
        FROM project, made
    ), task AS (
        INSERT INTO tasks (workspace_id, id, rev, project_id, number, topic_id, title, state,
            priority, created_by, context, request, deadline, options, authority,
            created_at, updated_at, state_changed_at)
        SELECT workspace_id, task_id, 1, project.id, n, topic_id, 'A task', 'todo',
            'normal', member_id, '', '', '', '', '', at, at, at
        FROM project, made
    ), label AS (
        INSERT INTO task_labels (workspace_id, id, task_id, name, folded)
        SELECT workspace_id, gen_random_uuid(), task_id, 'l' || n % 100, 'l' || n % 100
        FROM project, made
    )
    INSERT INTO events (workspace_id, seq, id, kind, at, audience, audience_id, subject_id, data)
    SELECT workspace_id, 1000 + n, gen_random_uuid(), 'task.changed', at, 'project', project.id,
        task_id, '{"task": {"state": "todo"}, "changes": {}}'
    FROM project, made
    """
)


@pytest.fixture(scope="module")
async def crowded(servers: Servers) -> AsyncIterator[Desk]:
    """One workspace of eight, each with a thousand tasks."""
    clock = MovableClock()
    url = servers.create_database(DATABASE, template=TEMPLATE)
    app = create_app(Settings(database_url=url, redis_url=servers.redis_url), clock)
    async with app.router.lifespan_context(app):
        desks = [await Desk.of(await Team.create(app, clock)) for _ in range(TENANTS)]
        for desk in desks:
            async with app.state.engine.begin() as connection:
                await _enter(connection, desk)
                await connection.execute(_FILL, {"now": clock.now, "count": TASKS})
        servers.postgres.psql("ANALYZE", database=DATABASE)
        yield desks[3]
        for desk in desks:
            await desk.team.close()
    servers.drop_database(DATABASE)


async def _enter(connection: AsyncConnection, desk: Desk) -> None:
    await connection.execute(
        text("SELECT set_config('app.workspace_id', :id, true)"),
        {"id": str(desk.team.workspace_id)},
    )


class Seen:
    """The last statement that read `table`, with its parameters, on any connection."""

    def __init__(self, table: str) -> None:
        self.table = table
        self.statement = ""
        self.parameters: Any = ()

    def of_session(self, _c: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if f"FROM {self.table}" in statement:
            self.statement, self.parameters = statement, parameters

    def of_bare_connection(self, ran: LoggedQuery) -> None:
        if f"FROM {self.table}" in ran.query:
            self.statement, self.parameters = ran.query, ran.args

    def watch(self, connection: Any, *_: Any) -> None:
        connection.driver_connection.add_query_logger(self.of_bare_connection)

    def leave(self, connection: Any, *_: Any) -> None:
        connection.driver_connection.remove_query_logger(self.of_bare_connection)


async def statement_of(desk: Desk, path: str, table: str, **params: Any) -> Seen:
    """The statement that reads `table` for a request."""
    engine = desk.team.app.state.engine.sync_engine
    seen = Seen(table)
    listeners: dict[str, Callable[..., Any]] = {
        "before_cursor_execute": seen.of_session,
        "checkout": seen.watch,
        "checkin": seen.leave,
    }
    for name, listener in listeners.items():
        event.listen(engine, name, listener)
    done(await desk.owner.get(path, **params))
    for name, listener in listeners.items():
        event.remove(engine, name, listener)
    return seen


async def plans(desk: Desk, path: str, table: str, **params: Any) -> list[dict[str, Any]]:
    """The nodes of the plans for a request: with its values known, and for any values."""
    seen = await statement_of(desk, path, table, **params)
    nodes: list[dict[str, Any]] = []
    async with desk.team.app.state.engine.connect() as connection:
        await _enter(connection, desk)
        assert await connection.scalar(text("SELECT current_user")) == "dayline_app"
        await connection.exec_driver_sql(f"PREPARE asked AS {seen.statement}")
        values = ", ".join(map(_literal, seen.parameters))
        for mode in ("force_custom_plan", "force_generic_plan"):
            await connection.execute(text(f"SET LOCAL plan_cache_mode = {mode}"))
            explained = await connection.exec_driver_sql(
                f"EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE asked ({values})"
            )
            nodes += _nodes(explained.scalar_one()[0]["Plan"])
        await connection.exec_driver_sql("DEALLOCATE asked")
    return nodes


def _literal(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return f"ARRAY[{', '.join(map(_literal, value))}]"
    return f"'{value}'"


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for child in plan.get("Plans", ()):
        yield from _nodes(child)


def _touched(nodes: list[dict[str, Any]], table: str) -> int:
    """The most rows of `table` that one scan went through."""
    scans = [node for node in nodes if node.get("Relation Name") == table]
    assert scans
    assert not [node for node in scans if node["Node Type"] == "Seq Scan"]
    return max(
        int((node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"])
        for node in scans
    )


async def test_the_lists_of_one_workspace_read_only_what_they_show(crowded: Desk) -> None:
    nodes = await plans(crowded, "/tasks", "tasks")
    assert "ix_tasks_workspace_id_updated_at_id" in {node.get("Index Name") for node in nodes}
    assert _touched(nodes, "tasks") <= 60


async def test_the_order_in_which_tasks_were_made_has_an_index_both_ways(crowded: Desk) -> None:
    for sort in ("created_at", "-created_at"):
        nodes = await plans(crowded, "/tasks", "tasks", sort=sort)
        assert "ix_tasks_workspace_id_created_at_id" in {node.get("Index Name") for node in nodes}
        assert _touched(nodes, "tasks") <= 60


async def test_a_late_page_reads_only_what_it_shows(crowded: Desk) -> None:
    answer = await crowded.owner.get("/tasks", limit=200)
    for _ in range(3):
        answer = await crowded.owner.http.get(answer.links["next"]["url"])
    cursor = answer.links["next"]["url"].split("cursor=")[1]
    assert len(keys(await crowded.owner.get("/tasks", cursor=cursor))) == 50
    nodes = await plans(crowded, "/tasks", "tasks", cursor=cursor)
    assert _touched(nodes, "tasks") <= 60


async def test_no_order_or_filter_reads_tasks_of_other_workspaces(crowded: Desk) -> None:
    for params in (
        {"sort": "key"},
        {"sort": "-priority", "state": "todo"},
        {"label": "l7"},
        {"project": "ABC", "open": "true"},
    ):
        nodes = await plans(crowded, "/tasks", "tasks", **params)
        assert _touched(nodes, "tasks") <= TASKS + 1


async def test_history_is_read_through_the_index_of_its_task(crowded: Desk) -> None:
    nodes = await plans(crowded, "/tasks/ABC-77/history", "events")
    assert "ix_events_workspace_id_subject_id_seq" in {node.get("Index Name") for node in nodes}
    assert _touched(nodes, "events") <= 1
