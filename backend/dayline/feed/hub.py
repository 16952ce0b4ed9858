"""The hub: all live connections of one server process, by workspace."""

import asyncio
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncEngine

from dayline.feed import queries
from dayline.feed.channel import Channel, Source
from dayline.feed.connection import GOING_AWAY, Connection
from dayline.feed.hints import Hints
from dayline.feed.snapshots import create_snapshots
from dayline.kernel.clock import Clock
from dayline.kernel.ending import end
from dayline.kernel.settings import Settings

log = structlog.get_logger("dayline.feed")

POLL_S = 1.0
READS_AT_ONCE = 4


class Hub:
    """Brings committed events to connected clients.

    A hint after a commit makes it quick; a look at all heads once a second makes it certain, and
    also finds whose session, token, role or membership ended.
    """

    def __init__(self, engine: AsyncEngine, clock: Clock, settings: Settings) -> None:
        self.snapshots = create_snapshots(engine)
        self.channels: dict[UUID, Channel] = {}
        self._source = Source(
            self.snapshots,
            clock,
            settings.session_idle_days,
            asyncio.Semaphore(READS_AT_ONCE),
        )
        self._hints = Hints(settings.redis_url, self._poke) if settings.redis_url else None
        self._running: dict[UUID, asyncio.Task[None]] = {}
        self._parts: list[asyncio.Task[None]] = []
        self._occupied = asyncio.Event()

    def announce(self, workspace_id: UUID) -> None:
        """Say that a workspace's events were committed. Never waits and never fails."""
        self._poke(workspace_id)
        if self._hints is not None:
            self._hints.tell(workspace_id)

    def _poke(self, workspace_id: UUID) -> None:
        channel = self.channels.get(workspace_id)
        if channel is not None:
            channel.poke()

    async def start(self) -> None:
        self._parts.append(asyncio.create_task(self._poll()))
        if self._hints is not None:
            self._parts += self._hints.start()

    async def stop(self) -> None:
        """End every connection and every part."""
        for channel in self.channels.values():
            for connection in channel.connections:
                connection.end(GOING_AWAY)
        await end([*self._parts, *self._running.values()])

    def join(self, connection: Connection) -> Channel:
        """Add a connection to its workspace's channel."""
        workspace_id = connection.viewer.workspace_id
        channel = self.channels.get(workspace_id)
        if channel is None:
            channel = self.channels[workspace_id] = Channel(workspace_id, self._source)
            self._running[workspace_id] = asyncio.create_task(channel.run())
        channel.connections.add(connection)
        self._occupied.set()
        return channel

    def leave(self, connection: Connection) -> None:
        """Forget a connection, and its channel with the last one."""
        workspace_id = connection.viewer.workspace_id
        channel = self.channels[workspace_id]
        channel.connections.discard(connection)
        if not channel.connections:
            del self.channels[workspace_id]
            self._running.pop(workspace_id).cancel()
        if not self.channels:
            self._occupied.clear()

    async def _poll(self) -> None:
        while True:
            await self._occupied.wait()
            try:
                await self._look()
            except Exception as fault:
                log.warning("heads cannot be read", fault=repr(fault))
            await asyncio.sleep(POLL_S)

    async def _look(self) -> None:
        """Poke each channel that has something new, or whose connections lost their standing."""
        channels = list(self.channels.values())
        credentials = {c.credential_id for channel in channels for c in channel.connections}
        workspaces = [channel.workspace_id for channel in channels]
        source = self._source
        async with self.snapshots() as session, session.begin():
            heads = await queries.heads(session, workspaces)
            standing = await queries.standing(
                session, workspaces, credentials, source.clock.read(), source.idle_days
            )
        for channel in channels:
            if channel.seen != heads.get(channel.workspace_id) or any(
                _differs(connection, standing) for connection in channel.connections
            ):
                channel.poke()


def _differs(connection: Connection, standing: dict[tuple[UUID, UUID], queries.Standing]) -> bool:
    viewer = connection.viewer
    who = standing.get((viewer.workspace_id, connection.credential_id))
    return who is None or who.role is not viewer.role
