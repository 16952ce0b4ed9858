"""The table of views of the board."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from dayline.kernel.db.columns import Revised, WorkspaceRow, points_to, text_enum
from dayline.tasks.listing import TaskSort


class Grouping(StrEnum):
    """What the columns of the board stand for."""

    STATE = "state"
    ASSIGNEE = "assignee"
    PROJECT = "project"


class View(WorkspaceRow, Revised, table=True):
    """Which tasks the board shows, and how. A view is private or shared with the team."""

    __tablename__ = "views"
    __table_args__ = (
        points_to("owner_id", "members"),
        Index(None, "workspace_id", "owner_id"),
        Index(None, "workspace_id", postgresql_where="shared"),
    )

    owner_id: UUID
    name: str = Field(max_length=200)
    filter: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    """The filter, as `ViewFilter` serializes it."""
    sort: TaskSort = Field(sa_type=text_enum(TaskSort))
    group_by: Grouping = Field(sa_type=text_enum(Grouping))
    shared: bool = False
    created_at: datetime
