"""Facts: what a message to a channel needs to know in addition to the event."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.context.places import PLACE, place_of, with_place
from dayline.conversations.models import Topic
from dayline.decisions.models import Decision, DecisionStatus
from dayline.decisions.queries import options_of
from dayline.kernel.db.events import EventRow
from dayline.members.models import Member, Workspace
from dayline.messages.models import Message
from dayline.notify.models import Subscription
from dayline.notify.rules import Data, project_of
from dayline.projects.models import Project

Row = TypeVar("Row", Message, Project)


@dataclass(frozen=True, slots=True)
class Happened:
    """The id, instant and data of the event."""

    id: UUID
    at: datetime
    data: Data


@dataclass(frozen=True, slots=True)
class Item:
    """What a message is about, with its path below the workspace's URL."""

    title: str
    path: str


@dataclass(frozen=True, slots=True)
class Facts:
    """An event and the current rows that it names."""

    slug: str
    zone: str
    """The workspace's team time zone."""
    language: str
    """The channel's language, or else the workspace's."""
    event: Happened
    names: Mapping[str, str]
    """The names of the members in the event, by id."""
    actor: str | None
    """The name of the member who acted. `author` and `recipient` are names, too."""
    author: str | None
    recipient: str | None
    project: Item | None
    item: Item | None
    body: str | None
    """The text of the message or decision that it is about."""
    condition: str | None
    is_withdrawn: bool


async def facts_of(
    session: AsyncSession, workspace_id: UUID, event_seq: int, subscription_id: UUID
) -> Facts:
    """The facts of one event of the session's workspace, for a subscription's channel."""
    workspace = await session.get_one(Workspace, workspace_id)
    channel = await session.get_one(Subscription, (workspace_id, subscription_id))
    event = await session.get_one(EventRow, (workspace_id, event_seq))
    subject: Data = event.data.get("timer", event.data)
    message = await _one(session, Message, workspace_id, subject.get("message_id"))
    decision = await _decision(session, workspace_id, event.data)
    names = await _names(session, workspace_id, _named(event.actor_id, subject))
    return Facts(
        slug=workspace.slug,
        zone=workspace.reference_zone,
        language=channel.language or workspace.language,
        event=Happened(event.id, event.at, event.data),
        names=names,
        actor=names.get(str(event.actor_id)),
        author=names.get(str(subject.get("author_id"))),
        recipient=names.get(str(subject.get("recipient_id"))),
        project=await _project(session, workspace_id, project_of(event.data)),
        item=await _item(session, workspace_id, event.data),
        body=message.body if message else await _said(session, decision),
        condition=message.condition.value if message and message.condition else None,
        is_withdrawn=any(row and row.withdrawn_at is not None for row in (message, decision)),
    )


async def _decision(session: AsyncSession, workspace_id: UUID, data: Data) -> Decision | None:
    if "decision" not in data:
        return None
    return await session.get_one(Decision, (workspace_id, UUID(data["decision"]["id"])))


async def _said(session: AsyncSession, decision: Decision | None) -> str | None:
    """The text of a decision: its recommendation, or once decided its outcome and rationale."""
    if decision is None:
        return None
    if decision.status is not DecisionStatus.DECIDED:
        return decision.recommendation
    options = await options_of(session, decision.id)
    said = [option.title for option in options if option.is_chosen]
    return "\n\n".join(part for part in (*said, decision.outcome, decision.rationale) if part)


def _named(actor_id: UUID | None, subject: Data) -> set[UUID]:
    others = [subject.get("author_id"), subject.get("recipient_id")]
    if (handed_over := subject.get("handed_over")) is not None:
        others.append(handed_over["from_id"])
    if (decision := subject.get("decision")) is not None:
        asked = [each["member_id"] for each in decision["stakeholders"]]
        others += [decision["proposed_by"], decision["decider_id"], *asked]
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
    """The task or decision that an event is about or whose topic it is in, or else the topic."""
    for kind in ("task", "decision"):
        if kind in data:
            return _keyed(kind, data[kind]["key"], data[kind]["title"])
    topic_id = data["timer"]["topic_id"] if "timer" in data else data["topic"]["id"]
    here = (col(Topic.workspace_id) == workspace_id) & (col(Topic.id) == UUID(topic_id))
    row = (await session.execute(with_place(select(*PLACE).select_from(Topic)).where(here))).first()
    if row is None:
        return None
    place = place_of(row)
    for kind in ("task", "decision"):
        if (line := place[kind]) is not None:
            return _keyed(kind, line.key, line.title)
    return Item(place["topic"].title, f"topics/{topic_id}")


def _keyed(kind: str, key: str, title: str) -> Item:
    return Item(f"{key} {title}", f"{kind}s/{key}")
