"""Request and response schemas of views."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from dayline.kernel.schemas import CreatedAt, Id, Input, Instant, Line, Output, Rev
from dayline.projects.schemas import ProjectKey
from dayline.tasks.keys import TaskKey
from dayline.tasks.listing import MOST_VALUES, AssigneeRef, MemberRef, TaskSort
from dayline.tasks.models import Priority, TaskState
from dayline.tasks.schemas import Day, Label
from dayline.views.models import Grouping

_several: Any = Field(default_factory=list, max_length=MOST_VALUES)


# Meanings that several schemas share.
PROJECT = Field(description="The keys of the projects to show. All if empty.")
STATE = Field(description="The states to show. All if empty.")
PRIORITY = Field(description="The priorities to show. All if empty.")
ASSIGNEE = Field(
    description="The member ids of assignees, `me` for the viewer, or `none` if unassigned."
)
LABEL = Field(description="The names of labels to show. All tasks if empty.")
CREATED_BY = Field(description="The ids of members who created the tasks, or `me` for the viewer.")
WATCHER = Field(description="The ids of members who follow the tasks, or `me` for the viewer.")
PARENT = Field(description="The keys of the tasks that the tasks are part of.")
DUE_BEFORE = Field(description="Only tasks due before this day. Null for no limit.")
DUE_AFTER = Field(description="Only tasks due after this day. Null for no limit.")
UPDATED_SINCE = Field(
    description="Only tasks that changed at this instant or later. Null for no limit."
)
OPEN = Field(description="True for open tasks, false for done and cancelled ones. Null for all.")
NAME = Field(description="What the view is called.")
FILTER = Field(description="Which tasks the view shows.")
SORT = Field(description="The order of the tasks.")
GROUP_BY = Field(description="What the columns stand for.")
SHARED = Field(description="Whether the whole team sees the view. Guests can't share views.")


class ViewFilter(Input):
    """Which tasks a view shows. A task matches if it has one of the values of each filter."""

    project: Annotated[list[ProjectKey], PROJECT] = _several
    state: Annotated[list[TaskState], STATE] = _several
    assignee: Annotated[list[AssigneeRef], ASSIGNEE] = _several
    priority: Annotated[list[Priority], PRIORITY] = _several
    label: Annotated[list[Label], LABEL] = _several
    created_by: Annotated[list[MemberRef], CREATED_BY] = _several
    watcher: Annotated[list[MemberRef], WATCHER] = _several
    parent: Annotated[list[TaskKey], PARENT] = _several
    due_before: Annotated[Day | None, DUE_BEFORE] = None
    due_after: Annotated[Day | None, DUE_AFTER] = None
    updated_since: Annotated[Instant | None, UPDATED_SINCE] = None
    open: Annotated[bool | None, OPEN] = None


class ViewFilterOut(Output):
    """Which tasks a view shows. A task matches if it has one of the values of each filter."""

    project: Annotated[list[str], PROJECT]
    state: Annotated[list[TaskState], STATE]
    assignee: Annotated[list[str], ASSIGNEE]
    priority: Annotated[list[Priority], PRIORITY]
    label: Annotated[list[str], LABEL]
    created_by: Annotated[list[str], CREATED_BY]
    watcher: Annotated[list[str], WATCHER]
    parent: Annotated[list[str], PARENT]
    due_before: Annotated[date | None, DUE_BEFORE]
    due_after: Annotated[date | None, DUE_AFTER]
    updated_since: Annotated[datetime | None, UPDATED_SINCE]
    open: Annotated[bool | None, OPEN]


class ViewOut(Output):
    """A saved view of the board."""

    id: Id
    owner_id: UUID = Field(description="The id of the member who created the view.")
    name: Annotated[str, NAME]
    filter: Annotated[ViewFilterOut, FILTER]
    sort: Annotated[TaskSort, SORT]
    group_by: Annotated[Grouping, GROUP_BY]
    shared: bool = Field(description="Whether the whole team sees the view, or only its owner.")
    created_at: CreatedAt
    deleted_at: datetime | None = Field(
        description="When the view was deleted. Only events say so, and clients then "
        "remove the view."
    )
    rev: Rev


class ViewIn(Input):
    """A view of the board to save."""

    name: Annotated[Line, NAME]
    filter: Annotated[ViewFilter, FILTER] = Field(default_factory=ViewFilter)
    sort: Annotated[TaskSort, SORT] = TaskSort.UPDATED_AT_DESC
    group_by: Annotated[Grouping, GROUP_BY] = Grouping.STATE
    shared: Annotated[bool, SHARED] = False


class ViewEdit(Input):
    """Changes to a view. Fields left out stay the same. A filter replaces the old one."""

    name: Annotated[Line, NAME] = Field(default_factory=str)
    filter: Annotated[ViewFilter, FILTER] = Field(default_factory=ViewFilter)
    sort: Annotated[TaskSort, SORT] = Field(default_factory=lambda: TaskSort.UPDATED_AT_DESC)
    group_by: Annotated[Grouping, GROUP_BY] = Field(default_factory=lambda: Grouping.STATE)
    shared: Annotated[bool, SHARED] = Field(default_factory=bool)
