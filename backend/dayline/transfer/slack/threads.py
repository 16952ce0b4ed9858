"""Importing threads as topics."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from html import unescape
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel, col

from dayline.conversations.models import Topic, TopicKind, TopicParticipant
from dayline.kernel.db.database import scope_of
from dayline.kernel.db.ids import new_id
from dayline.kernel.text import markdown
from dayline.messages.models import Message
from dayline.timers.models import Timer
from dayline.transfer.models import SourceKind
from dayline.transfer.rows import AT_ONCE, write
from dayline.transfer.slack import export as slack
from dayline.transfer.slack.markdown import body_of
from dayline.transfer.slack.people import People
from dayline.transfer.slack.places import Place, Places
from dayline.transfer.sources import Sources
from dayline.transfer.text import clean, line

_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Spot:
    """A topic, and the place that it belongs to."""

    topic_id: UUID
    place: Place


@dataclass(frozen=True, slots=True)
class Threads:
    """The topic of each thread of the export, and the number of new topics."""

    spots: Mapping[str, Spot]
    new: int


async def bring_threads(
    session: AsyncSession, export: slack.Export, people: People, places: Places, sources: Sources
) -> Threads:
    """Create a topic for each new thread.

    A message imported outside threads that has since become a thread's first moves to its topic.
    """
    rows: list[SQLModel] = []
    moved: dict[UUID, UUID] = {}
    spots: dict[str, Spot] = {}
    for thread, said in _threads(export.messages).items():
        place = places.by_channel[said[0].channel]
        topic_id = _known(thread, said[0], place, sources)
        if topic_id is None:
            topic = _topic(session, said, place, people)
            topic_id = topic.id
            rows += [topic, *_participants(topic, place)]
            rows += [sources.note(SourceKind.THREAD, thread, topic_id)]
            moved |= _to_move(said, topic_id, sources)
        spots[thread] = Spot(topic_id, place)
    await write(session, rows)
    await _move(session, moved)
    return Threads(spots, sum(isinstance(row, Topic) for row in rows))


def _threads(messages: Iterable[slack.Message]) -> dict[str, list[slack.Message]]:
    found: defaultdict[str, list[slack.Message]] = defaultdict(list)
    for message in messages:
        found[message.topic].append(message)
    return found


def _known(thread: str, first: slack.Message, place: Place, sources: Sources) -> UUID | None:
    if first.thread_ts is None and place.main_id is not None:
        return place.main_id
    return sources.find(SourceKind.THREAD, thread)


def _topic(session: AsyncSession, said: list[slack.Message], place: Place, people: People) -> Topic:
    first = said[0]
    return Topic(
        workspace_id=scope_of(session).workspace_id,
        id=new_id(),
        kind=place.kind,
        project_id=place.project_id,
        title=place.title if first.thread_ts is None else _title(first, place, people),
        created_at=first.at,
        created_by=people.by_user[first.user].id,
    )


def _title(first: slack.Message, place: Place, people: People) -> str:
    """The first line of the message's text, without markup."""
    shown = markdown.render(clean(body_of(first, people.handles)))
    lines = unescape(_TAG.sub("", shown)).strip().splitlines()
    return (line(lines[0], 200) if lines else "") or f"Thread in {place.title}"


def _participants(topic: Topic, place: Place) -> list[TopicParticipant]:
    taking_part = place.taking_part if topic.kind is TopicKind.DIRECT else ()
    return [
        TopicParticipant(workspace_id=topic.workspace_id, topic_id=topic.id, member_id=person.id)
        for person in taking_part
    ]


def _to_move(said: list[slack.Message], topic_id: UUID, sources: Sources) -> dict[UUID, UUID]:
    """The messages of a new topic that were imported into another one earlier."""
    known = (sources.find(SourceKind.MESSAGE, message.id) for message in said)
    return {id_: topic_id for id_ in known if id_ is not None}


async def _move(session: AsyncSession, moved: Mapping[UUID, UUID]) -> None:
    """Move messages and their timers to another topic of the same place."""
    if not moved:
        return
    here = col(Message.workspace_id) == scope_of(session).workspace_id
    left = await session.scalars(
        select(col(Message.topic_id)).where(here, col(Message.id).in_(moved)).distinct()
    )
    for message_id, topic_id in moved.items():
        await session.execute(
            update(Message).where(here, col(Message.id) == message_id).values(topic_id=topic_id)
        )
        await session.execute(
            update(Timer)
            .where(
                col(Timer.workspace_id) == scope_of(session).workspace_id,
                col(Timer.message_id) == message_id,
            )
            .values(topic_id=topic_id)
        )
    await recount(session, {*left.all(), *moved.values()})


async def recount(session: AsyncSession, topic_ids: Collection[UUID]) -> None:
    """Update the message counts of topics. Locks the topics first, so that none is missed."""
    ordered = sorted(topic_ids)
    for first in range(0, len(ordered), AT_ONCE):
        await _recount(session, ordered[first : first + AT_ONCE])


async def _recount(session: AsyncSession, topic_ids: Collection[UUID]) -> None:
    here = col(Topic.workspace_id) == scope_of(session).workspace_id
    these = here & col(Topic.id).in_(topic_ids)
    held = select(col(Topic.id)).where(these).order_by(col(Topic.id))
    await session.execute(held.with_for_update(key_share=True))
    messages = select(Message).where(
        col(Message.workspace_id) == scope_of(session).workspace_id,
        col(Message.topic_id) == col(Topic.id),
        col(Message.withdrawn_at).is_(None),
    )
    count, last = func.count(), func.max(col(Message.sent_at))
    await session.execute(
        update(Topic)
        .where(these)
        .values(
            message_count=messages.with_only_columns(count).scalar_subquery(),
            last_message_at=messages.with_only_columns(last).scalar_subquery(),
        ),
        execution_options={"synchronize_session": False},
    )
