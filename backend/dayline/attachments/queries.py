"""Reading attachments."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.attachments.models import Attachment
from dayline.attachments.schemas import AttachmentOut, attachment_document
from dayline.identity.caller import Caller
from dayline.kernel.db.database import scope_of


def is_loose(caller: Caller) -> ColumnElement[bool]:
    """Select complete uploads of the caller that are not attached yet."""
    return (
        col(Attachment.topic_id).is_(None)
        & (col(Attachment.uploaded_by) == caller.member_id)
        & col(Attachment.stored_at).is_not(None)
        & (col(Attachment.expires_at) > caller.now)
    )


def hanging_on(topic_id: UUID, message_id: UUID | None) -> ColumnElement[bool]:
    """Select the files attached to a message, or without one to the task of a topic."""
    return (
        (col(Attachment.topic_id) == topic_id)
        & col(Attachment.message_id).is_not_distinct_from(message_id)
        & col(Attachment.expires_at).is_(None)
    )


async def attachments_of_messages(
    session: AsyncSession, message_ids: Collection[UUID]
) -> dict[UUID, list[AttachmentOut]]:
    """Return the files attached to each of the messages, in the order of upload."""
    found: dict[UUID, list[AttachmentOut]] = defaultdict(list)
    which = col(Attachment.message_id).in_(message_ids) & col(Attachment.expires_at).is_(None)
    for attachment in await session.scalars(_here(session, which)):
        if attachment.message_id is not None:
            found[attachment.message_id].append(attachment_document(attachment))
    return found


async def attachments_of_task(session: AsyncSession, topic_id: UUID) -> list[AttachmentOut]:
    """Return the files attached to the task of a topic, in the order of upload."""
    hanging = await session.scalars(_here(session, hanging_on(topic_id, None)))
    return [attachment_document(attachment) for attachment in hanging]


def _here(session: AsyncSession, which: ColumnElement[bool]) -> Select[Attachment]:
    return (
        select(Attachment)
        .where(col(Attachment.workspace_id) == scope_of(session).workspace_id, which)
        .order_by(col(Attachment.id))
        .execution_options(populate_existing=True)
    )
