"""The table of scheduled messages."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, Index, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field

from dayline.kernel.db.columns import Revised, WorkspaceRow, points_to

_WAITS = "failed_at IS NULL"


class ScheduledMessage(WorkspaceRow, Revised, table=True):
    """A message to be sent at a time. Only its author sees it. It is deleted once sent."""

    __tablename__ = "scheduled_messages"
    __table_args__ = (
        points_to("topic_id", "topics"),
        points_to("author_id", "members"),
        Index(None, "workspace_id", "author_id"),
        Index(
            "ix_scheduled_messages_send_at_workspace_id",
            "send_at",
            "workspace_id",
            postgresql_where=_WAITS,
        ),
    )

    topic_id: UUID
    author_id: UUID
    body: str
    asks: list[UUID] | None = Field(sa_column=Column(ARRAY(Uuid), nullable=True))
    answers: list[UUID] | None = Field(sa_column=Column(ARRAY(Uuid), nullable=True))
    """The timers that it answers, of those that are still open then. Null: all of them."""
    kept_as_text: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    urgent: bool = False
    urgent_reason: str | None = Field(default=None, max_length=500)
    clarity_reason: str | None = Field(default=None, max_length=500)
    send_at: datetime
    created_at: datetime
    failed_at: datetime | None = None
    failure: str | None = Field(default=None, max_length=1000)
    """Why it could not be sent, in a sentence. It then stays until its author acts on it."""
