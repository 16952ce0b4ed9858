"""Tables of decisions and their parts."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from dayline.kernel.db.columns import Revised, WorkspaceRow, points_to, text_enum


class DecisionStatus(StrEnum):
    """How far along a decision is."""

    DRAFT = "draft"
    OPEN = "open"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


class AskedFor(StrEnum):
    """What a stakeholder is asked for."""

    INPUT = "input"
    APPROVAL = "approval"


class Stance(StrEnum):
    """A stakeholder's input. The last two answer a request for approval."""

    AGREE = "agree"  # with the recommendation
    PREFER = "prefer"  # another option
    OBJECT = "object"
    ABSTAIN = "abstain"
    APPROVE = "approve"
    REJECT = "reject"


class RelationKind(StrEnum):
    """How a later decision affects an earlier one."""

    SUPERSEDES = "supersedes"
    AMENDS = "amends"


class Decision(WorkspaceRow, Revised, table=True):
    """A proposal and its outcome.

    Once decided it is a record: the database then refuses to change the decision (except whether it
    is public and when it is reviewed) and the content of its options, stakeholders and inputs.
    """

    __tablename__ = "decisions"
    __table_args__ = (
        points_to("project_id", "projects"),
        points_to("topic_id", "topics"),
        points_to("message_id", "messages"),
        points_to("proposed_by", "members"),
        points_to("decider_id", "members"),
        points_to("decided_by", "members"),
        UniqueConstraint("workspace_id", "number"),
        UniqueConstraint("workspace_id", "topic_id"),
        CheckConstraint(
            "status <> 'open' OR (opened_at IS NOT NULL AND input_due_at IS NOT NULL "
            "AND decider_id IS NOT NULL AND message_id IS NOT NULL)",
            "open_is_whole",
        ),
        CheckConstraint(
            "(status = 'withdrawn') = (withdrawn_at IS NOT NULL)", "withdrawn_at_an_instant"
        ),
        CheckConstraint("decided_at IS NULL OR status = 'decided'", "decided_at_an_instant"),
        CheckConstraint("closed_at IS NULL OR opened_at IS NOT NULL", "closes_what_was_open"),
        Index(None, "workspace_id", "project_id"),
        Index(None, "workspace_id", "status", "updated_at", "id"),
        Index(
            "ix_decisions_input_due_at_workspace_id",
            "input_due_at",
            "workspace_id",
            postgresql_where="status = 'open' AND closed_at IS NULL",
        ),
        Index(
            "ix_decisions_review_due_at_workspace_id",
            "review_due_at",
            "workspace_id",
            postgresql_where="review_told_at IS NULL",
        ),
    )

    number: int
    project_id: UUID
    topic_id: UUID
    """The topic of its discussion."""
    message_id: UUID | None = None
    """The message that opened it. The timers of stakeholders and decider belong to this message."""
    title: str = Field(max_length=200)
    status: DecisionStatus = Field(sa_type=text_enum(DecisionStatus))
    context: str = ""
    recommendation: str = ""
    proposed_by: UUID
    decider_id: UUID | None = None
    decided_by: UUID | None = None
    input_due_at: datetime | None = None
    """The deadline for input. Changes of calendars don't move it."""
    extensions: list[dict[str, Any]] = Field(
        default_factory=list, sa_column=Column(JSONB, nullable=False)
    )
    """The moves of the deadline, in order: at, by, old, new, reason."""
    created_at: datetime
    updated_at: datetime
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    """When the time for input ended: at the deadline, or when everyone had answered."""
    decided_at: datetime | None = None
    """Null for an imported decision: its source gives a day at most."""
    decided_on: date | None = None
    """The day of an imported decision, as its source gives it."""
    withdrawn_at: datetime | None = None
    withdrawal_reason: str | None = Field(default=None, max_length=2000)
    outcome: str = ""
    rationale: str = ""
    proposer_minutes: int | None = None
    decider_minutes: int | None = None
    meeting_minutes: int = 30
    """The length of the meeting that it replaces, in minutes."""
    review_on: date | None = None
    review_due_at: datetime | None = None
    """The decider's first working instant on the day of the review or after it."""
    review_told_at: datetime | None = None
    is_public: bool = False
    source_status: str | None = Field(default=None, max_length=200)
    """The status of an imported decision, as its source writes it."""
    sections: list[dict[str, Any]] = Field(
        default_factory=list, sa_column=Column(JSONB, nullable=False)
    )
    """Further sections of an imported decision, in order: title, body."""


