"""Topics and their messages."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from dayline.kernel.columns import Revised, WorkspaceRow, points_to, text_enum
from dayline.projects.models import Condition


class TopicKind(StrEnum):
    """What a topic is about."""

    TASK = "task"  # the comments of a task
    DISCUSSION = "discussion"  # a project's discussion, or one thread of it
    UPDATE = "update"  # a project update and what is said about it
    DECISION = "decision"  # the discussion of a decision
    DIRECT = "direct"  # between its participants, and nobody else


class Topic(WorkspaceRow, Revised, table=True):
    """One conversation about one thing. A direct topic has no project."""

    __tablename__ = "topics"
    __table_args__ = (
        points_to("project_id", "projects"),
        points_to("created_by", "members"),
        points_to("resolved_by", "members"),
        CheckConstraint("(kind = 'direct') = (project_id IS NULL)", "direct_or_project"),
        Index(None, "workspace_id", "project_id", "kind"),
        Index(
            "uq_topics_main_discussion",
            "workspace_id",
            "project_id",
            unique=True,
            postgresql_where="main",
        ),
    )

    kind: TopicKind = Field(sa_type=text_enum(TopicKind))
    project_id: UUID | None = None
    title: str = Field(max_length=200)
    main: bool = False
    """Whether it is the discussion that every project has."""
    created_at: datetime
    created_by: UUID | None
    resolved_at: datetime | None = None
    resolved_by: UUID | None = None
    message_count: int = 0
    last_message_at: datetime | None = None


class TopicParticipant(WorkspaceRow, table=True):
    """A participant of a direct topic. They are chosen when it is opened and do not change."""

    __tablename__ = "topic_participants"
    __table_args__ = (
        points_to("topic_id", "topics"),
        points_to("member_id", "members"),
        UniqueConstraint("workspace_id", "topic_id", "member_id"),
        Index(None, "workspace_id", "member_id"),
    )

    topic_id: UUID
    member_id: UUID


class Message(WorkspaceRow, Revised, table=True):
    """One post in a topic. The first message of an update topic says the project's condition."""

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
    """Why it asks somebody who was off when it was sent."""
    asks_listed: bool = False
    """Whether its author listed whom it asks; otherwise its mentions ask."""
    sent_at: datetime
    edited_at: datetime | None = None
    withdrawn_at: datetime | None = None


class Mention(WorkspaceRow, table=True):
    """A member whom a message names by `@handle`."""

    __tablename__ = "mentions"
    __table_args__ = (
        points_to("message_id", "messages"),
        points_to("member_id", "members"),
        UniqueConstraint("workspace_id", "message_id", "member_id"),
        Index(None, "workspace_id", "member_id"),
    )

    message_id: UUID
    member_id: UUID
