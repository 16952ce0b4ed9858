"""What was asked, as timers: the same instants as a replay of the export computes.

The past breaches nobody now: what was not answered in it ends with the import, and only what is
due later runs on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.agreements.queries import Agreement, agreements
from dayline.core.agreement import in_force
from dayline.core.exchange import Ask, asks_of
from dayline.kernel import zones
from dayline.kernel.database import scope_of
from dayline.kernel.ids import new_id
from dayline.people.compiling import MemberCalendar
from dayline.people.queries import member_calendars
from dayline.timers.actions import pin
from dayline.timers.holding import hold
from dayline.timers.models import CancelReason, EndReason, Timer
from dayline.timers.reckoning import reckon_again
from dayline.transfer.models import SourceKind
from dayline.transfer.rows import write
from dayline.transfer.slack.export import Export
from dayline.transfer.slack.people import People, Person
from dayline.transfer.slack.posts import clause_of, posts_of
from dayline.transfer.slack.threads import Threads
from dayline.transfer.sources import Sources


@dataclass(frozen=True, slots=True)
class Asks:
    """How many asks are new, and how many that were here have an answer now."""

    new: int
    answered: int


async def bring_asks(
    session: AsyncSession, export: Export, people: People, threads: Threads, sources: Sources
) -> Asks:
    """Bring what the messages of this import ask, and the answers to what earlier ones asked."""
    fresh, earlier = list[Ask](), list[Ask]()
    for ask in asks_of(posts_of(export)):
        was_known = sources.was_known(SourceKind.MESSAGE, ask.post.id)
        (earlier if was_known else fresh).append(ask)
    recipients = {people.by_user[ask.recipient].id for ask in fresh}
    workspace_id = scope_of(session).workspace_id
    desk = _Desk(
        session,
        people,
        threads,
        sources,
        export.messages[-1].at if export.messages else None,
        await agreements(session, workspace_id),
        await member_calendars(session, workspace_id, recipients),
    )
    timers = [timer for ask in fresh if (timer := desk.timer(ask)) is not None]
    await write(session, timers)
    return Asks(len(timers), await _answer(session, earlier, people, sources))


@dataclass(frozen=True, slots=True)
class _Desk:
    """Writes timers down."""

    session: AsyncSession
    people: People
    threads: Threads
    sources: Sources
    past_ends_at: datetime | None
    versions: Sequence[Agreement]
    calendars: Mapping[UUID, MemberCalendar]

    def timer(self, ask: Ask) -> Timer | None:
        """The timer of an ask; None where both users are one member, who asks nobody."""
        author = self.people.by_user[ask.post.author]
        recipient = self.people.by_user[ask.recipient]
        message_id = self.sources.find(SourceKind.MESSAGE, ask.post.id)
        if message_id is None or author.id == recipient.id:
            return None
        scope, spot = scope_of(self.session), self.threads.spots[ask.post.topic]
        kind, calendar = clause_of(spot.place.channel), self.calendars[recipient.id]
        timer = Timer(
            workspace_id=scope.workspace_id,
            id=new_id(),
            message_id=message_id,
            topic_id=spot.topic_id,
            project_id=spot.place.project_id,
            recipient_id=recipient.id,
            author_id=author.id,
            kind=kind,
            sent_at=ask.post.at,
            zone=calendar.zone.key,
            tz_version=zones.VERSION,
            **asdict(pin(in_force(self.versions, ask.post.at), kind)),
        )
        for name, value in reckon_again(timer, calendar, ()).columns().items():
            setattr(timer, name, value)
        self._settle(timer, ask, recipient)
        return timer

    def _settle(self, timer: Timer, ask: Ask, recipient: Person) -> None:
        """Say how it went. What is due later, and can still be answered, runs on.

        What became due behind the end of the export did not breach: an answer may have come.
        """
        now, due_at = scope_of(self.session).now, timer.due_at
        if ask.answer is not None:
            _respond(timer, ask.answer.at)
        elif due_at is None or due_at <= now or not recipient.owes_answers:
            is_lost = due_at and self.past_ends_at and due_at <= self.past_ends_at
            timer.breached_at = due_at if is_lost else None
            timer.ended_at, timer.end_reason = now, EndReason.CANCELLED
            timer.cancel_reason = CancelReason.IMPORTED
        elif timer.warn_at is not None and timer.warn_at <= now:
            timer.warned_at = now  # nobody is warned of the past


def _respond(timer: Timer, at: datetime) -> None:
    timer.first_response_at = timer.ended_at = at
    timer.end_reason, timer.cancel_reason = EndReason.RESPONDED, None
    timer.paused_at = timer.pause_reason = None
    if timer.due_at is not None and timer.due_at < at:
        timer.breached_at = timer.due_at


async def _answer(
    session: AsyncSession, asks: Sequence[Ask], people: People, sources: Sources
) -> int:
    """Note the answers to asks of earlier imports that have none yet."""
    answers = {
        (
            sources.find(SourceKind.MESSAGE, ask.post.id),
            people.by_user[ask.recipient].id,
        ): ask.answer
        for ask in asks
        if ask.answer is not None
    }
    if not answers:
        return 0
    waits = col(Timer.ended_at).is_(None) | (col(Timer.cancel_reason) == CancelReason.IMPORTED)
    answered = 0
    for timer in await hold(session, col(Timer.first_response_at).is_(None) & waits):
        answer = answers.get((timer.message_id, timer.recipient_id))
        if answer is not None:
            _respond(timer, answer.at)
            timer.rev += 1
            answered += 1
    await session.flush()
    return answered
