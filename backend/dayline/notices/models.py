"""The tables of notices, of how members want to be told, and of what is to be delivered."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import Field

from dayline.kernel.db.columns import WorkspaceRow, points_to, text_enum
from dayline.kernel.jobs.outbox import OutboxRow

OPEN = "done_at IS NULL AND settled_at IS NULL"


class MemberNoticeKind(StrEnum):
    """Why a member gets a notice."""

    ASKED = "asked"  # someone asks them for an answer
    WARNED = "warned"  # most of the time for their answer has passed
    BREACHED = "breached"  # an answer that they owe, or asked for, is overdue
    ANSWERED = "answered"  # someone answered what they asked
    PROMISED = "promised"  # someone promised an answer to what they asked
    ASSIGNED = "assigned"  # a task was assigned to them
    MENTIONED = "mentioned"  # a message names them without asking them
    DECISION_ASKED = "decision_asked"  # their input on a decision is asked for
    DECISION_DUE = "decision_due"  # their input, or the outcome that they decide, is due soon
    DECISION_DECIDED = "decision_decided"  # a decision that they proposed was made
    DECISION_TO_READ = "decision_to_read"  # a decision on which they were asked was made
    REFERENCE_WANTED = "reference_wanted"  # they explained something once too often
    AGREEMENT_TO_SIGN = "agreement_to_sign"  # a version of the agreement waits for them
    PROJECT_UPDATE = "project_update"  # a project that they are in has an update
    REVIEW_DUE = "review_due"  # a decision or a reference of theirs should be reviewed


class Notice(WorkspaceRow, table=True):
    """One thing that happened and that a member should know.

    It says what it is about by ids and holds no text: titles and excerpts are read when it is
    shown. The ids have no foreign keys, so that a consumer of events locks no rows of features.
    A notice is open until it is done or settled.
    """

    __tablename__ = "notices"
    __table_args__ = (
        points_to("member_id", "members"),
        ForeignKeyConstraint(["workspace_id", "event_seq"], ["events.workspace_id", "events.seq"]),
        UniqueConstraint("workspace_id", "event_seq", "member_id", "kind"),
        CheckConstraint("done_at IS NULL OR read_at IS NOT NULL", "done_is_read"),
        Index(None, "workspace_id", "member_id", "event_seq", "id"),
        Index(
            "ix_notices_open",
            "workspace_id",
            "member_id",
            "event_seq",
            "id",
            postgresql_where=OPEN,
        ),
        *(
            Index(
                f"ix_notices_of_{thing}",
                "workspace_id",
                f"{thing}_id",
                postgresql_where=f"settled_at IS NULL AND {thing}_id IS NOT NULL",
            )
            for thing in ("timer", "message", "topic", "task", "decision")
        ),
        Index(None, "done_at", "workspace_id", postgresql_where="done_at IS NOT NULL"),
        Index(None, "settled_at", "workspace_id", postgresql_where="settled_at IS NOT NULL"),
    )

    member_id: UUID
    kind: MemberNoticeKind = Field(sa_type=text_enum(MemberNoticeKind))
    needs_you: bool
    """Whether something is asked of the member until it is settled."""
    event_seq: int = Field(sa_type=BigInteger)
    happened_at: datetime
    actor_id: UUID | None = None
    timer_id: UUID | None = None
    message_id: UUID | None = None
    """The message that it shows: the one that asks or names them, or the answer."""
    topic_id: UUID | None = None
    task_id: UUID | None = None
    decision_id: UUID | None = None
    reference_id: UUID | None = None
    subject_id: UUID | None = None
    """What was explained, where a reference is wanted."""
    project_id: UUID | None = None
    agreement_version: int | None = None
    read_at: datetime | None = None
    done_at: datetime | None = None
    snoozed_until: datetime | None = None
    settled_at: datetime | None = None
    """When what it is about was settled, or the member lost sight of it."""


class ChannelName(StrEnum):
    """A way to tell a member something outside of the app."""

    EMAIL = "email"
    PUSH = "push"
    SLACK = "slack"


class NoticeSettings(WorkspaceRow, table=True):
    """How a member wants to be told. `id` is the member's. Without a row the defaults hold."""

    __tablename__ = "notice_settings"
    __table_args__ = (points_to("id", "members"),)

    channels: dict[str, list[str]] = Field(sa_column=Column(JSONB, nullable=False))
    """The channels of each kind that the member chose. Other kinds have their defaults."""
    muted_projects: list[UUID] = Field(
        sa_column=Column(ARRAY(PG_UUID(as_uuid=True)), nullable=False)
    )
    muted_topics: list[UUID] = Field(sa_column=Column(ARRAY(PG_UUID(as_uuid=True)), nullable=False))
    away_since: datetime | None = None
    away_until: datetime | None = None
    """When channels may be used again. None while away: until the member ends it."""


class NoticeDelivery(WorkspaceRow, OutboxRow, table=True):
    """A notice to be delivered to its member through one channel, not before `next_attempt_at`.

    Those of a member and a channel that are due together become one message. It gets its `key`
    when it is first claimed, and keeps it: whoever gets a message twice can tell by the key.
    """

    __tablename__ = "notice_deliveries"
    __table_args__ = (
        points_to("member_id", "members"),
        points_to("notice_id", "notices", ondelete="CASCADE"),
        UniqueConstraint("workspace_id", "notice_id", "channel"),
        Index(None, "workspace_id", "next_attempt_at", postgresql_where="state = 'pending'"),
        Index(None, "workspace_id", "lease_until", postgresql_where="state = 'sending'"),
        Index(
            "ix_notice_deliveries_key",
            "workspace_id",
            "key",
            postgresql_where="state = 'sending'",
        ),
        Index(None, "settled_at", "workspace_id", postgresql_where="settled_at IS NOT NULL"),
    )

    member_id: UUID
    channel: ChannelName = Field(sa_type=text_enum(ChannelName))
    notice_id: UUID
    urgent: bool = False
    """Whether it doesn't wait for working hours."""
    key: UUID | None = None
