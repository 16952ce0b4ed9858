"""The table of timers: each says by when one recipient should answer one message."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, Index, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import Field

from dayline.core.agreement import ClauseKind
from dayline.kernel.db.columns import Revised, WorkspaceRow, points_to, text_enum

_OPEN = "ended_at IS NULL"
_TO_BREACH = "ended_at IS NULL AND breached_at IS NULL AND paused_at IS NULL"
_TO_WARN = f"{_TO_BREACH} AND warned_at IS NULL"
_TO_ESCALATE = f"{_OPEN} AND escalates_at IS NOT NULL"


OF_DECISIONS = (ClauseKind.DECISION_INPUT, ClauseKind.DECISION_OUTCOME)
"""The kinds of timers that decisions start. Guests see none of them."""


class EndReason(StrEnum):
    """How a timer ended."""

    RESPONDED = "responded"
    ACKNOWLEDGED = "acknowledged"
    CANCELLED = "cancelled"


class CancelReason(StrEnum):
    """Why an answer is no longer needed."""

    RESOLVED = "resolved"  # the topic was resolved
    WITHDRAWN = "withdrawn"  # the message was withdrawn
    EDITED = "edited"  # an edit removed the recipient
    RECIPIENT_LEFT = "recipient_left"  # the recipient lost access or became a guest
    ANSWERED = "answered"  # someone to whom the ask was handed over, or from whom, answered it
    IMPORTED = "imported"  # imported without an answer, and no one waits for it now


class Timer(WorkspaceRow, Revised, table=True):
    """By when one recipient should answer one message.

    A timer runs while `ended_at`, `breached_at` and `paused_at` are null. A breached timer stays
    open for the late answer. `due_at` is null if the recipient has too little working time
    within five years.
    """

    __tablename__ = "timers"
    __table_args__ = (
        points_to("message_id", "messages"),
        points_to("topic_id", "topics"),
        points_to("project_id", "projects"),
        points_to("recipient_id", "members"),
        points_to("author_id", "members"),
        points_to("follows", "timers"),
        points_to("first_timer_id", "timers"),
        points_to("escalates_to", "members"),
        points_to("answer_id", "messages"),
        ForeignKeyConstraint(
            ["workspace_id", "agreement_version"],
            ["agreement_versions.workspace_id", "agreement_versions.version"],
        ),
        CheckConstraint(
            "(first_timer_id IS NULL) = (handed_over IS NULL)", "handed_over_from_a_timer"
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
        Index(
            "ix_timers_escalates_at_workspace_id",
            "escalates_at",
            "workspace_id",
            postgresql_where=_TO_ESCALATE,
        ),
        Index(
            "ix_timers_workspace_id_escalates_at",
            "workspace_id",
            "escalates_at",
            postgresql_where=_TO_ESCALATE,
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
        Index(None, "workspace_id", "answer_id", postgresql_where="answer_id IS NOT NULL"),
    )

    message_id: UUID
    topic_id: UUID
    project_id: UUID | None = None
    """Null in direct topics."""
    recipient_id: UUID
    covers: list[UUID] = Field(default_factory=list, sa_column=Column(ARRAY(Uuid), nullable=False))
    """Members on leave who were asked. The recipient is their stand-in."""
    author_id: UUID
    kind: ClauseKind = Field(sa_type=text_enum(ClauseKind))
    urgent: bool = False
    """Whether the allowance is that of the urgent clause. `kind` stays the message's kind."""
    agreement_version: int
    allowance_s: int
    warn_share: int
    first_check_minutes: int
    sent_at: datetime
    """When it started: a message was sent, an edit added the recipient, or someone promised."""
    first_check_at: datetime | None = None
    warn_at: datetime | None = None
    due_at: datetime | None = None
    warned_at: datetime | None = None
    breached_at: datetime | None = None
    first_response_at: datetime | None = None
    answer_id: UUID | None = None
    """The message that answered it. Null if input or an outcome of a decision did."""
    ended_at: datetime | None = None
    end_reason: EndReason | None = Field(default=None, sa_type=text_enum(EndReason))
    cancel_reason: CancelReason | None = Field(default=None, sa_type=text_enum(CancelReason))
    acknowledged_at: datetime | None = None
    promised_at: datetime | None = None
    follows: UUID | None = None
    """The acknowledged timer whose promise this timer runs to."""
    first_timer_id: UUID | None = None
    """The first timer of the ask, if the ask was handed over to this one's recipient."""
    handed_over: dict[str, Any] | None = Field(
        default=None, sa_column=Column(JSONB(none_as_null=True))
    )
    """Where it was handed over from, as `HandedOver` in the schemas."""
    escalation: list[dict[str, Any]] = Field(
        default_factory=list,
        sa_column=Column(JSONB, nullable=False, server_default=text("'[]'")),
    )
    """The steps of the clause that may follow when this timer breaches."""
    escalates_at: datetime | None = None
    """When the next step comes, or has to be worked out. Set when it breaches with steps left."""
    escalates_to: UUID | None = None
    """Whom the next step goes to, as last worked out."""
    is_fixed: bool = False
    """Whether calendars leave `due_at` alone, as for a promise or an input deadline."""
    paused_at: datetime | None = None
    pause_reason: str | None = Field(default=None, max_length=500)
    paused_s: int = 0
    """The length of all ended pauses, in elapsed (not working) seconds."""
    pauses: list[dict[str, Any]] = Field(
        default_factory=list, sa_column=Column(JSONB, nullable=False)
    )
    """The ended pauses in order, each with `from`, `to` and `reason`."""
    counted: list[list[int]] = Field(default_factory=list, sa_column=Column(JSONB, nullable=False))
    """The working intervals that explain `due_at`, as pairs of epoch seconds.
    They change only together with `due_at`, so ending a timer leaves them unchanged."""
    local: dict[str, str | None] = Field(sa_column=Column(JSONB, nullable=False))
    """`sent_at`, `first_check_at`, `warn_at` and `due_at` as local times of the recipient.
    They are stored, because the zone data of PostgreSQL may differ from that of Python."""
    zone: str = Field(max_length=64)
    """The recipient's zone when the instants were computed."""
    tz_version: str = Field(max_length=32)
    """The version of the zone data used to compute the instants."""
