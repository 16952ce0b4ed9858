"""The tables of messages and their mentions."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from dayline.kernel.db.columns import Revised, WorkspaceRow, points_to, text_enum
from dayline.projects.models import Condition


class Message(WorkspaceRow, Revised, table=True):
    """A post in a topic. The first message of an update topic has the project's condition."""

    __tablename__ = "messages"
    __table_args__ = (
        points_to("topic_id", "topics"),
        points_to("author_id", "members"),
        Index(None, "workspace_id", "topic_id", "sent_at", "id"),
    )

    topic_id: UUID
    author_id: UUID
    body: str
    body_html: str
    condition: Condition | None = Field(
        default=None,
        sa_type=text_enum(Condition),
    )
    urgent: bool = False
    urgent_reason: str | None = Field(default=None, max_length=500)
    """Why it asked someone who was not working when it was sent."""
    clarity_reason: str | None = Field(default=None, max_length=500)
    """Why it was sent although the workspace requires points that it misses."""
    asks_listed: bool = False
    """Whether the author listed who is asked. Otherwise the mentioned members are."""
    sent_at: datetime
    edited_at: datetime | None = None
    withdrawn_at: datetime | None = None


class Mention(WorkspaceRow, table=True):
    """A member mentioned in a message by `@handle`."""

    __tablename__ = "mentions"
    __table_args__ = (
        points_to("message_id", "messages"),
        points_to("member_id", "members"),
        UniqueConstraint("workspace_id", "message_id", "member_id"),
        Index(None, "workspace_id", "member_id"),
    )

    message_id: UUID
    member_id: UUID
