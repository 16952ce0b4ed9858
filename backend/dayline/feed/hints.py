"""Hints over Valkey that a workspace has new events. A lost hint costs one poll interval."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import UUID, uuid4

import structlog
from redis.asyncio import Redis

from dayline.kernel.jobs.backoff import Backoff

log = structlog.get_logger("dayline.feed")

TOPIC = "dayline:feed"
_SETTLED_S = 10.0
"""A connection that lasted this long, in seconds, is reopened with the shortest pause."""


class Hints:
    """Sends hints to the other server processes and receives theirs. Tolerates a Valkey outage."""

    def __init__(self, url: str, heard: Callable[[UUID], None]) -> None:
        self._url = url
        self._heard = heard
        self._own = uuid4().hex
        self._waiting: set[UUID] = set()
        self._due = asyncio.Event()

    def tell(self, workspace_id: UUID) -> None:
        """Queue a hint about a workspace. Never blocks and never fails."""
        self._waiting.add(workspace_id)
        self._due.set()

    def start(self) -> list[asyncio.Task[None]]:
        """Start sending and listening. Returns the tasks, which the caller must cancel."""
        return [
            asyncio.create_task(self._again_and_again(part)) for part in (self._send, self._listen)
        ]

    async def _again_and_again(self, part: Callable[[Redis], Awaitable[None]]) -> None:
        backoff = Backoff(0.25, 5.0)
        while True:
            client = Redis.from_url(
                self._url, socket_connect_timeout=2, socket_timeout=5, health_check_interval=5
            )
            started_at = asyncio.get_running_loop().time()
            try:
                await part(client)
            except Exception as fault:
                log.warning("no hints from Valkey", fault=repr(fault), again_in=backoff.pause)
            finally:
                await client.aclose()
            self._waiting.clear()
            if asyncio.get_running_loop().time() - started_at > _SETTLED_S:
                backoff.reset()
            await backoff.wait()

    async def _send(self, client: Redis) -> None:
        while True:
            await self._due.wait()
            self._due.clear()
            while self._waiting:
                await client.publish(TOPIC, f"{self._own} {self._waiting.pop()}")

    async def _listen(self, client: Redis) -> None:
        async with client.pubsub(ignore_subscribe_messages=True) as subscription:
            await subscription.subscribe(TOPIC)
            while True:
                message = await subscription.get_message(timeout=5)
                if message is not None:
                    self._hear(message["data"])

    def _hear(self, said: bytes) -> None:
        sender, _, workspace_id = said.decode("ascii", "replace").partition(" ")
        if sender == self._own:
            return
        try:
            self._heard(UUID(workspace_id))
        except ValueError:
            log.warning("a hint that says nothing", said=said[:100])
