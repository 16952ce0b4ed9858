"""Timers: the obligation of one recipient to answer one message."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, Index, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import Field

from dayline.core.agreement import ClauseKind
from dayline.kernel.db.columns import Revised, WorkspaceRow, points_to, text_enum

_OPEN = "ended_at IS NULL"
_TO_BREACH = "ended_at IS NULL AND breached_at IS NULL AND paused_at IS NULL"
_TO_WARN = f"{_TO_BREACH} AND warned_at IS NULL"


OF_DECISIONS = (ClauseKind.DECISION_INPUT, ClauseKind.DECISION_OUTCOME)
"""What decisions ask. Guests see none of these timers."""


class EndReason(StrEnum):
    """How a timer ended."""

    RESPONDED = "responded"
    ACKNOWLEDGED = "acknowledged"
    CANCELLED = "cancelled"


class CancelReason(StrEnum):
    """Why an answer is no longer needed."""

    RESOLVED = "resolved"  # the topic was
    WITHDRAWN = "withdrawn"  # the message was
    EDITED = "edited"  # the message asks them no longer
    RECIPIENT_LEFT = "recipient_left"  # they lost access, or became a guest
    IMPORTED = "imported"  # the past that was imported holds none, and nobody waits for it now


class Timer(WorkspaceRow, Revised, table=True):
    """One recipient, one message, and by when it should be answered.

    It runs while `ended_at` and `breached_at` are null; a breached one still waits for its late
    answer. `due_at` is null where the recipient has no working time within the horizon.
    """

    __tablename__ = "timers"
    __table_args__ = (
        points_to("message_id", "messages"),
        points_to("topic_id", "topics"),
        points_to("project_id", "projects"),
        points_to("recipient_id", "members"),
        points_to("author_id", "members"),
        points_to("follows", "timers"),
        ForeignKeyConstraint(
            ["workspace_id", "agreement_version"],
            ["agreement_versions.workspace_id", "agreement_versions.version"],
        ),
        CheckConstraint("recipient_id <> author_id OR kind = 'decision_outcome'", "somebody_else"),
        CheckConstraint("allowance_s >= 0 AND paused_s >= 0", "no_time_is_negative"),
        CheckConstraint("(ended_at IS NULL) = (end_reason IS NULL)", "ends_by_something"),
        CheckConstraint(
            "(end_reason IS NOT DISTINCT FROM 'cancelled') = (cancel_reason IS NOT NULL)",
            "cancelled_for_a_reason",
        ),
        CheckConstraint(
            "(acknowledged_at IS NULL) = (promised_at IS NULL)", "acknowledged_with_a_promise"
        ),
        CheckConstraint("(paused_at IS NULL) = (pause_reason IS NULL)", "paused_for_a_reason"),
        CheckConstraint(
            "paused_at IS NULL OR (ended_at IS NULL AND breached_at IS NULL)",
            "pauses_while_it_runs",
        ),
        Index(
            "ix_timers_due_at_workspace_id", "due_at", "workspace_id", postgresql_where=_TO_BREACH
        ),
        Index(
            "ix_timers_workspace_id_due_at", "workspace_id", "due_at", postgresql_where=_TO_BREACH
        ),
        Index(
            "ix_timers_warn_at_workspace_id", "warn_at", "workspace_id", postgresql_where=_TO_WARN
        ),
        Index(
            "ix_timers_workspace_id_warn_at", "workspace_id", "warn_at", postgresql_where=_TO_WARN
        ),
        Index(None, "workspace_id", "recipient_id", postgresql_where=_OPEN),
        Index(None, "workspace_id", "author_id", postgresql_where=_OPEN),
        Index(None, "workspace_id", "topic_id", "recipient_id", postgresql_where=_OPEN),
        Index(
            "uq_timers_open_ask",
            "workspace_id",
            "message_id",
            "recipient_id",
            unique=True,
            postgresql_where=_OPEN,
        ),
        Index(None, "workspace_id", "message_id"),
    )

    message_id: UUID
    topic_id: UUID
    project_id: UUID | None = None
    """Null in direct topics."""
    recipient_id: UUID
    covers: list[UUID] = Field(default_factory=list, sa_column=Column(ARRAY(Uuid), nullable=False))
    """Members on leave who were asked, and for whom the recipient stands in."""
    author_id: UUID
    kind: ClauseKind = Field(sa_type=text_enum(ClauseKind))
    urgent: bool = False
    """A flag beside the kind: the allowance is then that of the urgent clause."""
    agreement_version: int
    allowance_s: int
    warn_share: int
    first_check_minutes: int
    sent_at: datetime
    """When it began to run: the message was sent, its edit asked, or the promise was given."""
    first_check_at: datetime | None = None
    warn_at: datetime | None = None
    due_at: datetime | None = None
    warned_at: datetime | None = None
    breached_at: datetime | None = None
    first_response_at: datetime | None = None
    ended_at: datetime | None = None
    end_reason: EndReason | None = Field(default=None, sa_type=text_enum(EndReason))
    cancel_reason: CancelReason | None = Field(default=None, sa_type=text_enum(CancelReason))
    acknowledged_at: datetime | None = None
    promised_at: datetime | None = None
    follows: UUID | None = None
    """The timer whose promise this one keeps."""
    is_fixed: bool = False
    """Whether its instants are fixed, as a promise is: calendars do not move it."""
    paused_at: datetime | None = None
    pause_reason: str | None = Field(default=None, max_length=500)
    paused_s: int = 0
    """The real seconds of all pauses that have ended."""
    pauses: list[dict[str, Any]] = Field(
        default_factory=list, sa_column=Column(JSONB, nullable=False)
    )
    """The pauses that have ended, in order: from, to, reason."""
    counted: list[list[int]] = Field(default_factory=list, sa_column=Column(JSONB, nullable=False))
    """The intervals that make up `due_at`, in epoch seconds: why it is what it is. They are
    written with `due_at`, so that whoever ends a timer, the sweep too, leaves them as they are."""
    local: dict[str, str | None] = Field(sa_column=Column(JSONB, nullable=False))
    """`sent_at`, `first_check_at`, `warn_at` and `due_at` on the recipient's clock. Written with
    them, so that PostgreSQL, whose zone data may differ, shows a timer without converting."""
    zone: str = Field(max_length=64)
    """The recipient's zone when the instants were computed."""
    tz_version: str = Field(max_length=32)
    """The version of the zone data with which they were computed."""
