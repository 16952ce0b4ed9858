"""From events to the notices of 200 members, beside one statement that writes the same rows."""

import time

from dayline.kernel.db.clock import DatabaseClock
from dayline.notices.consumer import notices_consumer
from tests.bench.table import Bench, Row, Sample
from tests.bench.timers import Crowd, crowd

NOTICES = "events to notices of 200 members"
NAMES = (NOTICES,)

EVENTS, MEMBERS = 10_000, 200

_MEMBERS = """
    INSERT INTO members (workspace_id, id, rev, account_id, handle, name, role, joined_at)
    SELECT w.id, md5('member' || n)::uuid, 1, md5('account' || n)::uuid, 'm' || n, 'Member',
        'member', now()
    FROM workspaces w, generate_series(0, $1::integer - 1) AS n
"""
_EVENTS = """
    INSERT INTO events (workspace_id, seq, id, kind, at, actor_id, audience, audience_id, data)
    SELECT w.id, n, gen_random_uuid(),
        CASE n % 4 WHEN 0 THEN 'timer.started' WHEN 1 THEN 'timer.responded'
            WHEN 2 THEN 'task.changed' ELSE 'message.posted' END,
        now(), md5('member' || (n + 1) % $2)::uuid, 'team', NULL,
        CASE WHEN n % 4 < 2 THEN jsonb_build_object('timer', jsonb_build_object(
            'id', md5('timer' || n / 4)::uuid, 'message_id', md5('asking' || n / 4)::uuid,
            'topic_id', md5('topic' || n % 500)::uuid, 'project_id', md5('project')::uuid,
            'kind', 'task_comment', 'urgent', false, 'follows', NULL,
            'recipient_id', md5('member' || n % $2)::uuid,
            'author_id', md5('member' || (n + 7) % $2)::uuid,
            'local', jsonb_build_object('sent_at', now(), 'due_at', now()), 'due_at', now()
        ))
        WHEN n % 4 = 2 THEN jsonb_build_object('task', jsonb_build_object(
            'id', md5('task' || n % 1000)::uuid, 'topic_id', md5('topic' || n % 500)::uuid,
            'project_id', md5('project')::uuid, 'assignee_id', md5('member' || n % $2)::uuid,
            'closed_at', NULL, 'title', 'A task', 'labels', '[]'::jsonb
        ), 'changes', jsonb_build_object('assignee_id', '{}'::jsonb))
        ELSE jsonb_build_object('message_id', md5('message' || n)::uuid,
            'author_id', md5('member' || (n + 1) % $2)::uuid,
            'mentions', jsonb_build_array(md5('member' || n % $2)::uuid),
            'topic', jsonb_build_object('id', md5('topic' || n % 500)::uuid, 'kind', 'task',
                'project_id', md5('project')::uuid, 'title', 'A topic'))
        END
    FROM workspaces w, generate_series(1, $1::integer) AS n
"""
_PREPARE = """
    TRUNCATE notices CASCADE;
    DELETE FROM events WHERE kind LIKE 'notice.%';
    UPDATE workspace_feed SET head = {head};
    DELETE FROM relay_cursors WHERE consumer = 'notices';
    INSERT INTO relay_cursors (workspace_id, consumer, seq) SELECT id, 'notices', 0 FROM workspaces
"""
_LIMIT = """
    WITH made AS (
        INSERT INTO notices (workspace_id, id, member_id, kind, needs_you, event_seq, happened_at,
            actor_id, timer_id, message_id, topic_id, project_id)
        SELECT workspace_id, uuidv7(), md5('member' || seq % 200)::uuid, 'asked', true, seq, at,
            actor_id, (data #>> '{timer,id}')::uuid, gen_random_uuid(), gen_random_uuid(),
            gen_random_uuid()
        FROM events
        RETURNING *
    ),
    told AS (
        INSERT INTO events (workspace_id, seq, id, kind, at, audience, audience_id, data)
        SELECT workspace_id, (SELECT max(head) FROM workspace_feed)
            + row_number() OVER (ORDER BY event_seq), gen_random_uuid(), 'notice.created', now(),
            'member', member_id, jsonb_build_object('notice', to_jsonb(made))
        FROM made
        RETURNING 1
    )
    UPDATE workspace_feed SET head = head + (SELECT count(*) FROM told)
"""


async def rows(bench: Bench) -> list[Row]:
    """Its one row: events a second."""
    async with crowd(bench, "bench_notices", 0, 1) as one:
        await one.root.execute(_MEMBERS, MEMBERS)
        await one.root.execute(_EVENTS, EVENTS, MEMBERS)

        async def ours() -> Sample:
            await _prepare(one)
            consumer, clock, took = notices_consumer(), DatabaseClock(), list[float]()
            began = started = time.perf_counter()
            while await consumer.handle_next(one.sessions, clock, one.workspaces[0]):
                took.append(time.perf_counter() - started)
                started = time.perf_counter()
            return await _rate(one, began, sorted(took))

        async def limit() -> Sample:
            await _prepare(one)
            began = time.perf_counter()
            await one.root.execute(_LIMIT)
            return await _rate(one, began, [])

        return [await bench.row(NOTICES, "/s", ours, limit)]


async def _prepare(one: Crowd) -> None:
    await one.root.execute(_PREPARE.format(head=EVENTS))
    await one.settle()


async def _rate(one: Crowd, began: float, batches: list[float]) -> Sample:
    """Events a second, and the 99th percentile of a batch in milliseconds."""
    took = time.perf_counter() - began
    made = await one.root.fetchval("SELECT count(*) FROM notices")
    if made < EVENTS:
        raise RuntimeError(f"{made} notices of {EVENTS} events")
    return Sample(EVENTS / took, batches[len(batches) * 99 // 100] * 1000 if batches else None)
