"""The table of attachments: one row for each file."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from dayline.kernel.db.columns import WorkspaceRow, points_to


class Attachment(WorkspaceRow, table=True):
    """A file, from before its first byte is written until after it is deleted.

    It is attached to a message, or to the task of a topic (without a message), or to nothing yet.
    """

    __tablename__ = "attachments"
    __table_args__ = (
        points_to("uploaded_by", "members"),
        points_to("topic_id", "topics"),
        points_to("message_id", "messages"),
        CheckConstraint("message_id IS NULL OR topic_id IS NOT NULL", "messages_have_topics"),
        CheckConstraint("topic_id IS NULL OR stored_at IS NOT NULL", "only_whole_files_hang"),
        CheckConstraint("topic_id IS NOT NULL OR expires_at IS NOT NULL", "what_is_loose_expires"),
        Index(None, "workspace_id", "topic_id", "message_id"),
        Index(None, "workspace_id", "uploaded_by", postgresql_include=["size"]),
        Index(None, "expires_at", "workspace_id", postgresql_where="expires_at IS NOT NULL"),
    )

    uploaded_by: UUID
    name: str = Field(max_length=255)
    media_type: str = Field(max_length=255)
    size: int = 0
    """The size in bytes. Until the file is complete, the most that it may have."""
    sha256: bytes = b""
    created_at: datetime
    stored_at: datetime | None = None
    """When the file was complete. Null before."""
    expires_at: datetime | None
    """When the file may be deleted. Null while it is attached."""
    topic_id: UUID | None = None
    message_id: UUID | None = None
