"""Reading for a channel: who its connections are now, and what follows, in one snapshot."""

import asyncio
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from dayline.feed import queries
from dayline.feed.audience import FeedViewer, Participants
from dayline.feed.connection_group import ConnectionGroup
from dayline.feed.frames import Encoded
from dayline.feed.live_access import Judged, LiveAccess, Moment, enter, live_access_of
from dayline.kernel.db.clock import Clock
from dayline.kernel.db.database import Sessions
from dayline.kernel.db.events import Audience, AudienceKind, EventRow

PAGE = 500
"""Events read at once."""

MOST_TOPICS_KEPT = 10_000
"""Participants never change, so they are read once."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where channels read: snapshots, a few at a time, at the clock's instant."""

    snapshots: Sessions
    clock: Clock
    idle_days: int
    turns: asyncio.Semaphore


@dataclass(frozen=True, slots=True)
class Seen:
    """A member as one who sees, and the mark of the standing that says so."""

    viewer: FeedViewer
    mark: int


@dataclass(frozen=True, slots=True)
class Page:
    """What one snapshot says to some connections: who they are now, and the events that follow.

    It holds every event behind number `after` up to `upto`; without `after`, none was read.
    """

    moment: Moment
    changed: dict[UUID, Seen] | None
    """By session or token; one that ended is absent. None: all are who they were."""
    after: int | None
    upto: int
    events: Sequence[tuple[Audience, Encoded]]
    participants: Participants
    """Of the direct topics among them."""

    def follows(self, position: int) -> bool:
        """Whether nothing lies between `position` and this page."""
        return self.after is not None and self.after <= position


class PageReader:
    """Reads one workspace's pages."""

    def __init__(self, workspace_id: UUID, source: Source) -> None:
        self._workspace_id = workspace_id
        self._source = source
        self._known: dict[UUID, Collection[UUID]] = {}

    async def read(self, group: ConnectionGroup, after: int | None) -> Page | None:
        """The page for those on the roll; None where there is no such workspace any more."""
        source = self._source
        async with source.turns, source.snapshots() as session, session.begin():
            judged = Judged(source.clock.read(), source.idle_days)
            moment = await enter(session, self._workspace_id, group.credentials, judged)
            if moment is None:
                return None
            changed = await self._changed(session, group, moment)
            rows: Sequence[EventRow] = ()
            participants: Participants = {}
            if after is not None and after < moment.head:
                rows = await queries.all_events(
                    session, self._workspace_id, after=after, upto=moment.head, limit=PAGE
                )
                participants = await self._participants_of(session, rows)
        upto = rows[-1].seq if len(rows) == PAGE else moment.head
        events = [(Audience(kind=r.audience, id=r.audience_id), Encoded.of(r)) for r in rows]
        return Page(moment, changed, after, upto, events, participants)

    async def _changed(
        self, session: AsyncSession, group: ConnectionGroup, moment: Moment
    ) -> dict[UUID, Seen] | None:
        if (moment.access_rev, moment.standing) == (group.access_rev, group.standing):
            return None
        judged = Judged(moment.now, self._source.idle_days)
        accesses = await live_access_of(session, self._workspace_id, group.credentials, judged)
        guests = {who.member_id for who in accesses.values() if who.is_guest}
        sights = await queries.sights_of(session, self._workspace_id, guests)
        return {one: self._seen(who, sights) for one, who in accesses.items()}

    def _seen(self, who: LiveAccess, sights: dict[UUID, queries.GuestSight]) -> Seen:
        sight = sights.get(who.member_id, queries.NO_SIGHT)
        viewer = FeedViewer(
            self._workspace_id,
            who.member_id,
            who.role,
            who.acts_as_admin,
            sight.project_ids,
            sight.topic_ids,
        )
        return Seen(viewer, who.mark)

    async def _participants_of(
        self, session: AsyncSession, rows: Iterable[EventRow]
    ) -> Participants:
        topics = {r.audience_id for r in rows if r.audience is AudienceKind.TOPIC and r.audience_id}
        known = {topic: self._known[topic] for topic in topics if topic in self._known}
        read = await queries.participants_of(session, self._workspace_id, topics - known.keys())
        if len(self._known) > MOST_TOPICS_KEPT:
            self._known.clear()
        self._known.update(read)
        return {**known, **read}
