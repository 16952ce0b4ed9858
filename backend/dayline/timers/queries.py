"""Reading timers: which of them a caller sees, and who is asked by a message."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from typing import Annotated, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.conversations.queries import direct_topics_of
from dayline.identity.caller import Caller
from dayline.kernel.db.database import scope_of
from dayline.kernel.db.finding import find_one
from dayline.kernel.http.paging import Key, Page, PageRequest, cut, paged
from dayline.kernel.schemas import IdOr
from dayline.projects.queries import projects_of
from dayline.timers.models import OF_DECISIONS, CancelReason, Timer
from dayline.timers.schemas import (
    AnsweredOut,
    AskOut,
    TimerOut,
    TimerSort,
    answered_document,
    ask_document,
    timer_document,
)
from dayline.timers.states import IN_STATE, TimerFilter

Whose = Annotated[UUID | Literal["me"], IdOr("me")]
NEVER = datetime(9999, 12, 31, tzinfo=UTC)
"""Replaces a null `due_at` in sort order."""


def visible_timers(caller: Caller) -> ColumnElement[bool]:
    """Select the timers that the caller sees. No role gives access to a direct topic.

    Guests see the timers of questions they asked in their projects, as in `audience_of`.
    """
    of_projects: ColumnElement[bool] = col(Timer.project_id).is_not(None)
    if caller.is_guest:
        of_projects &= col(Timer.project_id).in_(projects_of(caller))
        of_projects &= col(Timer.author_id) == caller.member_id
        of_projects &= col(Timer.kind).not_in(OF_DECISIONS)
    taking_part = col(Timer.topic_id).in_(direct_topics_of(caller))
    in_direct_topics = col(Timer.project_id).is_(None) & taking_part
    return (col(Timer.workspace_id) == caller.workspace_id) & or_(of_projects, in_direct_topics)


async def get_timer(caller: Caller, timer_id: UUID) -> Timer:
    """Return the timer with this id. Raises NotFound if the caller doesn't see it."""
    statement = select(Timer).where(visible_timers(caller), col(Timer.id) == timer_id)
    return await find_one(caller.session, statement)


async def open_timers(caller: Caller) -> list[TimerOut]:
    """Return all timers that the caller sees and that have not ended, by id."""
    which = visible_timers(caller) & col(Timer.ended_at).is_(None)
    found = await caller.session.scalars(select(Timer).where(which).order_by(col(Timer.id)))
    return [timer_document(timer) for timer in found]


async def list_timers(
    caller: Caller,
    page: PageRequest,
    sort: TimerSort,
    *,
    recipient: Whose | None = None,
    author: Whose | None = None,
    topic_id: UUID | None = None,
    message_id: UUID | None = None,
    project_id: UUID | None = None,
    state: TimerFilter | None = None,
) -> Page[TimerOut]:
    """Return a page of the timers that the caller sees."""
    wanted = {
        Timer.recipient_id: _member(caller, recipient),
        Timer.author_id: _member(caller, author),
        Timer.topic_id: topic_id,
        Timer.message_id: message_id,
        Timer.project_id: project_id,
    }
    which = [col(column) == value for column, value in wanted.items() if value is not None]
    if state is not None:
        which.append(IN_STATE[state])
    statement = select(Timer).where(visible_timers(caller), *which)
    rows = await caller.session.scalars(paged(statement, _order(sort), page, sort.value))
    kept = cut(rows.all(), page, sort.value, lambda timer: _place(timer, sort))
    return Page([timer_document(timer) for timer in kept.items], kept.next_cursor)


def _member(caller: Caller, whose: Whose | None) -> UUID | None:
    return caller.member_id if whose == "me" else whose


def _order(sort: TimerSort) -> list[Key]:
    descending = sort is not TimerSort.DUE
    first = (
        col(Timer.sent_at) if sort is TimerSort.NEWEST else func.coalesce(col(Timer.due_at), NEVER)
    )
    return [Key(first, datetime, descending), Key(col(Timer.id), UUID, descending)]


def _place(timer: Timer, sort: TimerSort) -> tuple[datetime, UUID]:
    first = timer.sent_at if sort is TimerSort.NEWEST else timer.due_at or NEVER
    return first, timer.id


async def asked_by(session: AsyncSession, message_id: UUID) -> dict[UUID, UUID]:
    """Return the recipient (the member or a stand-in) for each member a message asks.

    Timers that have ended count too, except those that an edit cancelled. Those to whom an ask was
    handed over are left out.
    """
    own = col(Timer.first_timer_id).is_(None)
    timers = await _last_timers(session, [message_id], own)
    covered = {member_id: timer.recipient_id for timer in timers for member_id in timer.covers}
    return covered | {timer.recipient_id: timer.recipient_id for timer in timers}


async def handed_over_to(session: AsyncSession, message_id: UUID) -> set[UUID]:
    """Return the members who are asked because an ask of this message was handed over to them."""
    found = select(col(Timer.recipient_id)).where(
        col(Timer.workspace_id) == scope_of(session).workspace_id,
        col(Timer.message_id) == message_id,
        col(Timer.first_timer_id).is_not(None),
        col(Timer.ended_at).is_(None),
    )
    return set(await session.scalars(found))


async def asks_of(
    caller: Caller, message_ids: Collection[UUID], yours: ZoneInfo
) -> dict[UUID, list[AskOut]]:
    """Return who is asked by each message, by message id. `yours` is the caller's zone."""
    asks: dict[UUID, list[AskOut]] = defaultdict(list)
    for timer in await _last_timers(caller.session, message_ids, visible_timers(caller)):
        asks[timer.message_id].append(ask_document(timer, yours))
    return asks


async def answered_by(
    caller: Caller, message_ids: Collection[UUID]
) -> dict[UUID, list[AnsweredOut]]:
    """Return which asks each message answered, by message id."""
    which = col(Timer.answer_id).in_(message_ids)
    found = select(Timer).where(visible_timers(caller), which).order_by(col(Timer.id))
    answered: dict[UUID, list[AnsweredOut]] = defaultdict(list)
    for timer in await caller.session.scalars(found):
        if timer.answer_id is not None:
            answered[timer.answer_id].append(answered_document(timer))
    return answered


async def _last_timers(
    session: AsyncSession, message_ids: Collection[UUID], *which: ColumnElement[bool]
) -> Iterable[Timer]:
    """Return for each message and recipient the open timer, or else the last; by recipient."""
    rows = await session.scalars(
        select(Timer)
        .where(
            col(Timer.workspace_id) == scope_of(session).workspace_id,
            col(Timer.message_id).in_(message_ids),
            col(Timer.cancel_reason).is_distinct_from(CancelReason.EDITED),
            *which,
        )
        .order_by(col(Timer.recipient_id), col(Timer.ended_at).asc().nulls_last(), col(Timer.id))
    )
    return {(timer.message_id, timer.recipient_id): timer for timer in rows}.values()
