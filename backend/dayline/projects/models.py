"""The tables of projects and their people."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from dayline.kernel.db.columns import Revised, WorkspaceRow, points_to, text_enum


class Condition(StrEnum):
    """How a project is doing, according to its last update."""

    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OFF_TRACK = "off_track"


class Project(WorkspaceRow, Revised, table=True):
    """A project. `key` is the first part of its tasks' numbers (`ABC-12`) and never changes."""

    __tablename__ = "projects"
    __table_args__ = (
        points_to("lead_id", "members"),
        UniqueConstraint("workspace_id", "key"),
        CheckConstraint("key = upper(key)", "upper"),
    )

    key: str = Field(max_length=10)
    name: str = Field(max_length=200)
    purpose: str = ""
    purpose_html: str = ""
    lead_id: UUID | None = None
    condition: Condition | None = Field(
        default=None,
        sa_type=text_enum(Condition),
    )
    starts_on: date | None = None
    due_on: date | None = None
    next_task_number: int = 1
    created_at: datetime
    archived_at: datetime | None = None


class ProjectMember(WorkspaceRow, table=True):
    """A member who was added to a project. For a guest this is the only way to see it."""

    __tablename__ = "project_members"
    __table_args__ = (
        points_to("project_id", "projects"),
        points_to("member_id", "members"),
        UniqueConstraint("workspace_id", "project_id", "member_id"),
        Index(None, "workspace_id", "member_id"),
    )

    project_id: UUID
    member_id: UUID
    added_at: datetime
