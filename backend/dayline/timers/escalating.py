"""Handing overdue asks over to the next person, as the clause says.

The sweep sets `escalates_at` when a timer breaches and steps follow. The instant of the next step
is then worked out, and worked out again whenever something it depends on may have changed: setting
`escalates_at` to now is enough for that. So a step is decided by what holds at its own instant.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from pydantic_core import to_jsonable_python
from sqlalchemy import ColumnElement, DateTime, Uuid, column, func, select, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.agreements.queries import agreements, steps_of
from dayline.conversations.models import Topic
from dayline.conversations.queries import topics_in
from dayline.core.agreement import ClauseKind, Step
from dayline.core.escalation import PlannedStep
from dayline.identity.caller import Caller
from dayline.kernel.db.database import scope_of
from dayline.kernel.db.prepared import fresh, store
from dayline.kernel.jobs.failed_jobs import Queue, forget_failures, held_back
from dayline.projects.models import Project
from dayline.timers.due import compute_due_if_any
from dayline.timers.events import TimerEscalated
from dayline.timers.locking import lock_timers, record_events
from dayline.timers.models import CancelReason, Timer
from dayline.timers.next_in_line import NextInLine, Question, next_in_line
from dayline.timers.schemas import HandedOver, SkippedStep
from dayline.timers.starting import Pinned

AT_ONCE = 200
"""The most timers whose next step one transaction looks at."""
PUNCTUAL = timedelta(minutes=1)
"""How late a step may run and still count from its own instant, so that times stay round."""

_SAME = (
    "message_id",
    "topic_id",
    "project_id",
    "author_id",
    "kind",
    "urgent",
    "agreement_version",
    "warn_share",
    "first_check_minutes",
)
"""The columns that the timer of a step copies from the overdue one."""


class Escalated(NamedTuple):
    """How many timers were looked at, and how many of their asks were handed over."""

    seen: int
    handed_over: int


class NextStep(NamedTuple):
    """The next step of a timer that asks someone, the steps after it, and those it skips."""

    step: PlannedStep
    rest: Sequence[Step]
    skipped: list[PlannedStep]


async def due_steps(session: AsyncSession) -> list[UUID]:
    """Return the timers whose next step is due and not held back, the longest waiting first."""
    scope = scope_of(session)
    held = held_back(Queue.TIMERS, scope.workspace_id, scope.now)
    statement = (
        select(col(Timer.id))
        .where(
            col(Timer.workspace_id) == scope.workspace_id,
            _is_due(scope.now),
            col(Timer.id).not_in(held),
        )
        .order_by(col(Timer.escalates_at))
        .limit(AT_ONCE)
    )
    return list(await session.scalars(statement))


async def escalate(session: AsyncSession, timer_ids: Collection[UUID]) -> Escalated:
    """Hand over the asks of these timers whose step has come, and work out when the others do.

    Locks their topics first, so that no one is asked in a topic while it is being resolved.
    """
    scope = scope_of(session)
    which = col(Timer.id).in_(timer_ids) & _is_due(scope.now)
    seen = (
        await session.scalars(
            select(Timer).where(col(Timer.workspace_id) == scope.workspace_id, which)
        )
    ).all()
    await _lock_topics(session, {timer.topic_id for timer in seen})
    questions = await questions_of(session, seen)
    since = min((timer.breached_at or scope.now for timer in seen), default=scope.now)
    people = await next_in_line(session, questions.values(), since, lock=True)
    held = await lock_timers(session, which)
    handed_over = await _advance(session, held, questions, people)
    await forget_failures(session, Queue.TIMERS, *timer_ids)
    return Escalated(len(held), handed_over)


def _is_due(now: datetime) -> ColumnElement[bool]:
    return col(Timer.ended_at).is_(None) & (col(Timer.escalates_at) <= now)


async def _lock_topics(session: AsyncSession, ids: Collection[UUID]) -> None:
    await session.execute(
        select(col(Topic.id))
        .where(col(Topic.workspace_id) == scope_of(session).workspace_id, col(Topic.id).in_(ids))
        .order_by(col(Topic.id))
        .with_for_update(key_share=True)
    )


async def questions_of(session: AsyncSession, timers: Collection[Timer]) -> dict[UUID, Question]:
    """Return what each timer asks, by timer id."""
    direct = {timer.topic_id for timer in timers if timer.project_id is None}
    taking_part = {topic.id: topic.participants for topic in await topics_in(session, direct)}
    asked = await _asked(session, {timer.message_id for timer in timers})
    return {
        timer.id: Question(
            recipient_id=timer.recipient_id,
            author_id=timer.author_id,
            project_id=timer.project_id,
            taking_part=taking_part.get(timer.topic_id),
            asked=asked[timer.message_id],
        )
        for timer in timers
    }


async def _asked(session: AsyncSession, message_ids: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """Return who was asked by each message, themselves or through a stand-in."""
    rows = await session.execute(
        select(col(Timer.message_id), col(Timer.recipient_id), col(Timer.covers)).where(
            col(Timer.workspace_id) == scope_of(session).workspace_id,
            col(Timer.message_id).in_(message_ids),
            col(Timer.cancel_reason).is_distinct_from(CancelReason.EDITED),
        )
    )
    asked: dict[UUID, set[UUID]] = defaultdict(set)
    for message_id, recipient_id, covers in rows:
        asked[message_id] |= {recipient_id, *covers}
    return asked


async def _advance(
    session: AsyncSession,
    held: Sequence[Timer],
    questions: dict[UUID, Question],
    people: NextInLine,
) -> int:
    """Take the due steps of these locked timers. Returns how many asks were handed over."""
    now = scope_of(session).now
    allowances = await _allowances(session, held)
    started: list[Timer] = []
    waits: list[dict[str, Any]] = []
    for timer in held:
        asked = {*questions[timer.id].asked, *_asked_by(started, timer.message_id)}
        question = replace(questions[timer.id], asked=asked)
        found = _next_step(timer, question, allowances[timer.id], people)
        at = found and found.step.asked_at
        if found is not None and at is not None and at <= now:
            started.append(_handed_over(timer, found, allowances[timer.id], people, now))
            found = at = None
        waits.append({"id": timer.id, "at": at, "to": found and found.step.member_id})
    await _wait(session, waits)
    await store(session, started)
    record_events(session, started, TimerEscalated)
    return len(started)


def _asked_by(started: Sequence[Timer], message_id: UUID) -> set[UUID]:
    return {timer.recipient_id for timer in started if timer.message_id == message_id}


async def _allowances(session: AsyncSession, timers: Sequence[Timer]) -> dict[UUID, int]:
    """Return the answer time of each timer's clause. A promise's own allowance is another one."""
    if not timers:
        return {}
    held = await agreements(session, scope_of(session).workspace_id)
    versions = {agreement.version: agreement for agreement in held}
    return {
        timer.id: versions[timer.agreement_version].clause(clause_of(timer)).allowance_s
        for timer in timers
    }


def clause_of(timer: Timer) -> ClauseKind:
    """Return the clause that a timer took."""
    return ClauseKind.URGENT if timer.urgent else timer.kind


def _next_step(
    timer: Timer, question: Question, allowance_s: int, people: NextInLine
) -> NextStep | None:
    """Return the next step that asks someone, or None if none of the steps does."""
    if timer.breached_at is None:
        return None
    steps, skipped = steps_of(timer.escalation), list[PlannedStep]()
    planned = people.plan(question, timer.breached_at, steps, allowance_s)
    for place, step in enumerate(planned, start=1):
        if step.skipped is None:
            return NextStep(step, steps[place:], skipped)
        skipped.append(step)
    return None


def _handed_over(
    timer: Timer, found: NextStep, allowance_s: int, people: NextInLine, now: datetime
) -> Timer:
    """Return the timer of the person to whom the ask is handed over."""
    step = found.step
    if step.member_id is None or step.asked_at is None or timer.breached_at is None:
        raise ValueError("a step that asks no one hands nothing over")
    since = step.asked_at if now - step.asked_at < PUNCTUAL else now
    terms = Pinned(
        agreement_version=timer.agreement_version,
        allowance_s=allowance_s,
        warn_share=timer.warn_share,
        first_check_minutes=timer.first_check_minutes,
        escalation=to_jsonable_python(found.rest),
    )
    handed_over = HandedOver(
        step=step.to,
        from_id=timer.recipient_id,
        overdue_since=timer.breached_at,
        skipped=[skipped_step(each) for each in found.skipped],
    )
    return fresh(
        Timer,
        workspace_id=timer.workspace_id,
        **{name: getattr(timer, name) for name in _SAME},
        recipient_id=step.member_id,
        allowance_s=allowance_s,
        escalation=terms.escalation,
        first_timer_id=timer.first_timer_id or timer.id,
        handed_over=handed_over.model_dump(mode="json"),
        sent_at=since,
        **compute_due_if_any(people.calendars[step.member_id], since, terms).columns(),
    )


def skipped_step(step: PlannedStep) -> SkippedStep:
    """Return a skipped step as documents show it. Raises ValueError if it isn't skipped."""
    if step.skipped is None:
        raise ValueError("the step asks someone")
    return SkippedStep(to=step.to, member_id=step.member_id, reason=step.skipped)


