"""Which mentions reach nobody, and why."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Text, Uuid, any_, bindparam, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import col

from dayline.conversations.models import Topic
from dayline.conversations.queries import get_topic, sees_topic
from dayline.conversations.schemas import TopicOut
from dayline.core.phrase import Phrase
from dayline.identity.caller import Caller
from dayline.identity.models import Role
from dayline.kernel.db.prepared import Prepared
from dayline.kernel.errors import FieldError, Invalid
from dayline.kernel.text.markdown import parse_async
from dayline.members.models import Member
from dayline.members.queries import visible_members
from dayline.messages.reach_schemas import UnreachedOut, UnreachedReason


@dataclass(frozen=True, slots=True)
class Mentions:
    """Who is mentioned in a text: the active members who can see the place, by id.

    `unreached` says which handles ask nobody, by handle.
    """

    ids: list[UUID]
    unreached: list[UnreachedOut]


async def find_mentions(
    caller: Caller, topic: Topic | TopicOut, handles: Collection[str]
) -> Mentions:
    """Return who is mentioned in a topic by these handles, and which handles ask nobody."""
    return await find_mentions_at(caller, topic.id, topic.project_id, handles)


async def unreached_in(caller: Caller, topic_id: UUID, body: str) -> list[UnreachedOut]:
    """Return the mentions in a text that ask nobody in this topic. Raises NotFound."""
    topic = await get_topic(caller, topic_id)
    parsed = await parse_async(body)
    return (await find_mentions(caller, topic, parsed.mentions)).unreached


async def find_mentions_at(
    caller: Caller,
    topic_id: UUID | None,
    project_id: UUID | None,
    handles: Collection[str],
    taking_part: Collection[UUID] = (),
) -> Mentions:
    """Do the same where there is no topic yet: in a project, or between those taking part."""
    if not handles:
        return Mentions([], [])
    named = await _NAMED.run(
        caller.session,
        workspace_id=caller.workspace_id,
        topic_id=topic_id,
        project_id=project_id,
        handles=list(handles),
    )
    guests = {row["handle"] for row in named if row["role"] == Role.GUEST}
    absent = set(handles) - {row["handle"] for row in named} | guests
    unreached = await _why(caller, absent, guests, taking_part) if absent else []
    return Mentions([row["id"] for row in named], unreached)


_NAMED = Prepared(
    select(col(Member.id), col(Member.handle), col(Member.role))
    .where(
        col(Member.handle) == any_(bindparam("handles", type_=ARRAY(Text))),
        sees_topic(
            bindparam("workspace_id", type_=Uuid),
            bindparam("topic_id", type_=Uuid),
            bindparam("project_id", type_=Uuid),
        ),
    )
    .order_by(col(Member.id))
)


async def _why(
    caller: Caller, absent: Collection[str], guests: Collection[str], taking_part: Collection[UUID]
) -> list[UnreachedOut]:
    found = visible_members(caller).where(col(Member.handle).in_(absent))
    known = {member.handle: member for member in await caller.session.scalars(found)}
    reasons = {
        handle: _reason(known.get(handle), handle in guests, taking_part)
        for handle in sorted(absent)
    }
    return [
        UnreachedOut(handle=handle, reason=reason)
        for handle, reason in reasons.items()
        if reason is not None
    ]


def _reason(
    member: Member | None, is_guest_here: bool, taking_part: Collection[UUID]
) -> UnreachedReason | None:
    if member is None:
        return UnreachedReason.UNKNOWN
    if not member.is_active:
        return UnreachedReason.NO_ACCESS
    if member.id not in taking_part and not is_guest_here:
        return UnreachedReason.CANNOT_SEE
    return UnreachedReason.GUEST if member.is_guest else None


def refuse_unseen(unreached: Iterable[UnreachedOut], kept_as_text: Collection[str]) -> None:
    """Refuse mentions of members who can't see the place, unless they are kept as text.

    Raises Invalid with an error for each of them.
    """
    kept = {handle.lower() for handle in kept_as_text}
    refused = [
        FieldError(field="body", reason=Phrase("fields.mention-cannot-see", handle=each.handle))
        for each in unreached
        if each.reason is UnreachedReason.CANNOT_SEE and each.handle not in kept
    ]
    if refused:
        raise Invalid(errors=refused)
