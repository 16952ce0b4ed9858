"""Facts: what a message to a channel needs to know beside the event itself."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.accounts.models import Member, Workspace
from dayline.kernel.events import EventRow
from dayline.notify.rules import Data
from dayline.projects.models import Project
from dayline.tasks.models import Task
from dayline.topics.models import Message, Topic

Row = TypeVar("Row", Message, Project, Topic)


@dataclass(frozen=True, slots=True)
class Happened:
    """The event."""

    id: UUID
    at: datetime
    data: Data


@dataclass(frozen=True, slots=True)
class Item:
    """What a message is about, and where it is below the workspace's address."""

    title: str
    path: str


@dataclass(frozen=True, slots=True)
class Facts:
    """An event and the rows that it names, as they are now."""

    slug: str
    event: Happened
    actor: str | None
    """The name of who did it; of the others likewise."""
    author: str | None
    recipient: str | None
    project: Item | None
    item: Item | None
    body: str | None
    """The text of the message that it is about."""
    condition: str | None
    is_withdrawn: bool


async def facts_of(session: AsyncSession, workspace_id: UUID, event_seq: int) -> Facts:
    """The facts of one event of the workspace that the transaction entered."""
    workspace = await session.get_one(Workspace, workspace_id)
    event = await session.get_one(EventRow, (workspace_id, event_seq))
    subject: Data = event.data.get("timer", event.data)
    message = await _one(session, Message, workspace_id, subject.get("message_id"))
    names = await _names(session, workspace_id, _named(event.actor_id, subject))
    return Facts(
        slug=workspace.slug,
        event=Happened(event.id, event.at, event.data),
        actor=names.get(str(event.actor_id)),
        author=names.get(str(subject.get("author_id"))),
        recipient=names.get(str(subject.get("recipient_id"))),
        project=await _project(session, workspace_id, event.audience_id),
        item=await _item(session, workspace_id, event.data),
        body=message.body if message else None,
        condition=message.condition.value if message and message.condition else None,
        is_withdrawn=message is not None and message.withdrawn_at is not None,
    )


def _named(actor_id: UUID | None, subject: Data) -> set[UUID]:
    others = (subject.get("author_id"), subject.get("recipient_id"))
    return {UUID(str(id_)) for id_ in (actor_id, *others) if id_ is not None}


async def _one(
    session: AsyncSession, table: type[Row], workspace_id: UUID, id_: UUID | str | None
) -> Row | None:
    return None if id_ is None else await session.get(table, (workspace_id, UUID(str(id_))))


async def _names(
    session: AsyncSession, workspace_id: UUID, ids: Collection[UUID]
) -> dict[str, str]:
    rows = await session.execute(
        select(col(Member.id), col(Member.name)).where(
            col(Member.workspace_id) == workspace_id, col(Member.id).in_(ids)
        )
    )
    return {str(row.id): row.name for row in rows}


async def _project(
    session: AsyncSession, workspace_id: UUID, project_id: UUID | None
) -> Item | None:
    project = await _one(session, Project, workspace_id, project_id)
    return None if project is None else Item(project.name, f"projects/{project.key}")


async def _item(session: AsyncSession, workspace_id: UUID, data: Data) -> Item | None:
    """The task that an event is about, or the one whose topic it is in, or the topic."""
    if "task" in data:
        return _task_item(data["task"]["key"], data["task"]["title"])
    topic_id = data["timer"]["topic_id"] if "timer" in data else data["topic"]["id"]
    found = await session.execute(
        select(col(Project.key), col(Task.number), col(Task.title))
        .join(
            Project,
            (col(Project.workspace_id) == col(Task.workspace_id))
            & (col(Project.id) == col(Task.project_id)),
        )
        .where(col(Task.workspace_id) == workspace_id, col(Task.topic_id) == UUID(topic_id))
    )
    if (task := found.one_or_none()) is not None:
        return _task_item(f"{task.key}-{task.number}", task.title)
    topic = await _one(session, Topic, workspace_id, topic_id)
    return None if topic is None else Item(topic.title, f"topics/{topic.id}")


def _task_item(key: str, title: str) -> Item:
    return Item(f"{key} {title}", f"tasks/{key}")
