"""Finding and storing the members that a message mentions."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Text, Uuid, any_, bindparam, delete, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.conversations.models import Topic
from dayline.conversations.queries import sees_topic
from dayline.conversations.schemas import TopicOut
from dayline.kernel.db.database import scope_of
from dayline.kernel.db.prepared import Prepared
from dayline.members.models import Member
from dayline.messages.models import Mention, Message


async def mentioned(
    session: AsyncSession, topic: Topic | TopicOut, handles: Collection[str]
) -> list[UUID]:
    """Return the active members with these handles who can see the topic, by id."""
    if not handles:
        return []
    named = await _NAMED.run(
        session,
        workspace_id=scope_of(session).workspace_id,
        topic_id=topic.id,
        project_id=topic.project_id,
        handles=list(handles),
    )
    return [row["id"] for row in named]


_NAMED = Prepared(
    select(col(Member.id))
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
