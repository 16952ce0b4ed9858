"""One workspace's live events in one server process: read once, given to all who see them."""

import asyncio
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from dayline.feed import frames, queries
from dayline.feed.audience import Participants, Viewer, sees
from dayline.feed.connection import ACCESS_ENDED, Connection
from dayline.feed.frames import Encoded, Frame
from dayline.feed.queries import Moment, Standing
from dayline.feed.resume import ResetReason
from dayline.kernel.clock import Clock
from dayline.kernel.database import Sessions
from dayline.kernel.events import Audience, AudienceKind, EventRow

log = structlog.get_logger("dayline.feed")

PAGE = 500
"""Events read at once."""

GATHER_S = 0.01
"""Between two reads: what was committed meanwhile goes out together."""

MOST_TOPICS_KEPT = 10_000
"""Participants never change, so they are read once."""

FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.25, 2.0


@dataclass(frozen=True, slots=True)
class Source:
    """Where channels read: snapshots, a few at a time, at the clock's instant."""

    snapshots: Sessions
    clock: Clock
    idle_days: int
    turns: asyncio.Semaphore


@dataclass(frozen=True, slots=True)
class Page:
    """What one snapshot says to some connections: who they are now, and the events that follow.

    It holds every event behind number `after` up to `upto`; without `after`, none was read.
    """

    moment: Moment
    viewers: dict[UUID, Viewer]
    """By session or token; one that ended is absent."""
    after: int | None
    upto: int
    events: Sequence[tuple[Audience, Encoded]]
    participants: Participants
    """Of the direct topics among them."""

    def follows(self, position: int) -> bool:
        """Whether nothing lies between `position` and this page."""
        return self.after is not None and self.after <= position


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
        self._source = source
        self._due = asyncio.Event()
        self._known: dict[UUID, Collection[UUID]] = {}

    def poke(self) -> None:
        """Say that there may be something new."""
        self._due.set()

    async def run(self) -> None:
        """Read whenever poked; a database that is away is asked again."""
        pause = FIRST_PAUSE_S
        while True:
            await self._due.wait()
            self._due.clear()
            try:
                await self._advance()
                pause = FIRST_PAUSE_S
                await asyncio.sleep(GATHER_S)
            except Exception as fault:
                log.warning("feed cannot be read", fault=repr(fault), again_in=pause)
                self._due.set()
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE_S)

    async def _advance(self) -> None:
        connections = tuple(self.connections)
        after = min((c.position for c in connections if c.live), default=None)
        page = await self._read(connections, after)
        if page is None:
            self._end(connections)
            return
        self.seen = (page.moment.epoch, page.moment.head, page.moment.access_rev)
        self._deliver(connections, page)
        if after is not None and page.upto < page.moment.head:
            self.poke()

    async def follow(self, connection: Connection) -> None:
        """Make a connection live, and again whenever it fell behind, at the pace of its client."""
        pause = FIRST_PAUSE_S
        while True:
            await connection.fell_behind.wait()
            try:
                await self._catch_up(connection)
                pause = FIRST_PAUSE_S
            except Exception as fault:
                log.warning("feed cannot be read", fault=repr(fault), again_in=pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE_S)

    async def _catch_up(self, connection: Connection) -> None:
        await connection.outbox.emptied()
        page = await self._read([connection], connection.position)
        if page is None:
            self._end([connection])
            return
        connection.fell_behind.clear()
        self._give(connection, page, _Writing(page))
        if connection.position < page.moment.head:
            connection.fell_behind.set()
        elif not connection.ended.done():
            connection.live = True
            self.poke()  # something may have been committed since

    async def _read(self, connections: Collection[Connection], after: int | None) -> Page | None:
        source = self._source
        async with source.turns, source.snapshots() as session, session.begin():
            moment = await queries.enter(session, self.workspace_id, source.clock.read())
            if moment is None:
                return None
            viewers = await self._viewers(session, connections, moment)
            rows: Sequence[EventRow] = ()
            participants: Participants = {}
            if after is not None and after < moment.head:
                rows = await queries.all_events(
                    session, self.workspace_id, after=after, upto=moment.head, limit=PAGE
                )
                participants = await self._participants_of(session, rows)
        upto = rows[-1].seq if len(rows) == PAGE else moment.head
        events = [(Audience(kind=r.audience, id=r.audience_id), Encoded.of(r)) for r in rows]
        return Page(moment, viewers, after, upto, events, participants)

    async def _viewers(
        self, session: AsyncSession, connections: Collection[Connection], moment: Moment
    ) -> dict[UUID, Viewer]:
        credentials = {connection.credential_id for connection in connections}
        standing = await queries.standing(
            session, [self.workspace_id], credentials, moment.now, self._source.idle_days
        )
        guests = {who.member_id for who in standing.values() if who.is_guest}
        projects = await queries.projects_of(session, self.workspace_id, guests)
        return {
            credential_id: self._viewer(who, projects)
            for (_, credential_id), who in standing.items()
        }

    def _viewer(self, who: Standing, projects: dict[UUID, frozenset[UUID]]) -> Viewer:
        seen = projects.get(who.member_id, frozenset())
        return Viewer(self.workspace_id, who.member_id, who.role, who.acts_as_admin, seen)

    async def _participants_of(
        self, session: AsyncSession, rows: Iterable[EventRow]
    ) -> Participants:
        topics = {r.audience_id for r in rows if r.audience is AudienceKind.TOPIC and r.audience_id}
        known = {topic: self._known[topic] for topic in topics if topic in self._known}
        read = await queries.participants_of(session, self.workspace_id, topics - known.keys())
        if len(self._known) > MOST_TOPICS_KEPT:
            self._known.clear()
        self._known.update(read)
        return {**known, **read}

    def _deliver(self, connections: Iterable[Connection], page: Page) -> None:
        writing = _Writing(page)
        for connection in connections:
            if connection.credential_id not in page.viewers:
                connection.end(ACCESS_ENDED)
            elif connection.live and page.follows(connection.position):
                self._give(connection, page, writing)

    def _give(self, connection: Connection, page: Page, writing: "_Writing") -> None:
        viewer = page.viewers.get(connection.credential_id)
        if viewer is None:
            connection.end(ACCESS_ENDED)
        elif connection.history != page.moment.epoch or connection.viewer != viewer:
            renewed = connection.history != page.moment.epoch
            connection.history, connection.viewer = page.moment.epoch, viewer
            reason = ResetReason.EPOCH if renewed else ResetReason.ACCESS
            connection.reset(reason, page.moment.head)
        elif connection.position < page.upto:
            for frame in writing.frames(connection):
                if not connection.offer(frame):
                    return

    def _end(self, connections: Iterable[Connection]) -> None:
        for connection in connections:
            connection.end(ACCESS_ENDED)


class _Writing:
    """The frames of a page, written once for all who are equally far and see the same of it."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._seen: dict[Viewer, tuple[Encoded, ...]] = {}
        self._written: dict[tuple[int, tuple[int, ...]], list[Frame]] = {}

    def frames(self, connection: Connection) -> list[Frame]:
        position = connection.position
        visible = [e for e in self._visible(connection.viewer) if e.seq > position]
        key = (position, tuple(event.seq for event in visible))
        if key not in self._written:
            self._written[key] = list(frames.events(position, self._page.upto, visible))
        return self._written[key]

    def _visible(self, viewer: Viewer) -> tuple[Encoded, ...]:
        if viewer not in self._seen:
            self._seen[viewer] = tuple(
                event
                for audience, event in self._page.events
                if sees(viewer, audience, self._page.participants)
            )
        return self._seen[viewer]
