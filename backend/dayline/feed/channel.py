"""One workspace's live events in one server process: read once, given to all who see them."""

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
"""Between two reads: what was committed meanwhile goes out together."""


class Channel:
    """Brings its connections every event that they see, and ends those whose access ended.

    Events and access are read in one snapshot: nobody gets an event that was committed after
    their access ended.
    """

    def __init__(self, workspace_id: UUID, source: Source) -> None:
        self.workspace_id = workspace_id
        self.connections: set[Connection] = set()
        self.seen: tuple[UUID, int, int] | None = None
        """Epoch, head and access revision as last read."""
        self._reader = PageReader(workspace_id, source)
        self._group: ConnectionGroup | None = None
        self._due = asyncio.Event()

    def poke(self) -> None:
        """Say that there may be something new."""
        self._due.set()

    def join(self, connection: Connection) -> None:
        """Bring it what happens from now on, and before that what it missed."""
        self.connections.add(connection)
        self.catch_up(connection)

    def leave(self, connection: Connection) -> None:
        """Deliver nothing more to a connection."""
        connection.live = False
        self.connections.discard(connection)
        self._group = None

    def group(self) -> ConnectionGroup:
        """The connections whose access was read; the others are about to read their own."""
        if self._group is None:
            self._group = ConnectionGroup.of([each for each in self.connections if each.access_rev])
        return self._group

    async def run(self) -> None:
        """Read whenever poked; a database that is away is asked again."""
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
        """Have a connection that is behind catch up by itself, at the pace of its client."""
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
                self.poke()  # it was given to the others meanwhile

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
        """Send what the connection sees of a page, as far as its client takes it."""
        unlike = page.changed is not None or connection.history != page.moment.epoch
        if unlike and self._meet(connection, page):
            return
        if connection.position < page.upto:
            for frame in writing.frames(connection):
                if not connection.offer(frame):
                    return

    def _meet(self, connection: Connection, page: Page) -> bool:
        """Note who looks by the connection now; whether that ends or resets it."""
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
    """Between reads, while the database is away."""
    return Backoff(0.25, 2.0)
