"""Importing channels: public ones become projects, private ones direct topics.

Private channels and direct conversations become direct topics of their members, so they stay
private. All messages outside threads share one topic per channel.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel, col

from dayline.conversations.models import Topic, TopicKind
from dayline.kernel.db.database import scope_of
from dayline.kernel.db.ids import new_id
from dayline.kernel.text import markdown
from dayline.members.queries import in_workspace_language
from dayline.messages.opening import MAIN_DISCUSSION
from dayline.projects.models import Project, ProjectMember
from dayline.projects.schemas import DECISIONS
from dayline.transfer.models import SourceKind
from dayline.transfer.rows import write
from dayline.transfer.slack.export import Channel, ChannelKind, Export
from dayline.transfer.slack.markdown import as_markdown
from dayline.transfer.slack.people import People, Person
from dayline.transfer.sources import Sources
from dayline.transfer.text import clean, line

LONGEST_KEY = 10
_NO_LETTER_OR_DIGIT = re.compile(r"[^A-Za-z0-9]+")


@dataclass(frozen=True, slots=True)
class Place:
    """The project of a public channel, or the participants of a private one."""

    channel: Channel
    project_id: UUID | None
    main_id: UUID | None
    """The topic of all messages outside threads. None if private."""
    taking_part: tuple[Person, ...] = ()
    """The members of a private channel. For a project, the guests who see it."""

    def is_seen_by(self, person: Person) -> bool:
        """Whether a member can see its messages."""
        if person.is_disabled:
            return False
        is_open = self.project_id is not None and not person.is_guest
        return is_open or person in self.taking_part

    @property
    def kind(self) -> TopicKind:
        """The kind of its topics."""
        return TopicKind.DIRECT if self.project_id is None else TopicKind.DISCUSSION

    @property
    def title(self) -> str:
        """The title of its topics: the channel's name, or the people's in a direct conversation."""
        if self.channel.kind in {ChannelKind.PUBLIC, ChannelKind.PRIVATE}:
            return line(f"#{self.channel.name}", 200)
        return line(", ".join(sorted(person.name for person in self.taking_part)), 200)


@dataclass(frozen=True, slots=True)
class Places:
    """The place of each channel by its id, and the number of new projects."""

    by_channel: Mapping[str, Place]
    new: int


async def bring_places(
    session: AsyncSession, export: Export, people: People, sources: Sources
) -> Places:
    """Create a project with its discussion for each public channel without one."""
    public = [channel for channel in export.channels if not channel.kind.is_direct]
    known = {channel.id: sources.find(SourceKind.CHANNEL, channel.id) for channel in public}
    mains = await _mains(session, [id_ for id_ in known.values() if id_])
    keys = await _keys(session)
    title = await in_workspace_language(session, MAIN_DISCUSSION)
    since = {message.channel: message.at for message in reversed(export.messages)}
    rows: list[SQLModel] = []
    places = {
        channel.id: _private(channel, people)
        for channel in export.channels
        if channel.kind.is_direct
    }
    for channel in public:
        project_id = known[channel.id]
        if project_id is None:
            project = _project(session, channel, people, keys)
            project.created_at = since.get(channel.id, project.created_at)
            rows += [project, main := _main(project, title)]
            rows += _added(project, _guests(channel, people))
            rows += [sources.note(SourceKind.CHANNEL, channel.id, project.id)]
            project_id = project.id
            mains[project_id] = main.id
        guests = _guests(channel, people)
        places[channel.id] = Place(channel, project_id, mains[project_id], guests)
    await write(session, rows)
    return Places(places, sum(isinstance(row, Project) for row in rows))


async def _mains(session: AsyncSession, project_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """The id of the main discussion of each project, by project id."""
    rows = await session.execute(
        select(col(Topic.project_id), col(Topic.id)).where(
            col(Topic.workspace_id) == scope_of(session).workspace_id,
            col(Topic.project_id).in_(project_ids),
            col(Topic.main),
        )
    )
    return {row.project_id: row.id for row in rows}


async def _keys(session: AsyncSession) -> set[str]:
    here = col(Project.workspace_id) == scope_of(session).workspace_id
    return set((await session.scalars(select(col(Project.key)).where(here))).all())


def _private(channel: Channel, people: People) -> Place:
    return Place(channel, None, None, _members(channel, people))


def _members(channel: Channel, people: People) -> tuple[Person, ...]:
    """The members of a channel without duplicates: two users may be one member."""
    found = (people.by_user[id_] for id_ in channel.members if id_ in people.by_user)
    return tuple(dict.fromkeys(found))


def _guests(channel: Channel, people: People) -> tuple[Person, ...]:
    """The guests in a channel, who see its project. Other members see all projects."""
    return tuple(person for person in _members(channel, people) if person.is_guest)


def _project(session: AsyncSession, channel: Channel, people: People, keys: set[str]) -> Project:
    scope = scope_of(session)
    purpose = clean(as_markdown(channel.purpose, people.handles))
    return Project(
        workspace_id=scope.workspace_id,
        id=new_id(),
        key=_free_key(channel.name, keys),
        name=line(channel.name, 200) or channel.id,
        purpose=purpose,
        purpose_html=markdown.render(purpose),
        created_at=scope.now,
        archived_at=scope.now if channel.is_archived else None,
    )


def _free_key(name: str, taken: set[str]) -> str:
    """A free key: the initials of several words, or the first letters, perhaps with a number."""
    words = [word for word in _NO_LETTER_OR_DIGIT.split(name) if word[:1].isalpha()]
    wanted = "".join(word[0] for word in words) if len(words) > 1 else "".join(words)[:3]
    wanted = wanted[:LONGEST_KEY].upper()
    wanted = wanted if len(wanted) > 1 else "CH"
    number, key = 1, wanted
    while key in taken or key == DECISIONS:
        number += 1
        key = f"{wanted[: LONGEST_KEY - len(str(number))]}{number}"
    taken.add(key)
    return key


def _main(project: Project, title: str) -> Topic:
    return Topic(
        workspace_id=project.workspace_id,
        id=new_id(),
        kind=TopicKind.DISCUSSION,
        project_id=project.id,
        title=title,
        main=True,
        created_at=project.created_at,
        created_by=None,
    )


def _added(project: Project, guests: Iterable[Person]) -> list[ProjectMember]:
    return [
        ProjectMember(
            workspace_id=project.workspace_id,
            project_id=project.id,
            member_id=guest.id,
            added_at=project.created_at,
        )
        for guest in guests
        if not guest.is_disabled
    ]
