"""Whom a message names."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.accounts.models import Member
from dayline.kernel.markdown import mentions_in
from dayline.topics.models import Mention, Message, Topic
from dayline.topics.queries import members_who_see_topic


async def mentioned(session: AsyncSession, topic: Topic, body: str) -> list[UUID]:
    """The active members whom `body` names and who can see the topic, ordered by id."""
    handles = mentions_in(body)
    if not handles:
        return []
    named = select(col(Member.id)).where(
        col(Member.workspace_id) == topic.workspace_id, col(Member.handle).in_(handles)
    )
    seeing = await members_who_see_topic(session, topic)
    return sorted(seeing.intersection((await session.scalars(named)).all()))


async def note_mentions(
    session: AsyncSession, message: Message, member_ids: Collection[UUID]
) -> None:
    """Make `member_ids` the mentions of the message, and no others."""
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
