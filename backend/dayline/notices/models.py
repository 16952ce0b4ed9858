"""The table of notices: what happened that one member should know."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field

from dayline.kernel.db.columns import WorkspaceRow, points_to, text_enum

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
        Index(None, "happened_at", "workspace_id"),
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