class DecisionOption(WorkspaceRow, table=True):
    """One option of a decision."""

    __tablename__ = "decision_options"
    __table_args__ = (
        points_to("decision_id", "decisions"),
        UniqueConstraint("workspace_id", "decision_id", "position"),
        Index(
            "uq_decision_options_recommended",
            "workspace_id",
            "decision_id",
            unique=True,
            postgresql_where="is_recommended",
        ),
        Index(
            "uq_decision_options_chosen",
            "workspace_id",
            "decision_id",
            unique=True,
            postgresql_where="is_chosen",
        ),
    )

    decision_id: UUID
    position: int
    title: str = Field(max_length=200)
    body: str = ""
    is_recommended: bool = False
    is_chosen: bool = False


class DecisionStakeholder(WorkspaceRow, table=True):
    """A member who is asked for input or for approval."""

    __tablename__ = "decision_stakeholders"
    __table_args__ = (
        points_to("decision_id", "decisions"),
        points_to("member_id", "members"),
        UniqueConstraint("workspace_id", "decision_id", "member_id"),
        Index(None, "workspace_id", "member_id"),
        Index(
            "ix_decision_stakeholders_remind_at_workspace_id",
            "remind_at",
            "workspace_id",
            postgresql_where="reminded_at IS NULL",
        ),
    )

    decision_id: UUID
    member_id: UUID
    asked_for: AskedFor = Field(sa_type=text_enum(AskedFor))
    remind_at: datetime | None = None
    """When half of their working time until the deadline is over. Null if there is none."""
    reminded_at: datetime | None = None
    read_at: datetime | None = None
    """When they confirmed that they have read the record."""


class DecisionInput(WorkspaceRow, table=True):
    """A stakeholder's input. A newer input replaces it, and it stays as history."""

    __tablename__ = "decision_inputs"
    __table_args__ = (
        points_to("decision_id", "decisions"),
        points_to("member_id", "members"),
        points_to("option_id", "decision_options"),
        CheckConstraint("(stance = 'prefer') = (option_id IS NOT NULL)", "prefers_an_option"),
        CheckConstraint(
            "stance NOT IN ('object', 'reject') OR reason <> ''", "objects_for_a_reason"
        ),
        Index(
            "uq_decision_inputs_current",
            "workspace_id",
            "decision_id",
            "member_id",
            unique=True,
            postgresql_where="replaced_at IS NULL",
        ),
        Index(None, "workspace_id", "decision_id", "given_at"),
    )

    decision_id: UUID
    member_id: UUID
    stance: Stance = Field(sa_type=text_enum(Stance))
    option_id: UUID | None = None
    reason: str = ""
    minutes: int | None = None
    """The time spent in minutes, as they report it: 5, 10, 15 or 30."""
    given_at: datetime
    is_late: bool = False
    """Whether it was given after the deadline."""
    replaced_at: datetime | None = None
    answer: str = ""
    """What the decider answered to it, with the outcome."""


class DecisionRelation(WorkspaceRow, table=True):
    """What a later decision does to an earlier one, in force once the later one is decided."""

    __tablename__ = "decision_relations"
    __table_args__ = (
        points_to("decision_id", "decisions"),
        points_to("earlier_id", "decisions"),
        UniqueConstraint("workspace_id", "decision_id", "earlier_id", "kind"),
        Index(None, "workspace_id", "earlier_id"),
        CheckConstraint("decision_id <> earlier_id", "earlier_is_another"),
    )

    decision_id: UUID
    earlier_id: UUID
    kind: RelationKind = Field(sa_type=text_enum(RelationKind))


class DecisionTask(WorkspaceRow, table=True):
    """A task that a decision is about, or that was created from its outcome."""

    __tablename__ = "decision_tasks"
    __table_args__ = (
        points_to("decision_id", "decisions"),
        points_to("task_id", "tasks"),
        points_to("linked_by", "members"),
        UniqueConstraint("workspace_id", "decision_id", "task_id"),
        Index(None, "workspace_id", "task_id"),
    )

    decision_id: UUID
    task_id: UUID
    is_from_outcome: bool = False
    linked_by: UUID
    linked_at: datetime
