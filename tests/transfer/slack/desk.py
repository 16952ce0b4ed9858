"""A workspace into which a test brings exports, and what is in it afterwards."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select, text, update
from sqlmodel import SQLModel, col

from dayline.calendars.queries import calendars
from dayline.conversations.models import Topic
from dayline.core.worktime import Calendar
from dayline.identity.models import Account, Role
from dayline.kernel.db.database import Scope, Sessions, enter_workspace
from dayline.members.models import Member
from dayline.messages.models import Message
from dayline.timers.models import Timer
from dayline.timers.sweep import sweep_workspace
from dayline.transfer.slack.archive import read
from dayline.transfer.slack.importing import ImportResult, import_export
from tests.live import Json, snapshot_of
from tests.team import Person, Team
from tests.transfer.slack.archives import Archive

Row = TypeVar("Row", bound=SQLModel)


@dataclass
class Desk:
    """A team, and a folder for exports."""

    team: Team
    folder: Path

    @property
    def sessions(self) -> Sessions:
        sessions: Sessions = self.team.app.state.sessions
        return sessions

    async def bring(self, archive: Archive, *, dry_run: bool = False) -> ImportResult:
        """Import an archive into the team's workspace."""
        export = read(archive.write(self.folder))
        return await import_export(
            self.sessions, self.team.clock, export, self.team.slug, dry_run=dry_run
        )

    def address(self, handle: str) -> str:
        """The e-mail address of `joined`, for an export that knows it."""
        return f"{handle}@{self.team.slug}.example"

    async def joined(self, handle: str, role: Role = Role.MEMBER) -> Person:
        """Somebody who is a member already, with the address of their handle."""
        person = await self.team.add(handle, role)
        async with self.sessions() as session, session.begin():
            theirs = col(Account.id) == person.account_id
            await session.execute(update(Account).where(theirs).values(email=self.address(handle)))
        return person

    async def rows(self, table: type[Row]) -> Sequence[Row]:
        """All rows of a table in the team's workspace, by id."""
        async with self.sessions() as session, session.begin():
            await enter_workspace(session, Scope(self.team.workspace_id, self.team.clock.now, None))
            workspace_id, id_ = table.__table__.c["workspace_id"], table.__table__.c["id"]  # type: ignore[attr-defined]
            found = select(table).where(workspace_id == self.team.workspace_id).order_by(id_)
            return (await session.scalars(found)).all()

    async def everything(self) -> Json:
        """The whole workspace as text, table by table, whoever may see it."""
        async with self.sessions() as session, session.begin():
            await enter_workspace(session, Scope(self.team.workspace_id, self.team.clock.now, None))
            return {
                table: (
                    await session.scalars(
                        text(f"SELECT t::text FROM {table} AS t ORDER BY 1")  # noqa: S608
                    )
                ).all()
                for table in TABLES
            }

    async def member(self, handle: str) -> Member:
        return next(row for row in await self.rows(Member) if row.handle == handle)

    async def topic(self, title: str) -> Topic:
        return next(row for row in await self.rows(Topic) if row.title == title)

    async def timers(self) -> list[Timer]:
        """In the order in which they were sent."""
        return sorted(await self.rows(Timer), key=lambda timer: (timer.sent_at, timer.id))

    async def calendars(self, member_ids: Collection[UUID]) -> dict[UUID, Calendar]:
        """When these members work, as their calendars say."""
        async with self.sessions() as session, session.begin():
            await enter_workspace(session, Scope(self.team.workspace_id, self.team.clock.now, None))
            now = self.team.clock.now
            return await calendars(session, self.team.workspace_id, member_ids, frm=now)

    async def sweep(self) -> int:
        """Fire what is due in the workspace; how many timers fired."""
        return await sweep_workspace(self.sessions, self.team.clock, self.team.workspace_id)

    async def said(self, topic_id: UUID) -> list[str]:
        """The bodies in a topic, in order."""
        rows = [row for row in await self.rows(Message) if row.topic_id == topic_id]
        return [row.body for row in sorted(rows, key=lambda row: row.sent_at)]

    async def seen_by(self, person: Person, collection: str) -> list[Any]:
        """A collection of the snapshot, as a person sees it."""
        found: list[Any] = (await snapshot_of(person))[collection]
        return found


TABLES = (
    "workspace_feed",
    "events",
    "members",
    "invites",
    "calendars",
    "hours",
    "projects",
    "project_members",
    "topics",
    "topic_participants",
    "messages",
    "mentions",
    "timers",
    "deliveries",
    "import_sources",
)
