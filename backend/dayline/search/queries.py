"""Finding what matches: a function in PostgreSQL returns hits, and each room's rule filters them.

The function searches one workspace, in the given projects and topics. What the caller can see is
decided here, by the visibility rules of each room.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Select, Text, Uuid, bindparam, func, select, text
from sqlmodel import col

from dayline.context.places import PLACE, ProjectLine, named, with_place
from dayline.conversations.models import Topic, TopicParticipant
from dayline.conversations.queries import visible_topics
from dayline.decisions.keys import number_of as decision_number
from dayline.decisions.models import Decision
from dayline.decisions.queries import visible_decisions
from dayline.identity.caller import Caller
from dayline.members.models import Member
from dayline.members.queries import visible_members
from dayline.messages.models import Message
from dayline.projects.models import Project
from dayline.projects.queries import projects_of, visible_projects
from dayline.references.models import Reference
from dayline.references.queries import visible_references
from dayline.search.highlighting import Words
from dayline.search.schemas import HitKind
from dayline.tasks.models import Task
from dayline.tasks.queries import has_key
from dayline.tasks.schemas import POINTS

_HITS = text("SELECT kind, id FROM search_hits(:written, :kinds, :projects, :direct)").bindparams(
    bindparam("kinds", type_=ARRAY(Text)),
    bindparam("projects", type_=ARRAY(Uuid)),
    bindparam("direct", type_=ARRAY(Uuid)),
)


@dataclass(frozen=True, slots=True)
class Found:
    """A hit, as a row of its kind."""

    kind: HitKind
    row: Any


async def find(
    caller: Caller, written: str, kinds: frozenset[HitKind], project_id: UUID | None
) -> list[Found]:
    """What matches and the caller sees, best match first. At most 50 hits."""
    values = {
        "written": written,
        "kinds": sorted(kinds if project_id is None else kinds - {HitKind.REFERENCE}),
        "projects": await _projects(caller, project_id),
        "direct": await _direct(caller) if project_id is None else [],
    }
    hits = (await caller.session.execute(_HITS, values)).all()
    rows = {
        kind: await _rows(caller, kind, [hit.id for hit in hits if hit.kind == kind])
        for kind in _READ
    }
    return [
        Found(HitKind(hit.kind), rows[HitKind(hit.kind)][hit.id])
        for hit in hits
        if hit.id in rows[HitKind(hit.kind)]
    ]


async def _projects(caller: Caller, project_id: UUID | None) -> list[UUID] | None:
    """The projects to search: the given one, those that a guest sees, or None for all."""
    if project_id is not None:
        return [project_id]
    if not caller.is_guest:
        return None
    return list(await caller.session.scalars(projects_of(caller)))


async def _direct(caller: Caller) -> list[UUID]:
    taking_part = select(col(TopicParticipant.topic_id)).where(
        col(TopicParticipant.workspace_id) == caller.workspace_id,
        col(TopicParticipant.member_id) == caller.member_id,
    )
    return list(await caller.session.scalars(taking_part))


def _tasks(caller: Caller) -> Select[Any]:
    points = (func.nullif(col(getattr(Task, point)), "") for point in POINTS)
    written = func.concat_ws("\n\n", *points).label("body")
    columns = [col(Task.id), col(Task.created_at).label("at"), col(Task.title), written, *PLACE]
    found = with_place(select(*columns).select_from(Topic))
    return found.where(visible_topics(caller), col(Task.id).is_not(None))


def _topics(caller: Caller) -> Select[Any]:
    columns = [col(Topic.id), col(Topic.created_at).label("at"), col(Topic.title), *PLACE]
    return with_place(select(*columns).select_from(Topic)).where(visible_topics(caller))


def _messages(caller: Caller) -> Select[Any]:
    of_topic = (col(Message.workspace_id) == col(Topic.workspace_id)) & (
        col(Message.topic_id) == col(Topic.id)
    )
    columns: list[Any] = [
        col(Message.id),
        col(Message.author_id),
        col(Message.sent_at).label("at"),
        col(Topic.title),
        col(Message.body),
        *PLACE,
    ]
    found = with_place(select(*columns).select_from(Topic).join(Message, of_topic))
    return found.where(col(Message.workspace_id) == caller.workspace_id, visible_topics(caller))


def _decisions(caller: Caller) -> Select[Any]:
    texts = (func.nullif(col(getattr(Decision, name)), "") for name in _TEXTS)
    columns: list[Any] = [
        col(Decision.id),
        col(Decision.created_at).label("at"),
        col(Decision.title),
        func.concat_ws("\n\n", *texts).label("body"),
        *PLACE,
    ]
    of_topic = (col(Decision.workspace_id) == col(Topic.workspace_id)) & (
        col(Decision.topic_id) == col(Topic.id)
    )
    found = with_place(select(*columns).select_from(Topic).join(Decision, of_topic))
    return found.where(visible_decisions(caller))


_TEXTS = ("outcome", "rationale", "recommendation", "context")
"""The texts of a decision, in the order in which an excerpt is taken from them."""


def _references(caller: Caller) -> Select[Any]:
    columns: list[Any] = [
        col(Reference.id),
        col(Reference.updated_at).label("at"),
        col(Reference.title),
        col(Reference.body),
    ]
    return select(*columns).where(visible_references(caller))


def _projects_shown(caller: Caller) -> Select[Any]:
    columns: list[Any] = [
        col(Project.id),
        col(Project.created_at).label("at"),
        col(Project.name).label("title"),
        col(Project.purpose).label("body"),
        *named("project", Project, ProjectLine),
    ]
    return select(*columns).where(visible_projects(caller))


_READ: dict[HitKind, tuple[Any, Any]] = {
    HitKind.REFERENCE: (_references, col(Reference.id)),
    HitKind.TASK: (_tasks, col(Task.id)),
    HitKind.DECISION: (_decisions, col(Decision.id)),
    HitKind.TOPIC: (_topics, col(Topic.id)),
    HitKind.MESSAGE: (_messages, col(Message.id)),
    HitKind.PROJECT: (_projects_shown, col(Project.id)),
}


async def _rows(caller: Caller, kind: HitKind, ids: Sequence[UUID]) -> dict[UUID, Any]:
    if not ids:
        return {}
    statement, key = _READ[kind]
    rows = await caller.session.execute(statement(caller).where(key.in_(ids)))
    return {row.id: row for row in rows}


async def find_by_key(caller: Caller, kind: HitKind, key: str) -> Found | None:
    """The task or decision with this key, or None if the caller sees none."""
    if kind is HitKind.TASK:
        which = _tasks(caller).where(has_key(key))
    else:
        which = _decisions(caller).where(col(Decision.number) == decision_number(key))
    row = (await caller.session.execute(which)).one_or_none()
    return None if row is None else Found(kind, row)


async def find_members(caller: Caller, words: Words) -> list[Found]:
    """The active members whose names or handles match, by name. All are read: they are few."""
    columns = (Member.id, Member.handle, Member.name, Member.joined_at)
    found = visible_members(caller).with_only_columns(*map(col, columns))
    active = found.where(Member.is_active).order_by(col(Member.name))
    rows = (await caller.session.execute(active)).all()
    return [
        Found(HitKind.MEMBER, row) for row in rows if words.match_all(f"{row.name} {row.handle}")
    ]
