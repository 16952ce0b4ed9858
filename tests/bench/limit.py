"""The limit: bare ASGI and asyncpg doing the same to the same rows, without walls or sign-in."""

import os
from typing import Any
from uuid import UUID, uuid4

import asyncpg

DSN = os.environ.get("BENCH_DSN", "")
WORKSPACE = UUID(os.environ.get("BENCH_WORKSPACE", str(UUID(int=0))))
TOPIC = UUID(os.environ.get("BENCH_TOPIC", str(UUID(int=0))))
MEMBER = UUID(os.environ.get("BENCH_MEMBER", str(UUID(int=0))))

_pool: Any = None

_LIST = """
SELECT json_agg(listed)::text FROM (
    SELECT t.*, p.key FROM tasks t JOIN projects p USING (workspace_id)
    WHERE t.workspace_id = $1 AND p.id = t.project_id
    ORDER BY t.updated_at DESC, t.id DESC LIMIT 50
) AS listed
"""
_POST = """
WITH topic AS (
    UPDATE topics SET message_count = message_count + 1, last_message_at = now()
    WHERE workspace_id = $1 AND id = $2
), message AS (
    INSERT INTO messages
        (workspace_id, id, topic_id, author_id, body, body_html, sent_at, rev, urgent, asks_listed)
    VALUES ($1, $3, $2, $4, 'Hello', '<p>Hello</p>', now(), 1, false, false)
), head AS (
    UPDATE workspace_feed SET head = head + 1 WHERE workspace_id = $1 RETURNING head
)
INSERT INTO events (workspace_id, seq, id, kind, at, actor_id, audience, audience_id, data)
SELECT $1, head, $3, 'message.posted', now(), $4, 'workspace', NULL, '{"topic": {}}'::jsonb
FROM head
"""


async def _connection() -> Any:
    global _pool  # noqa: PLW0603 -- one pool a process, made inside its loop
    if _pool is None:
        _pool = await asyncpg.create_pool(
            DSN, min_size=20, max_size=20, server_settings={"app.all_workspaces": "on"}
        )
    return _pool.acquire()


async def app(scope: Any, receive: Any, send: Any) -> None:
    """`/list` answers 50 tasks as PostgreSQL writes them; `/post` writes the rows of a comment."""
    if scope["type"] != "http":
        return
    async with await _connection() as connection:
        if scope["path"] == "/list":
            body = (await connection.fetchval(_LIST, WORKSPACE)).encode()
        else:
            body = b"{}"
            async with connection.transaction():
                await connection.execute(_POST, WORKSPACE, TOPIC, uuid4(), MEMBER)
    headers = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})
