"""Sending due messages, each once, as their authors and through the action that posts messages.

A message is locked, posted and deleted in one transaction, so it is sent and deleted or neither.
Messages locked by another transaction are skipped. One that is refused stays for its author to
edit; one that fails by an error of the server is retried.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.identity.caller import Caller
from dayline.kernel.db import events
from dayline.kernel.db.database import Scope, enter_workspace, scope_of
from dayline.kernel.errors import NotFound, Problem
from dayline.kernel.jobs.due_queue import DueQueue, Handler
from dayline.kernel.jobs.failed_jobs import Queue, held_back
from dayline.kernel.text.catalogs import ENGLISH, render
from dayline.members.access import share_membership
from dayline.members.models import Member
from dayline.messages.posting import post_message
from dayline.scheduled.events import ScheduledFailed, ScheduledSent, audience_of, card_of
from dayline.scheduled.models import ScheduledMessage

QUEUE = Queue.SCHEDULED_MESSAGES


async def _claim(session: AsyncSession, workspace_id: UUID, now: datetime) -> UUID | None:
    return await session.scalar(
        select(col(ScheduledMessage.id))
        .where(
            col(ScheduledMessage.workspace_id) == workspace_id,
            col(ScheduledMessage.send_at) <= now,
            col(ScheduledMessage.failed_at).is_(None),
            col(ScheduledMessage.id).not_in(held_back(QUEUE, workspace_id, now)),
        )
        .order_by(col(ScheduledMessage.send_at), col(ScheduledMessage.id))
        .limit(1)
        .with_for_update(skip_locked=True)
    )


async def _send(session: AsyncSession, scheduled_id: UUID, now: datetime) -> None:
    workspace_id = scope_of(session).workspace_id
    scheduled = await session.get_one(ScheduledMessage, (workspace_id, scheduled_id))
    await enter_workspace(session, Scope(scheduled.workspace_id, now, scheduled.author_id))
    try:
        async with session.begin_nested():
            message_id = await _post(session, scheduled, now)
    except Problem as problem:
        scheduled.failed_at, scheduled.failure = now, _said(problem)
        scheduled.rev += 1
        await session.flush()
        failed = ScheduledFailed(scheduled=card_of(scheduled))
        events.record(session, failed, audience_of(scheduled))
        return
    sent = ScheduledSent(scheduled=card_of(scheduled), message_id=message_id)
    events.record(session, sent, audience_of(scheduled))
    await session.delete(scheduled)


async def _post(session: AsyncSession, scheduled: ScheduledMessage, now: datetime) -> UUID:
    caller = await _author(session, scheduled, now)
    message = await post_message(
        caller,
        scheduled.topic_id,
        scheduled.body,
        asks=scheduled.asks,
        answers=scheduled.answers,
        only_open=True,
        kept_as_text=scheduled.kept_as_text,
        urgent=scheduled.urgent,
        urgent_reason=scheduled.urgent_reason,
        clarity_reason=scheduled.clarity_reason,
    )
    return message.id


async def _author(session: AsyncSession, scheduled: ScheduledMessage, now: datetime) -> Caller:
    """The author as a caller without session or token. Raises NotFound if they lost access."""
    await share_membership(session)
    key = (scheduled.workspace_id, scheduled.author_id)
    member = await session.get_one(Member, key, populate_existing=True)
    if not member.is_active or member.account_id is None:
        raise NotFound
    return Caller(
        session=session,
        now=now,
        workspace_id=member.workspace_id,
        member_id=member.id,
        account_id=member.account_id,
        role=member.role,
        session_id=None,
        token_id=None,
        scopes=frozenset(),
    )


def _said(problem: Problem) -> str:
    """Why a message can't be sent, in a sentence for its author. At most 1,000 characters."""
    reasons = [error.reason for error in problem.errors]
    said = reasons or [problem.detail or problem.title()]
    return " ".join(render(each, ENGLISH) for each in said)[:1000]


DUE_QUEUE = DueQueue(
    "messages", "workspaces_with_scheduled", "next_scheduled_at", (Handler(QUEUE, _claim, _send),)
)
