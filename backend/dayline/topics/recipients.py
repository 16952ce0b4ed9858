"""Who can be asked for an answer, and why somebody cannot."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from dayline.accounts.caller import Caller
from dayline.accounts.models import Member, Role
from dayline.core.agreement import ClauseKind
from dayline.kernel.errors import FieldError, Invalid
from dayline.timers.actions import Recipient
from dayline.timers.holding import hold_calendars
from dayline.topics.models import Topic, TopicKind
from dayline.topics.queries import participants_of

KINDS = {
    TopicKind.TASK: ClauseKind.TASK_COMMENT,
    TopicKind.UPDATE: ClauseKind.PROJECT_UPDATE,
    TopicKind.DISCUSSION: ClauseKind.PROJECT_DISCUSSION,
    TopicKind.DIRECT: ClauseKind.DIRECT_MESSAGE,
}
"""The clause that a message of each kind of topic takes."""


async def recipients_of(
    caller: Caller, topic: Topic, asks: Sequence[UUID] | None, mentions: Sequence[UUID]
) -> list[Recipient]:
    """Whom a message asks: those listed in `asks`, or else those of its mentions who can be asked.

    Their calendars are held first: whoever loses access meanwhile waits, and is seen after.
    Raises Invalid for each one listed who cannot be asked.
    """
    ids = list(dict.fromkeys(mentions if asks is None else asks))
    if not ids:
        return []
    await hold_calendars(caller.session, ids)
    members = await _members(caller, ids)
    taking_part = await participants_of(caller.session, topic)
    reasons = {id_: _refusal(caller, members.get(id_), taking_part) for id_ in ids}
    if asks is not None:
        _refuse("asks", asks, reasons)
    return [
        Recipient(id_, members[id_].name, "body" if asks is None else f"asks.{asks.index(id_)}")
        for id_ in ids
        if reasons[id_] is None
    ]


async def askable(
    caller: Caller, ids: Sequence[UUID], taking_part: Collection[UUID] | None
) -> dict[UUID, Member]:
    """These members, in this order. Raises Invalid for each one who cannot be asked.

    `taking_part` are the participants of a direct topic, None for anything else.
    """
    members = await _members(caller, ids)
    reasons = {id_: _refusal(caller, members.get(id_), taking_part) for id_ in ids}
    _refuse("recipient", ids, reasons)
    return {id_: members[id_] for id_ in ids}


async def _members(caller: Caller, ids: Collection[UUID]) -> dict[UUID, Member]:
    statement = select(Member).where(
        col(Member.workspace_id) == caller.workspace_id, col(Member.id).in_(ids)
    )
    fresh = statement.execution_options(populate_existing=True)
    return {member.id: member for member in await caller.session.scalars(fresh)}


def _refuse(field: str, ids: Sequence[UUID], reasons: Mapping[UUID, str | None]) -> None:
    refused = [
        FieldError(field=f"{field}.{place}", reason=reason)
        for place, id_ in enumerate(ids)
        if (reason := reasons[id_]) is not None
    ]
    if refused:
        raise Invalid(errors=refused)


def _refusal(
    caller: Caller, member: Member | None, taking_part: Collection[UUID] | None
) -> str | None:
    """Why a member cannot be asked in a topic with these participants (None: of a project)."""
    is_hidden = member is not None and caller.is_guest and member.role is Role.GUEST
    takes_part = taking_part is None or (member is not None and member.id in taking_part)
    if member is None or (is_hidden and (taking_part is None or not takes_part)):
        return "is not a member whom you can ask"
    if not takes_part:
        return f"{member.name} does not take part in this conversation"
    return _owes_nothing(caller, member)


def _owes_nothing(caller: Caller, member: Member) -> str | None:
    if member.id == caller.member_id:
        return "is you; nobody asks themselves"
    if member.disabled_at is not None:
        return f"{member.name} no longer has access"
    if member.role is Role.GUEST:
        return f"{member.name} is a guest; guests are not asked"
    return None
