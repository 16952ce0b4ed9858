"""Subscriptions of Slack channels, the deliveries to them, and how far events were relayed."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, Column, ForeignKeyConstraint, Index, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import Field, SQLModel

from dayline.kernel.db.columns import Revised, WorkspaceRow, points_to, text_enum


class NoticeKind(StrEnum):
    """What a channel can be told."""

    ASK = "ask"  # somebody is asked for a response
    URGENT = "urgent"  # the same, urgently
    WARNING = "warning"  # most of the time for a response has passed
    BREACH = "breach"  # all of it has
    PROJECT_UPDATE = "project_update"  # how a project stands
    TASK_STATE = "task_state"  # a task moved
    DECISION_OPENED = "decision_opened"  # somebody asks for input on a decision
    DECISION_DECIDED = "decision_decided"  # it was made


class DeliveryState(StrEnum):
    """How far a delivery is."""

    PENDING = "pending"  # waits for its next attempt
    SENDING = "sending"  # a worker has it, until its lease ends
    DELIVERED = "delivered"  # Slack took it
    FAILED = "failed"  # a dead letter: it is not tried again by itself
    DROPPED = "dropped"  # it was no longer wanted


class Subscription(WorkspaceRow, Revised, table=True):
    """A Slack incoming webhook, and what its channel wants to be told."""

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
    """The projects that it is about; None: everything."""
    url_sealed: bytes
    url_hash: bytes
    url_shown: str = Field(max_length=300)
    after_seq: int = Field(sa_type=BigInteger)
    """Events up to this number are not told: they were before it was turned on."""
    free_at: datetime
    """When the webhook may next be written to; a delivery under way holds it until its lease."""
    created_at: datetime
    created_by: UUID
    disabled_at: datetime | None = None
    disabled_reason: str | None = Field(default=None, max_length=500)


class Delivery(WorkspaceRow, table=True):
    """One event on its way to one subscription.

    `attempts` is also the fencing token: whoever sends may settle only the attempt that is theirs.
    """

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
    state: DeliveryState = Field(default=DeliveryState.PENDING, sa_type=text_enum(DeliveryState))
    attempts: int = 0
    created_at: datetime
    next_attempt_at: datetime | None
    lease_until: datetime | None = None
    first_attempt_at: datetime | None = None
    last_attempt_at: datetime | None = None
    last_status: int | None = None
    last_error: str | None = Field(default=None, max_length=500)
    settled_at: datetime | None = None
    """Since when it is delivered, failed or dropped."""


class RelayCursor(SQLModel, table=True):
    """The number of the latest event of a workspace that was turned into deliveries."""

    __tablename__ = "relay_cursors"

    workspace_id: UUID = Field(primary_key=True, foreign_key="workspaces.id")
    seq: int = Field(sa_type=BigInteger)
