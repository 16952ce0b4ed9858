"""The hub: all live connections of this server process, by workspace."""

import asyncio
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncEngine

from dayline.feed import queries
from dayline.feed.channel import Channel
from dayline.feed.connection import BEAT_S, GOING_AWAY, Connection
from dayline.feed.hints import Hints
from dayline.feed.live_access import NOBODY, Judged, digests_of
from dayline.feed.pages import Source
from dayline.feed.snapshots import create_snapshots
from dayline.feed.socket_limit import SocketLimit
from dayline.kernel.db.clock import Clock
from dayline.kernel.jobs.cancel import cancel_and_wait
from dayline.kernel.ops.settings import Settings

log = structlog.get_logger("dayline.feed")

POLL_S = 1.0
READS_AT_ONCE = 4


class Hub:
    """Delivers committed events to connected clients.

    Hints after commits make delivery fast. A poll of all workspaces once a second makes it
    reliable, and detects ended sessions, tokens, roles and memberships.
    """

    def __init__(self, engine: AsyncEngine, clock: Clock, settings: Settings) -> None:
        self.snapshots = create_snapshots(engine)
        self.places = SocketLimit(settings.member_sockets)
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
        """Report that events of a workspace were committed. Never blocks and never fails."""
        self._poke(workspace_id)
        if self._hints is not None:
            self._hints.tell(workspace_id)

    def _poke(self, workspace_id: UUID) -> None:
        channel = self.channels.get(workspace_id)
        if channel is not None:
            channel.poke()

    async def start(self) -> None:
        """Start polling, heartbeats and hints."""
        self._parts += [asyncio.create_task(part) for part in (self._poll(), self._beat())]
        if self._hints is not None:
            self._parts += self._hints.start()

    async def stop(self) -> None:
        """Close every connection and stop all tasks."""
        for channel in self.channels.values():
            for connection in channel.connections:
                connection.end(GOING_AWAY)
        await cancel_and_wait([*self._parts, *self._running.values()])

    def join(self, connection: Connection) -> None:
        """Add a connection to the channel of its workspace."""
        workspace_id = connection.viewer.workspace_id
        channel = self.channels.get(workspace_id)
        if channel is None:
            channel = self.channels[workspace_id] = Channel(workspace_id, self._source)
            self._running[workspace_id] = asyncio.create_task(channel.run())
        channel.join(connection)
        self._occupied.set()

    def leave(self, connection: Connection) -> None:
        """Remove a connection, and its channel if it was the last one."""
        workspace_id = connection.viewer.workspace_id
        channel = self.channels[workspace_id]
        channel.leave(connection)
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
        """Poke each channel that has new events or whose connections' access changed."""
        channels = list(self.channels.values())
        held = {channel.workspace_id: channel.group().credentials for channel in channels}
        source = self._source
        async with self.snapshots() as session, session.begin():
            heads = await queries.heads(session, held)
            judged = Judged(source.clock.read(), source.idle_days)
            standing = await digests_of(session, held, judged)
        for channel in channels:
            found = (heads.get(channel.workspace_id), standing.get(channel.workspace_id, NOBODY))
            if found != (channel.seen, channel.group().standing):
                channel.poke()

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(BEAT_S)
            for channel in self.channels.values():
                for connection in channel.connections:
                    connection.beat()
