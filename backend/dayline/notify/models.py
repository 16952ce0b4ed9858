"""Tables of Slack subscriptions and their deliveries."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, Column, ForeignKeyConstraint, Index, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import Field

from dayline.kernel.db.columns import Revised, WorkspaceRow, points_to, text_enum
from dayline.kernel.jobs.outbox import OutboxRow


class NoticeKind(StrEnum):
    """What a channel can be notified about."""

    ASK = "ask"  # someone is asked for a response
    URGENT = "urgent"  # someone is urgently asked for a response
    WARNING = "warning"  # most of the time for a response has passed
    BREACH = "breach"  # a response is overdue
    PROJECT_UPDATE = "project_update"  # a project's condition
    TASK_STATE = "task_state"  # the state of a task changed
    DECISION_OPENED = "decision_opened"  # stakeholders are asked for input on a decision
    DECISION_DECIDED = "decision_decided"  # a decision was made


class Subscription(WorkspaceRow, Revised, table=True):
    """A Slack incoming webhook, and what is posted to its channel."""

    __tablename__ = "subscriptions"
    __table_args__ = (
        points_to("created_by", "members"),
        UniqueConstraint("workspace_id", "url_hash"),
    )

    name: str = Field(max_length=200)
    kinds: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    project_ids: list[UUID] | None = Field(
        default=None, sa_column=Column(ARRAY(PG_UUID(as_uuid=True)), nullable=True)
    )
    """The projects whose events are posted. None: all events."""
    url_sealed: bytes
    url_hash: bytes
    url_shown: str = Field(max_length=300)
    after_seq: int = Field(sa_type=BigInteger)
    """Events up to this number are not posted: they happened before it was turned on."""
    free_at: datetime
    """When the next message may be sent. A delivery under way reserves the webhook until then."""
    created_at: datetime
    created_by: UUID
    disabled_at: datetime | None = None
    disabled_reason: str | None = Field(default=None, max_length=500)
    language: str | None = Field(default=None, max_length=35)
    """The language of the channel. None: the workspace's."""


class Delivery(WorkspaceRow, OutboxRow, table=True):
    """One event to be delivered to one subscription."""

    __tablename__ = "deliveries"
    __table_args__ = (
        points_to("subscription_id", "subscriptions", ondelete="CASCADE"),
        ForeignKeyConstraint(["workspace_id", "event_seq"], ["events.workspace_id", "events.seq"]),
        UniqueConstraint("workspace_id", "subscription_id", "event_seq"),
        Index(
            "ix_deliveries_pending",
            "workspace_id",
            "subscription_id",
            "next_attempt_at",
            "event_seq",
            postgresql_where="state = 'pending'",
        ),
        Index(
            "ix_deliveries_sending",
            "workspace_id",
            "subscription_id",
            "lease_until",
            postgresql_where="state = 'sending'",
        ),
        Index(None, "settled_at", "workspace_id", postgresql_where="settled_at IS NOT NULL"),
    )

    subscription_id: UUID
    event_seq: int = Field(sa_type=BigInteger)
    event_id: UUID
    kind: NoticeKind = Field(sa_type=text_enum(NoticeKind))
    last_status: int | None = None
