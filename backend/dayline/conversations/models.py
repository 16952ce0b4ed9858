"""The tables of topics and their participants."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from dayline.kernel.db.columns import Revised, WorkspaceRow, points_to, text_enum


class TopicKind(StrEnum):
    """What a topic is about."""

    TASK = "task"  # the comments of a task
    DISCUSSION = "discussion"  # a project's discussion, or a thread in it
    UPDATE = "update"  # a project update and its comments
    DECISION = "decision"  # the discussion of a decision
    DIRECT = "direct"  # between its participants only


class Topic(WorkspaceRow, Revised, table=True):
    """A conversation about one thing. A direct topic has no project."""

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
    for_guests: bool = True
    """Whether guests of its project see it. For a decision: whether it is public."""
    message_count: int = 0
    last_message_at: datetime | None = None


class TopicParticipant(WorkspaceRow, table=True):
    """A participant of a direct topic. They are chosen when it is opened, and never change."""

    __tablename__ = "topic_participants"
    __table_args__ = (
        points_to("topic_id", "topics"),
        points_to("member_id", "members"),
        UniqueConstraint("workspace_id", "topic_id", "member_id"),
        Index(None, "workspace_id", "member_id"),
    )

    topic_id: UUID
    member_id: UUID
