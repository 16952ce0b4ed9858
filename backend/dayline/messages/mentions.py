"""Storing the members that a message mentions."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.messages.models import Mention, Message


async def mentioned_in(session: AsyncSession, message: Message) -> set[UUID]:
    """Return the members that a message mentions."""
    found = await session.scalars(
        select(col(Mention.member_id)).where(
            col(Mention.workspace_id) == message.workspace_id,
            col(Mention.message_id) == message.id,
        )
    )
    return set(found)


async def note_mentions(
    session: AsyncSession, message: Message, member_ids: Collection[UUID]
) -> None:
    """Replace the mentions of the message with `member_ids`."""
    await session.execute(
        delete(Mention).where(
            col(Mention.workspace_id) == message.workspace_id,
            col(Mention.message_id) == message.id,
        )
    )
    session.add_all(
        Mention(workspace_id=message.workspace_id, message_id=message.id, member_id=member_id)
        for member_id in member_ids
    )
    await session.flush()
