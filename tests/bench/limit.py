"""The limits: bare ASGI over asyncpg that says and writes the same, and FastAPI that does nothing.

The bare application signs nobody in, and its role passes every wall. `/list` runs our own statement
and answers the same bytes; `/post/…` writes copies of the rows that a real comment wrote, one
statement a table, in one transaction.
"""

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import asyncpg
from fastapi import FastAPI, Response

from dayline.identity.reading import ViewerParams
from dayline.tasks.listing import TaskSort, list_of

ROLE = "bench_limit"

_GENERATED = """
SELECT attname FROM pg_attribute WHERE attrelid = $1::regclass AND attgenerated <> ''
"""

Row = Mapping[str, Any]


async def _nothing(_connection: asyncpg.Connection) -> None:
    """What is done to a connection that comes back."""


@dataclass(frozen=True)
class Template:
    """What one real comment wrote."""

    message: Row
    mentions: Sequence[Row]
    timers: Sequence[Row]
    events: Sequence[Row]

    @classmethod
    async def read(cls, connection: asyncpg.Connection, message_id: UUID) -> "Template":
        """The rows of a message, and the events about it."""
        (message,) = await connection.fetch("SELECT * FROM messages WHERE id = $1", message_id)
        generated = {name for (name,) in await connection.fetch(_GENERATED, "messages")}
        of_message = "SELECT * FROM {} WHERE message_id = $1"
        return cls(
            {name: held for name, held in message.items() if name not in generated},
            await connection.fetch(of_message.format("mentions"), message_id),
            await connection.fetch(of_message.format("timers"), message_id),
            await connection.fetch("SELECT * FROM events WHERE at = $1", message["sent_at"]),
        )


async def _insert(connection: asyncpg.Connection, table: str, rows: Iterable[Row]) -> None:
    for row in rows:
        places = ", ".join(f"${at}" for at in range(1, len(row) + 1))
        statement = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places})"  # noqa: S608
        await connection.execute(statement, *row.values())


class Limit:
    """The bare application, on the database and for the rows that its environment names."""

    def __init__(self) -> None:
        self.pool: Any = None
        self.workspace = UUID(os.environ["BENCH_WORKSPACE"])
        self.message = UUID(os.environ["BENCH_MESSAGE"])
        listing = list_of(False, frozenset(), TaskSort.UPDATED_AT_DESC, 50, behind=False)
        anyone = {
            ViewerParams.workspace_id.key: self.workspace,
            ViewerParams.member_id.key: self.workspace,
        }
        self.list_sql, self.list_arguments = listing.sql, listing.arguments(**anyone)

    async def start(self) -> None:
        settings = {"role": ROLE, "timezone": "UTC", "jit": "off"}
        self.pool = await asyncpg.create_pool(
            os.environ["BENCH_DSN"],
            min_size=20,
            max_size=20,
            reset=_nothing,
            server_settings=settings,
        )
        async with self.pool.acquire() as connection:
            self.template = await Template.read(connection, self.message)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        if self.pool is None:
            await self.start()
        async with self.pool.acquire() as connection:
            _, _, *topic = scope["path"].split("/")
            body = await (self.post(connection, UUID(*topic)) if topic else self.list(connection))
        headers = [(b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def list(self, connection: asyncpg.Connection) -> bytes:
        """Fifty tasks, as PostgreSQL writes them."""
        cards = await connection.fetch(self.list_sql, *self.list_arguments)
        return f"[{','.join(card[0] for card in cards[:50])}]".encode()

    async def post(self, connection: asyncpg.Connection, topic_id: UUID) -> bytes:
        """The rows of a comment in a topic."""
        like, id_ = self.template, uuid4()
        async with connection.transaction():
            await connection.execute(
                "UPDATE topics SET message_count = message_count + 1, last_message_at = now() "
                "WHERE workspace_id = $1 AND id = $2",
                self.workspace,
                topic_id,
            )
            there = {"topic_id": topic_id}
            of_it = {"message_id": id_}
            await _insert(connection, "messages", [{**like.message, **there, "id": id_}])
            await _insert(connection, "mentions", [_new(row) | of_it for row in like.mentions])
            await _insert(connection, "timers", [_new(row) | of_it | there for row in like.timers])
            head = await connection.fetchval(
                "UPDATE workspace_feed SET head = head + $2 WHERE workspace_id = $1 RETURNING head",
                self.workspace,
                len(like.events),
            )
            events = [_new(row) | {"seq": head - at} for at, row in enumerate(like.events)]
            await _insert(connection, "events", events)
        return json.dumps({"id": str(id_)}).encode()


def _new(row: Row) -> dict[str, Any]:
    return {**row, "id": uuid4()}


noop = FastAPI()


@noop.get("/noop")
async def noop_get() -> Response:
    """Answer that nothing changed."""
    return Response(status_code=304)
