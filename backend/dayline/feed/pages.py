"""Reading a channel's connections' access and their next events, in one snapshot."""

import asyncio
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from dayline.context import audience
from dayline.context.audience import EventViewer, Participants
from dayline.feed import queries
from dayline.feed.connection_group import ConnectionGroup
from dayline.feed.frames import Encoded
from dayline.feed.live_access import Judged, LiveAccess, Moment, enter, live_access_of
from dayline.kernel.db.clock import Clock
from dayline.kernel.db.database import Sessions
from dayline.kernel.db.events import Audience, AudienceKind, EventRow

PAGE = 500
"""The most events in one read."""

MOST_TOPICS_KEPT = 10_000
"""How many direct topics' participants are cached. They never change."""


@dataclass(frozen=True, slots=True)
class Source:
    """What channels need to read: snapshot sessions, the clock, and a limit of concurrent reads."""

    snapshots: Sessions
    clock: Clock
    idle_days: int
    turns: asyncio.Semaphore


@dataclass(frozen=True, slots=True)
class Seen:
    """A viewer, and the mark of the access from which it was built."""

    viewer: EventViewer
    mark: int


@dataclass(frozen=True, slots=True)
class Page:
    """The access of some connections and the events that follow, all from one snapshot.

    It has every event after `after` up to `upto`. If `after` is None, no events were read.
    """

    moment: Moment
    changed: dict[UUID, Seen] | None
    """The viewers by session or token. Ended ones are absent. None if no access changed."""
    after: int | None
    upto: int
    events: Sequence[tuple[Audience, Encoded]]
    participants: Participants
    """The participants of the direct topics among the events."""

    def follows(self, position: int) -> bool:
        """Whether the page has every event since `position`."""
        return self.after is not None and self.after <= position


class PageReader:
    """Reads the pages of one workspace."""

    def __init__(self, workspace_id: UUID, source: Source) -> None:
        self._workspace_id = workspace_id
        self._source = source
        self._known: dict[UUID, Collection[UUID]] = {}

    async def read(self, group: ConnectionGroup, after: int | None) -> Page | None:
        """Return the page for this group. None if the workspace no longer exists."""
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
        sights = await audience.sights_of(session, self._workspace_id, guests)
        return {one: self._seen(who, sights) for one, who in accesses.items()}

    def _seen(self, who: LiveAccess, sights: dict[UUID, audience.GuestSight]) -> Seen:
        sight = sights.get(who.member_id, audience.NO_SIGHT)
        viewer = EventViewer(
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
        read = await audience.participants_of(session, self._workspace_id, topics - known.keys())
        if len(self._known) > MOST_TOPICS_KEPT:
            self._known.clear()
        self._known.update(read)
        return {**known, **read}
