"""Whom a message asks for an answer: those that it lists, or else those whom it mentions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from sqlalchemy import Uuid, any_, bindparam, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import col

from dayline.accounts.caller import Caller
from dayline.accounts.models import Member, Role
from dayline.core.agreement import ClauseKind
from dayline.kernel.errors import FieldError, Invalid
from dayline.kernel.prepared import Prepared
from dayline.timers import actions as timers
from dayline.timers.actions import Ask, Recipient
from dayline.timers.holding import hold_calendars
from dayline.timers.models import Timer
from dayline.timers.queries import asked_by
from dayline.topics.models import Message, Topic, TopicKind
from dayline.topics.queries import participants_of
from dayline.topics.schemas import TopicOut

_KINDS = {
    TopicKind.TASK: ClauseKind.TASK_COMMENT,
    TopicKind.UPDATE: ClauseKind.PROJECT_UPDATE,
    TopicKind.DISCUSSION: ClauseKind.PROJECT_DISCUSSION,
    TopicKind.DIRECT: ClauseKind.DIRECT_MESSAGE,
}


async def ask(
    caller: Caller,
    topic: TopicOut,
    message: Message,
    asks: Sequence[UUID] | None,
    mentions: Sequence[UUID],
) -> list[Timer]:
    """The timers of a new message, started. Raises Invalid for each one who cannot be asked."""
    recipients = await _recipients(caller, topic, asks, mentions)
    return await timers.start(caller, _ask(topic, message), recipients)


async def ask_again(
    caller: Caller,
    topic: Topic,
    message: Message,
    asks: Sequence[UUID] | None,
    mentions: Sequence[UUID],
) -> None:
    """The message was edited: ask who is new, and no longer who is gone; the others stay asked.

    Raises Invalid for each one who cannot be asked.
    """
    recipients = await _recipients(caller, topic, asks, mentions)
    before = await asked_by(caller.session, message.id)
    new = [recipient for recipient in recipients if recipient.id not in before]
    await timers.start(caller, _ask(topic, message), new)
    gone = before - {recipient.id for recipient in recipients}
    await timers.ask_no_longer(caller.session, message.id, gone)


def _ask(topic: Topic | TopicOut, message: Message) -> Ask:
    return Ask(
        message_id=message.id,
        topic_id=topic.id,
        project_id=topic.project_id,
        kind=_KINDS[topic.kind],
        urgent=message.urgent,
    )


async def _recipients(
    caller: Caller,
    topic: Topic | TopicOut,
    asks: Sequence[UUID] | None,
    mentions: Sequence[UUID],
) -> list[Recipient]:
    """Their calendars are held first: whoever loses access meanwhile waits, and is seen after."""
    ids = list(dict.fromkeys(mentions if asks is None else asks))
    if not ids:
        return []
    await hold_calendars(caller.session, ids)
    members = await _members(caller, ids)
    taking_part = await participants_of(caller.session, topic)
    reasons = {id_: _refusal(caller, members.get(id_), taking_part) for id_ in ids}
    if asks is not None:
        _refuse(asks, reasons)
    return [
        Recipient(id_, members[id_].name, "body" if asks is None else f"asks.{asks.index(id_)}")
        for id_ in ids
        if reasons[id_] is None
    ]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What decides whether a member can be asked."""

    id: UUID
    name: str
    role: Role
    disabled_at: datetime | None


_MEMBERS = Prepared(
    select(*(col(getattr(Member, field.name)) for field in fields(_Asked))).where(
        col(Member.workspace_id) == bindparam("workspace_id", type_=Uuid),
        col(Member.id) == any_(bindparam("ids", type_=ARRAY(Uuid))),
    )
)


async def _members(caller: Caller, ids: Sequence[UUID]) -> dict[UUID, _Asked]:
    found = await _MEMBERS.run(caller.session, workspace_id=caller.workspace_id, ids=list(ids))
    return {row["id"]: _Asked(**{**row, "role": Role(row["role"])}) for row in found}


def _refuse(asks: Sequence[UUID], reasons: dict[UUID, str | None]) -> None:
    refused = [
        FieldError(field=f"asks.{place}", reason=reason)
        for place, id_ in enumerate(asks)
        if (reason := reasons[id_]) is not None
    ]
    if refused:
        raise Invalid(errors=refused)


def _refusal(
    caller: Caller, member: _Asked | None, taking_part: Collection[UUID] | None
) -> str | None:
    """Why a member cannot be asked in a topic with these participants (None: of a project)."""
    is_hidden = member is not None and caller.is_guest and member.role is Role.GUEST
    takes_part = taking_part is None or (member is not None and member.id in taking_part)
    if member is None or (is_hidden and (taking_part is None or not takes_part)):
        return "is not a member whom you can ask"
    if not takes_part:
        return f"{member.name} does not take part in this conversation"
    return _owes_nothing(caller, member)


def _owes_nothing(caller: Caller, member: _Asked) -> str | None:
    if member.id == caller.member_id:
        return "is you; nobody asks themselves"
    if member.disabled_at is not None:
        return f"{member.name} no longer has access"
    if member.role is Role.GUEST:
        return f"{member.name} is a guest; guests are not asked"
    return None
