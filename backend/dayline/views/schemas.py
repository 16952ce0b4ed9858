"""Request and response schemas of views."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from dayline.kernel.schemas import Input, Instant, Line, Output
from dayline.projects.schemas import ProjectKey
from dayline.tasks.keys import TaskKey
from dayline.tasks.listing import AssigneeRef, MemberRef, TaskSort
from dayline.tasks.models import Priority, TaskState
from dayline.tasks.schemas import Day, Label
from dayline.views.models import Grouping

MOST_VALUES = 50

_several: Any = Field(default_factory=list, max_length=MOST_VALUES)


class ViewFilter(Input):
    """Which tasks: the filters of the list of tasks, of each kind any of the values."""

    project: list[ProjectKey] = _several
    state: list[TaskState] = _several
    assignee: Annotated[
        list[AssigneeRef],
        Field(description="Members' ids, `me` for whoever looks, or `none`."),
    ] = _several
    priority: list[Priority] = _several
    label: list[Label] = _several
    created_by: list[MemberRef] = _several
    watcher: list[MemberRef] = _several
    parent: list[TaskKey] = _several
    due_before: Day | None = None
    due_after: Day | None = None
    updated_since: Instant | None = None
    open: bool | None = None


class ViewFilterOut(Output):
    """Which tasks: the filters of the list of tasks, by their names there."""

    project: list[str]
    state: list[TaskState]
    assignee: list[str] = Field(description="Members' ids, `me` for whoever looks, or `none`.")
    priority: list[Priority]
    label: list[str]
    created_by: list[str]
    watcher: list[str]
    parent: list[str]
    due_before: date | None
    due_after: date | None
    updated_since: datetime | None
    open: bool | None


class ViewOut(Output):
    """What the board shows, under a name."""

    id: UUID
    owner_id: UUID
    name: str
    filter: ViewFilterOut
    sort: TaskSort
    group_by: Grouping = Field(description="What makes the columns of the board.")
    shared: bool = Field(description="Whether the team sees it; else its owner alone.")
    created_at: datetime
    deleted_at: datetime | None = Field(description="Only events say so: drop the view then.")
    rev: int


class ViewIn(Input):
    """A new view."""

    name: Line
    filter: ViewFilter = Field(default_factory=ViewFilter)
    sort: TaskSort = TaskSort.UPDATED_AT_DESC
    group_by: Grouping = Grouping.STATE
    shared: bool = Field(default=False, description="With the team; guests share none.")


class ViewEdit(Input):
    """What changes; what is left out stays as it is. A filter replaces the whole one."""

    name: Line = Field(default_factory=str)
    filter: ViewFilter = Field(default_factory=ViewFilter)
    sort: TaskSort = Field(default_factory=lambda: TaskSort.UPDATED_AT_DESC)
    group_by: Grouping = Field(default_factory=lambda: Grouping.STATE)
    shared: bool = Field(default_factory=bool)
