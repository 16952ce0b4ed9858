"""Reading scheduled messages. Everyone sees only their own."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlmodel import col

from dayline.calendars.queries import zone_of
from dayline.identity.caller import Caller
from dayline.kernel.db.finding import count, find_one
from dayline.scheduled.models import ScheduledMessage
from dayline.scheduled.schemas import ScheduledOut


def _own(caller: Caller) -> ColumnElement[bool]:
    return (col(ScheduledMessage.workspace_id) == caller.workspace_id) & (
        col(ScheduledMessage.author_id) == caller.member_id
    )


async def list_scheduled(caller: Caller, topic_id: UUID | None) -> Sequence[ScheduledMessage]:
    """The caller's scheduled messages, of one topic or of all, by the time of sending."""
    found = select(ScheduledMessage).where(_own(caller))
    if topic_id is not None:
        found = found.where(col(ScheduledMessage.topic_id) == topic_id)
    order = col(ScheduledMessage.send_at), col(ScheduledMessage.id)
    return (await caller.session.scalars(found.order_by(*order))).all()


async def get_scheduled(
    caller: Caller, scheduled_id: UUID, *, for_update: bool = False
) -> ScheduledMessage:
    """One of the caller's scheduled messages. Raises NotFound."""
    found = select(ScheduledMessage).where(_own(caller), col(ScheduledMessage.id) == scheduled_id)
    return await find_one(caller.session, found, for_update=for_update)


async def scheduled_documents(
    caller: Caller, scheduled: Sequence[ScheduledMessage]
) -> list[ScheduledOut]:
    """The documents of scheduled messages for their author."""
    yours = await zone_of(caller)
    return [
        ScheduledOut(
            **{name: getattr(each, name) for name in _AS_THEY_ARE},
            send_local=each.send_at.astimezone(yours).isoformat(),
        )
        for each in scheduled
    ]


_AS_THEY_ARE = ScheduledOut.model_fields.keys() - {"send_local"}


async def count_own(caller: Caller) -> int:
    """The number of the caller's scheduled messages."""
    return await count(caller.session, ScheduledMessage, _own(caller))
