"""Checking messages that ask someone for the five points, as strictly as the workspace wants."""

import asyncio
from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import Uuid, bindparam, select, update
from sqlmodel import col

from dayline.conversations.models import Topic, TopicKind
from dayline.conversations.schemas import TopicOut
from dayline.core.clarity import ClarityKind, ClarityLevel, Missing, missing_in_text
from dayline.identity.caller import Caller
from dayline.kernel.db.prepared import Prepared
from dayline.kernel.errors import FieldError
from dayline.members.models import Workspace
from dayline.messages.models import Message
from dayline.messages.problems import PointsMissing

KINDS = {
    TopicKind.TASK: ClarityKind.TASK_COMMENT,
    TopicKind.UPDATE: ClarityKind.DISCUSSION,
    TopicKind.DISCUSSION: ClarityKind.DISCUSSION,
    TopicKind.DECISION: ClarityKind.DISCUSSION,
    TopicKind.DIRECT: ClarityKind.DIRECT_MESSAGE,
}
"""Which kind of text a message is, by kind of topic."""


SHORT = 400
"""Characters that are checked in under 5 ms, whatever they are. Longer texts use a thread."""


def kind_of(topic: Topic | TopicOut, *, urgent: bool) -> ClarityKind:
    """Return which kind of text a message in the topic is."""
    return ClarityKind.URGENT if urgent else KINDS[topic.kind]


async def missing_in_prose(prose: str) -> list[Missing] | None:
    """Return what a text misses, without blocking other requests. None if it isn't checked."""
    if len(prose) <= SHORT:
        return missing_in_text(prose)
    return await asyncio.to_thread(missing_in_text, prose)


async def levels_of(caller: Caller) -> Mapping[str, str]:
    """Return how strictly the workspace checks each kind of text."""
    (row,) = await _LEVELS.run(caller.session, workspace_id=caller.workspace_id)
    levels: Mapping[str, str] = row["clarity"]
    return levels


_LEVELS = Prepared(
    select(col(Workspace.clarity)).where(col(Workspace.id) == bindparam("workspace_id", type_=Uuid))
)


async def reason_to_keep(
    caller: Caller, prose: str, kind: ClarityKind, reason: str | None, kept: str | None = None
) -> str | None:
    """Return the author's reason if a text that asks someone is only accepted for it.

    Where nothing is required, what was `kept` before stays. Raises PointsMissing if the text misses
    points that are required, and there is no reason.
    """
    if (await levels_of(caller))[kind] != ClarityLevel.REQUIRE:
        return kept
    missing = await missing_in_prose(prose)
    if missing and reason is None:
        raise points_missing(missing)
    return reason if missing else None


async def check_new(
    caller: Caller, topic: TopicOut, message: Message, prose: str, reason: str | None
) -> str | None:
    """Check a new message that asks someone. Returns the reason that was kept on it.

    Raises PointsMissing.
    """
    kept = await reason_to_keep(caller, prose, kind_of(topic, urgent=message.urgent), reason)
    if kept is not None:
        await keep_reason(caller, message.id, kept)
    return kept


async def keep_reason(caller: Caller, message_id: UUID, reason: str) -> None:
    """Keep on a new message why it may miss points that are required."""
    await caller.session.execute(
        update(Message)
        .where(col(Message.workspace_id) == caller.workspace_id, col(Message.id) == message_id)
        .values(clarity_reason=reason),
        execution_options={"synchronize_session": False},
    )


def points_missing(missing: Sequence[Missing]) -> PointsMissing:
    """Return the problem of a text that misses these points."""
    return PointsMissing(
        errors=[FieldError(field=each.field, reason=each.reason) for each in missing],
        missing=list(dict.fromkeys(each.point.value for each in missing)),
    )
