"""Who sees an attachment: everyone who sees its topic, or its uploader before it has one."""

from uuid import UUID

from sqlalchemy import or_, select
from sqlmodel import col

from dayline.attachments.models import Attachment
from dayline.attachments.queries import is_loose
from dayline.conversations.models import Topic
from dayline.conversations.queries import visible_topics
from dayline.identity.caller import Caller
from dayline.kernel.db.finding import find_one


async def get_attachment(caller: Caller, attachment_id: UUID) -> Attachment:
    """Return the attachment with this id. Raises NotFound if the caller doesn't see it."""
    seen = select(col(Topic.id)).where(visible_topics(caller))
    hangs = col(Attachment.topic_id).in_(seen) & col(Attachment.expires_at).is_(None)
    return await find_one(
        caller.session,
        select(Attachment).where(
            col(Attachment.workspace_id) == caller.workspace_id,
            col(Attachment.id) == attachment_id,
            or_(hangs, is_loose(caller)),
        ),
    )