async def _wait(session: AsyncSession, waits: Sequence[dict[str, Any]]) -> None:
    """Store when the next step of each timer comes, and to whom it goes."""
    if not waits:
        return
    columns = (column("id", Uuid()), column("at", DateTime(timezone=True)), column("to", Uuid()))
    rows = func.jsonb_to_recordset(func.cast(to_jsonable_python(list(waits)), JSONB))
    new = rows.table_valued(*columns, name="new").render_derived(with_types=True)
    await session.execute(
        update(Timer)
        .where(col(Timer.workspace_id) == scope_of(session).workspace_id, col(Timer.id) == new.c.id)
        .values(escalates_at=new.c.at, escalates_to=new.c.to),
        execution_options={"synchronize_session": False},
    )


async def look_again_for(session: AsyncSession, member_ids: Collection[UUID]) -> None:
    """Let the steps that go to these members, or follow their answers, be worked out again."""
    theirs = col(Timer.escalates_to).in_(member_ids) | col(Timer.recipient_id).in_(member_ids)
    await _look_again(session, theirs)


async def follow_lead(caller: Caller, project: Project) -> None:
    """Let the steps of a project be worked out again, because its lead changed."""
    await _look_again(caller.session, col(Timer.project_id) == project.id)


async def _look_again(session: AsyncSession, which: ColumnElement[bool]) -> None:
    scope = scope_of(session)
    here = col(Timer.workspace_id) == scope.workspace_id
    waiting = (
        select(col(Timer.id))
        .where(here, col(Timer.ended_at).is_(None), col(Timer.escalates_at) > scope.now, which)
        .order_by(col(Timer.id))
        .with_for_update(key_share=True)
    )
    ids = list(await session.scalars(waiting))
    if ids:
        await session.execute(
            update(Timer).where(here, col(Timer.id).in_(ids)).values(escalates_at=scope.now),
            execution_options={"synchronize_session": False},
        )
