"""The place of a topic: its project, and the task or decision whose comments it holds."""

from typing import Any

from pydantic import Field
from sqlalchemy import ColumnElement, Select, func
from sqlalchemy.orm import aliased
from sqlmodel import col

from dayline.conversations.models import Topic, TopicKind
from dayline.decisions.keys import key_in
from dayline.decisions.models import Decision, DecisionStatus
from dayline.kernel.schemas import Id, Output
from dayline.projects.models import Project
from dayline.tasks.models import Task, TaskState


class TopicLine(Output):
    """The name of a topic."""

    id: Id
    kind: TopicKind = Field(description="What the topic is about.")
    title: str = Field(description="What the topic is called.")
    message_count: int = Field(
        description="How many messages the topic has, without withdrawn ones."
    )


class TaskLine(Output):
    """The name of a task."""

    id: Id
    key: str = Field(examples=["ABC-12"], description="The key of the task.")
    title: str = Field(description="What the task is called.")
    state: TaskState = Field(description="Where the task is in its workflow.")


class DecisionLine(Output):
    """The name of a decision."""

    id: Id
    key: str = Field(examples=["DEC-7"], description="The key of the decision.")
    title: str = Field(description="What is to be decided.")
    status: DecisionStatus = Field(description="How far along the decision is.")


class ProjectLine(Output):
    """The name of a project."""

    id: Id
    key: str = Field(description="The key of the project.")
    name: str = Field(description="The name of the project.")


def named(prefix: str, table: Any, kind: type[Output]) -> list[ColumnElement[Any]]:
    """The columns of a table that this kind of line shows, labelled with a prefix."""
    return [getattr(table, name).label(f"{prefix}_{name}") for name in kind.model_fields]


def picked(row: Any, prefix: str, kind: type[Output]) -> dict[str, Any]:
    """The values of this kind of line, from a row with columns labelled by `named`."""
    return {name: getattr(row, f"{prefix}_{name}") for name in kind.model_fields}


_Decision = aliased(Decision, name="named_decision")
_TASK = {
    "id": col(Task.id),
    "key": func.concat(col(Project.key), "-", col(Task.number)),
    "title": col(Task.title),
    "state": col(Task.state),
}
_DECISION = {
    "id": col(_Decision.id),
    "key": key_in(_Decision),
    "title": col(_Decision.title),
    "status": col(_Decision.status),
}
PLACE: list[ColumnElement[Any]] = [
    *named("topic", Topic, TopicLine),
    *(column.label(f"task_{name}") for name, column in _TASK.items()),
    *(column.label(f"decision_{name}") for name, column in _DECISION.items()),
    *named("project", Project, ProjectLine),
]
"""The columns of a topic and of its task, decision and project."""


def with_place(statement: Select[Any]) -> Select[Any]:
    """The statement on topics, outer-joined with their tasks, decisions and projects."""
    of_task = (col(Task.workspace_id) == col(Topic.workspace_id)) & (
        col(Task.topic_id) == col(Topic.id)
    )
    of_decision = (col(_Decision.workspace_id) == col(Topic.workspace_id)) & (
        col(_Decision.topic_id) == col(Topic.id)
    )
    of_project = (col(Project.workspace_id) == col(Topic.workspace_id)) & (
        col(Project.id) == col(Topic.project_id)
    )
    found = statement.outerjoin(Task, of_task).outerjoin(_Decision, of_decision)
    return found.outerjoin(Project, of_project)


def place_of(row: Any) -> dict[str, Any]:
    """The topic, task, decision and project of a row with the columns of `PLACE`."""
    return {
        "topic": TopicLine(**picked(row, "topic", TopicLine)),
        "task": TaskLine(**picked(row, "task", TaskLine)) if row.task_id else None,
        "decision": (
            DecisionLine(**picked(row, "decision", DecisionLine)) if row.decision_id else None
        ),
        "project": ProjectLine(**picked(row, "project", ProjectLine)) if row.project_id else None,
    }
