"""What others did since a member's last visit, grouped by topic or project.

The events are read by the key of their number. At most the latest 5,000 are read, so that the page
is as fast after a long absence.
"""

from collections import Counter
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, func, literal, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlmodel import col

from dayline.agreements.events import AgreementPublished
from dayline.context.audience import EventViewer, viewer_of, visible_to
from dayline.context.places import ProjectLine
from dayline.conversations.events import TopicOpened, TopicResolved
from dayline.conversations.models import Topic
from dayline.conversations.queries import visible_topics
from dayline.decisions.events import DecisionDecided, DecisionOpened, DecisionWithdrawn
from dayline.identity.caller import Caller
from dayline.identity.models import Role
from dayline.kernel.db.events import EventRow, WorkspaceFeed
from dayline.members.events import MemberJoined
from dayline.messages.events import MessagePosted
from dayline.projects.events import ProjectChanged, ProjectCreated
from dayline.projects.models import Project
from dayline.projects.queries import visible_projects
from dayline.tasks.events import TaskChanged, TaskCreated
from dayline.timers.events import TimerBreached
from dayline.today.models import LastSeen
from dayline.today.queries import places
from dayline.today.schemas import MOST_EVENTS, MOST_GROUPS, News, NewsLine

TOLD = tuple(
    event.kind
    for event in (
        AgreementPublished,
        DecisionDecided,
        DecisionOpened,
        DecisionWithdrawn,
        MemberJoined,
        MessagePosted,
        ProjectChanged,
        ProjectCreated,
        TaskChanged,
        TaskCreated,
        TimerBreached,
        TopicOpened,
        TopicResolved,
    )
)
"""The kinds of events that are news."""

_OF_THE_TEAM = frozenset({MemberJoined.kind, TimerBreached.kind})
"""Events about members and breaches, which guests don't see as news."""

_PATHS = (
    ("topic", "id"),
    ("task", "topic_id"),
    ("timer", "topic_id"),
    ("decision", "topic_id"),
    ("project", "id"),
)
"""Where an event has the id of its topic, or else of its project."""

Place = dict[str, Any]
_NOWHERE: Place = {"topic": None, "task": None, "decision": None, "project": None}


async def news_for(caller: Caller) -> News:
    """What others did since the caller's last visit: at most 50 lines, latest first."""
    mark = await _mark(caller)
    oldest = mark.head - MOST_EVENTS
    after = max(mark.seq or 0, oldest)
    rows = (await caller.session.execute(_grouped(await viewer_of(caller), after, mark.head))).all()
    found = await _places(caller, [row.thing for row in rows if row.thing])
    return News(
        looked_at=mark.looked_at,
        seq=mark.head,
        is_cut=oldest > (mark.seq or 0),
        lines=[_line(row, found.get(row.thing, _NOWHERE)) for row in rows],
        lines_total=rows[0].total if rows else 0,
    )


async def _mark(caller: Caller) -> Row[int, int | None, datetime | None]:
    """The number of the latest event, and how far the caller has looked."""
    own = (col(LastSeen.workspace_id) == col(WorkspaceFeed.workspace_id)) & (
        col(LastSeen.id) == caller.member_id
    )
    found = (
        select(col(WorkspaceFeed.head), col(LastSeen.seq), col(LastSeen.looked_at))
        .outerjoin(LastSeen, own)
        .where(col(WorkspaceFeed.workspace_id) == caller.workspace_id)
    )
    return (await caller.session.execute(found)).one()


def _grouped(viewer: EventViewer, after: int, upto: int) -> Select[Any]:
    data, seq = col(EventRow.data), col(EventRow.seq)
    named = [data[path].astext for path in _PATHS]
    news = (
        select(
            seq,
            col(EventRow.kind),
            col(EventRow.at),
            col(EventRow.actor_id),
            func.coalesce(*named).label("thing"),
        )
        .where(
            visible_to(viewer),
            seq > after,
            seq <= upto,
            col(EventRow.kind).in_(_told(viewer)),
            col(EventRow.actor_id).is_distinct_from(viewer.member_id),
        )
        .cte("news")
    )
    latest = func.max(news.c.seq)
    return (
        select(
            news.c.thing,
            func.array_agg(aggregate_order_by(news.c.kind, news.c.seq.desc())).label("kinds"),
            func.array_agg(aggregate_order_by(news.c.actor_id, news.c.seq.desc())).label("actors"),
            func.max(news.c.at).label("latest_at"),
            func.count(literal(1)).over().label("total"),
        )
        .group_by(news.c.thing)
        .order_by(latest.desc())
        .limit(MOST_GROUPS)
    )


def _told(viewer: EventViewer) -> list[str]:
    hidden = _OF_THE_TEAM if viewer.role is Role.GUEST else frozenset()
    return [kind for kind in TOLD if kind not in hidden]


async def _places(caller: Caller, things: list[str]) -> dict[str, Place]:
    """The topics and projects with these ids that the caller sees, by id."""
    ids = [UUID(thing) for thing in things]
    if not ids:
        return {}
    topics = await places(caller, visible_topics(caller) & col(Topic.id).in_(ids))
    found: dict[str, Place] = {str(id_): place for id_, place in topics.items()}
    if len(found) < len(ids):
        columns = [col(getattr(Project, name)) for name in ProjectLine.model_fields]
        rows = await caller.session.execute(
            select(*columns).where(visible_projects(caller), col(Project.id).in_(ids))
        )
        found |= {
            str(row.id): {**_NOWHERE, "project": ProjectLine.model_validate(row)} for row in rows
        }
    return found


def _line(row: Any, place: Place) -> NewsLine:
    return NewsLine(
        **place,
        events=len(row.kinds),
        kinds=Counter(row.kinds),
        actor_ids=list(dict.fromkeys(actor for actor in row.actors if actor is not None)),
        latest_kind=row.kinds[0],
        latest_at=row.latest_at,
    )
