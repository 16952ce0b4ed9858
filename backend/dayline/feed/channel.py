"""Delivering one workspace's live events: each is read once and sent to all who see it."""

import asyncio
from collections.abc import Iterable
from uuid import UUID

import structlog

from dayline.feed.connection import ACCESS_ENDED, Connection
from dayline.feed.connection_group import ConnectionGroup
from dayline.feed.pages import Page, PageReader, Source
from dayline.feed.resume import ResetReason
from dayline.feed.writing import Writing
from dayline.kernel.jobs.backoff import Backoff

log = structlog.get_logger("dayline.feed")

GATHER_S = 0.01
"""The pause between two reads, in seconds. Commits in between are sent together."""


class Channel:
    """Sends its connections the events they see, and closes those whose access ended.

    Events and access are read in one snapshot, so no one gets an event that was committed after
    their access ended.
    """

    def __init__(self, workspace_id: UUID, source: Source) -> None:
        self.workspace_id = workspace_id
        self.connections: set[Connection] = set()
        self.seen: tuple[UUID, int, int] | None = None
        """The epoch, head and access revision at the last read."""
        self._reader = PageReader(workspace_id, source)
        self._group: ConnectionGroup | None = None
        self._due = asyncio.Event()

    def poke(self) -> None:
        """Signal that there may be new events."""
        self._due.set()

    def join(self, connection: Connection) -> None:
        """Add a connection. It is sent what it missed, then new events as they happen."""
        self.connections.add(connection)
        self.catch_up(connection)

    def leave(self, connection: Connection) -> None:
        """Remove a connection. It is sent nothing more."""
        connection.live = False
        self.connections.discard(connection)
        self._group = None

    def group(self) -> ConnectionGroup:
        """Return the connections whose access has been read. The others read their own first."""
        if self._group is None:
            self._group = ConnectionGroup.of([each for each in self.connections if each.access_rev])
        return self._group

    async def run(self) -> None:
        """Read new events after each `poke`, until cancelled. Retry while the database is down."""
        backoff = _backoff()
        while True:
            await self._due.wait()
            self._due.clear()
            try:
                await self._advance()
                backoff.reset()
                await asyncio.sleep(GATHER_S)
            except Exception as fault:
                log.warning("feed cannot be read", fault=repr(fault), again_in=backoff.pause)
                self._due.set()
                await backoff.wait()

    async def _advance(self) -> None:
        group = self.group()
        after = min((c.position for c in group.connections if c.live), default=None)
        page = await self._reader.read(group, after)
        if page is None:
            self._end(group.connections)
            return
        self.seen = (page.moment.epoch, page.moment.head, page.moment.access_rev)
        self._deliver(group.connections, page)
        if any(c.live and c.position < page.moment.head for c in self.connections):
            self.poke()

    def catch_up(self, connection: Connection) -> None:
        """Make a connection that is behind catch up on its own, at its client's pace."""
        connection.live = False
        if connection.catching_up is None and not connection.ended.done():
            connection.catching_up = asyncio.create_task(self._catch_up(connection))

    async def _catch_up(self, connection: Connection) -> None:
        backoff = _backoff()
        while not connection.live and not connection.ended.done():
            try:
                await self._go_on(connection)
                backoff.reset()
            except Exception as fault:
                log.warning("feed cannot be read", fault=repr(fault), again_in=backoff.pause)
                await backoff.wait()
        connection.catching_up = None

    async def _go_on(self, connection: Connection) -> None:
        await connection.taken()
        page = await self._reader.read(ConnectionGroup.of([connection]), connection.position)
        if page is None:
            self._end([connection])
            return
        self._give(connection, page, Writing(page))
        if connection.position >= page.moment.head and not connection.ended.done():
            connection.live = True
            if self.seen is not None and self.seen[1] > connection.position:
                self.poke()  # others were sent more events meanwhile

    def _deliver(self, connections: Iterable[Connection], page: Page) -> None:
        writing = Writing(page)
        for connection in connections:
            if page.changed is not None and connection.credential_id not in page.changed:
                connection.end(ACCESS_ENDED)
            elif connection.live and page.follows(connection.position):
                self._give(connection, page, writing)
                if connection.position < page.upto:
                    self.catch_up(connection)

    def _give(self, connection: Connection, page: Page, writing: Writing) -> None:
        """Send the connection what it sees of a page, until its outbox is full."""
        unlike = page.changed is not None or connection.history != page.moment.epoch
        if unlike and self._meet(connection, page):
            return
        if connection.position < page.upto:
            for frame in writing.frames(connection):
                if not connection.offer(frame):
                    return

    def _meet(self, connection: Connection, page: Page) -> bool:
        """Update the connection's viewer. Return whether the connection was closed or reset."""
        epoch, viewer = page.moment.epoch, connection.viewer
        if page.changed is not None:
            seen = page.changed.get(connection.credential_id)
            if seen is None:
                connection.end(ACCESS_ENDED)
                return True
            viewer = seen.viewer
            connection.mark, connection.access_rev = seen.mark, page.moment.access_rev
            self._group = None
        if connection.history == epoch and connection.viewer == viewer:
            return False
        reason = ResetReason.ACCESS if connection.history == epoch else ResetReason.EPOCH
        connection.history, connection.viewer = epoch, viewer
        connection.reset(reason, page.moment.head)
        return True

    def _end(self, connections: Iterable[Connection]) -> None:
        for connection in connections:
            connection.end(ACCESS_ENDED)


def _backoff() -> Backoff:
    """The pauses between reads while the database is down."""
    return Backoff(0.25, 2.0)
