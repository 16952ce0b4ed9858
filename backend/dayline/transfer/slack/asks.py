"""Importing asks as timers, with the same instants that a replay computes.

No timer breaches by an import: what was unanswered ends with it. Only timers due later than now
keep running.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.agreements.queries import agreements
from dayline.calendars.compiling import MemberCalendar
from dayline.calendars.locking import lock_people
from dayline.calendars.queries import member_calendars
from dayline.core.agreement import Agreement, in_force
from dayline.core.exchange import Ask, asks_of
from dayline.kernel.db.database import scope_of
from dayline.kernel.db.ids import new_id
from dayline.timers.due import DueInstants, compute_due_if_any
from dayline.timers.locking import lock_timers
from dayline.timers.models import CancelReason, EndReason, Timer
from dayline.timers.starting import pin
from dayline.transfer.models import SourceKind
from dayline.transfer.rows import Row, insert
from dayline.transfer.slack.export import Export
from dayline.transfer.slack.people import People, Person
from dayline.transfer.slack.posts import clause_of, posts_of
from dayline.transfer.slack.threads import Threads
from dayline.transfer.sources import Sources


@dataclass(frozen=True, slots=True)
class Asks:
    """The number of new asks, and of known ones that are answered now."""

    new: int
    answered: int


async def bring_asks(
    session: AsyncSession, export: Export, people: People, threads: Threads, sources: Sources
) -> Asks:
    """Import the asks of new messages, and the answers to asks that were imported earlier."""
    fresh, earlier = list[Ask](), list[Ask]()
    for ask in asks_of(posts_of(export)):
        was_known = sources.was_known(SourceKind.MESSAGE, ask.post.id)
        (earlier if was_known else fresh).append(ask)
    recipients = {people.by_user[ask.recipient].id for ask in fresh}
    workspace_id = scope_of(session).workspace_id
    locked = await lock_people(session, recipients)
    desk = _TimerWriter(
        session,
        people,
        threads,
        sources,
        export.messages[-1].at if export.messages else None,
        await agreements(session, workspace_id),
        {id_ for id_, each in locked.items() if each.is_teammate},
        await member_calendars(session, workspace_id, recipients),
    )
    timers = [timer for ask in fresh if (timer := desk.timer(ask)) is not None]
    await insert(session, Timer, timers)
    return Asks(len(timers), await _answer(session, earlier, people, sources))


@dataclass(frozen=True, slots=True)
class _TimerWriter:
    """Creates the rows of timers."""

    session: AsyncSession
    people: People
    threads: Threads
    sources: Sources
    past_ends_at: datetime | None
    versions: Sequence[Agreement]
    askable: Collection[UUID]
    calendars: Mapping[UUID, MemberCalendar]

    def timer(self, ask: Ask) -> Row | None:
        """The timer of an ask, or None if both users are the same member."""
        author = self.people.by_user[ask.post.author]
        recipient = self.people.by_user[ask.recipient]
        message_id = self.sources.find(SourceKind.MESSAGE, ask.post.id)
        if message_id is None or author.id == recipient.id:
            return None
        spot = self.threads.spots[ask.post.topic]
        kind = clause_of(spot.place.channel)
        terms = pin(in_force(self.versions, ask.post.at), kind)
        instants = compute_due_if_any(self.calendars[recipient.id], ask.post.at, terms)
        return {
            "workspace_id": scope_of(self.session).workspace_id,
            "id": new_id(),
            "rev": 1,
            "message_id": message_id,
            "topic_id": spot.topic_id,
            "project_id": spot.place.project_id,
            "recipient_id": recipient.id,
            "author_id": author.id,
            "kind": kind,
            "urgent": False,
            "sent_at": ask.post.at,
            "is_fixed": False,
            "paused_s": 0,
            "pauses": [],
            "covers": [],
            **asdict(terms),
            **instants.columns(),
            **self._outcome(ask, recipient, instants),
        }

    def _outcome(self, ask: Ask, recipient: Person, instants: DueInstants) -> Row:
        """The columns for the outcome. An unanswered timer due later than now keeps running.

        A timer due after the end of the export is not breached: an answer may have followed.
        """
        now, due_at = scope_of(self.session).now, instants.due_at
        if ask.answer is not None:
            return _response(ask.answer.at, due_at)
        if due_at is not None and due_at > now and recipient.id in self.askable:
            is_warned = instants.warn_at is not None and instants.warn_at <= now
            return {"warned_at": now if is_warned else None}  # warnings of the past are not sent
        is_lost = due_at and self.past_ends_at and due_at <= self.past_ends_at
        return {
            "breached_at": due_at if is_lost else None,
            "ended_at": now,
            "end_reason": EndReason.CANCELLED,
            "cancel_reason": CancelReason.IMPORTED,
        }


def _response(at: datetime, due_at: datetime | None) -> Row:
    return {
        "first_response_at": at,
        "breached_at": due_at if due_at is not None and due_at < at else None,
        "ended_at": at,
        "end_reason": EndReason.RESPONDED,
    }


async def _answer(
    session: AsyncSession, asks: Sequence[Ask], people: People, sources: Sources
) -> int:
    """Store the answers to asks of earlier imports. Returns their number."""
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
    for timer in await lock_timers(session, col(Timer.first_response_at).is_(None) & waits):
        answer = answers.get((timer.message_id, timer.recipient_id))
        if answer is not None:
            _respond(timer, answer.at)
            answered += 1
    await session.flush()
    return answered


def _respond(timer: Timer, at: datetime) -> None:
    """Store an answer. A breach that was recorded stays."""
    breached_at = timer.breached_at
    for name, value in _response(at, timer.due_at).items():
        setattr(timer, name, value)
    timer.breached_at = breached_at or timer.breached_at
    timer.cancel_reason = timer.paused_at = timer.pause_reason = None
    timer.rev += 1
