"""The tables of the agreement: published versions, clauses, signatures, and the draft."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from dayline.agreements.windows import LEAST_ALLOWANCE_S, MOST_ALLOWANCE_S
from dayline.core.agreement import ClauseKind
from dayline.kernel.db.columns import Revised, WorkspaceRow, points_to, text_enum

MOST_FIRST_CHECK_MINUTES = 24 * 60


def _steps(kind: type[list[Any] | dict[Any, Any]]) -> Column[Any]:
    """A column of steps that is empty in versions from before there were steps."""
    return Column(JSONB, nullable=False, server_default=text(f"'{kind()}'"))


class Written(SQLModel):
    """The fields that a version and a draft share, besides the clauses."""

    title: str = Field(max_length=200)
    text: str
    text_html: str
    warn_share: int
    first_check_minutes: int


class AgreementVersion(WorkspaceRow, Written, table=True):
    """A published version. The serving role may insert versions, but not change or delete them."""

    __tablename__ = "agreement_versions"
    __table_args__ = (
        points_to("published_by", "members"),
        UniqueConstraint("workspace_id", "version"),
        CheckConstraint("version >= 1", "version"),
        CheckConstraint("warn_share BETWEEN 1 AND 99", "warn_share"),
        CheckConstraint(
            f"first_check_minutes BETWEEN 1 AND {MOST_FIRST_CHECK_MINUTES}", "first_check_minutes"
        ),
    )

    version: int
    published_at: datetime
    published_by: UUID | None
    """Null if a software upgrade published it."""
    in_force_from: datetime


class AgreementClause(WorkspaceRow, table=True):
    """The working time that a version allows for one kind. It never changes."""

    __tablename__ = "agreement_clauses"
    __table_args__ = (
        points_to("agreement_id", "agreement_versions"),
        UniqueConstraint("workspace_id", "agreement_id", "kind"),
        CheckConstraint(
            f"allowance_s BETWEEN {LEAST_ALLOWANCE_S} AND {MOST_ALLOWANCE_S}", "allowance_s"
        ),
    )

    agreement_id: UUID
    kind: ClauseKind = Field(sa_type=text_enum(ClauseKind))
    allowance_s: int
    escalation: list[dict[str, Any]] = Field(sa_column=_steps(list))
    """What follows an overdue answer: steps in order, each with `to` and `allowance_s`."""


class AgreementSignature(WorkspaceRow, table=True):
    """A member's signature of a version. It can't be withdrawn."""

    __tablename__ = "agreement_signatures"
    __table_args__ = (
        points_to("agreement_id", "agreement_versions"),
        points_to("member_id", "members"),
        UniqueConstraint("workspace_id", "agreement_id", "member_id"),
    )

    agreement_id: UUID
    member_id: UUID
    signed_at: datetime


class AgreementDraft(Written, Revised, table=True):
    """The draft of the next version. Every workspace has exactly one."""

    __tablename__ = "agreement_drafts"

    workspace_id: UUID = Field(primary_key=True, foreign_key="workspaces.id")
    allowances: dict[str, int] = Field(sa_column=Column(JSONB, nullable=False))
    """Seconds of working time, by kind of clause."""
    escalations: dict[str, list[dict[str, Any]]] = Field(sa_column=_steps(dict))
    """What follows an overdue answer, by kind of clause. A kind that is absent has no steps."""
