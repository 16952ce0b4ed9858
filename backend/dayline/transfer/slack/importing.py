"""Importing a Slack export: all of it in one transaction, or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from dayline.kernel import events
from dayline.kernel.clock import Clock, transaction_now
from dayline.kernel.database import Scope, Sessions, enter_workspace
from dayline.kernel.events import Audience, begin_epoch
from dayline.kernel.readiness import newest_revision
from dayline.transfer.events import ImportFinished
from dayline.transfer.models import Source
from dayline.transfer.slack.asks import bring_asks
from dayline.transfer.slack.export import Export
from dayline.transfer.slack.people import bring_people
from dayline.transfer.slack.places import bring_places
from dayline.transfer.slack.talk import bring_talk
from dayline.transfer.slack.threads import bring_threads
from dayline.transfer.sources import known_sources

_TAKEN_OR_GONE = {"23503", "23505"}
"""What PostgreSQL says where a row points to one that is gone, or is there already."""


class ImportFault(Exception):
    """An import that cannot be done; nothing was changed. Its text is one sentence."""


@dataclass(frozen=True, slots=True)
class Brought:
    """How much an import brought, beside what was here."""

    members: int
    matched: int
    hours: Mapping[str, int]
    projects: int
    topics: int
    messages: int
    asks: int
    answers: int

    @property
    def is_nothing(self) -> bool:
        """Whether all that the export holds was here."""
        counts = (self.members, self.matched, self.projects, self.topics)
        return not any((*counts, self.messages, self.asks, self.answers))


class Telling:
    """Who hears how far an import is; this one tells nobody."""

    def begin(self, messages: int) -> None:
        """So many messages are looked at."""

    def done(self, messages: int) -> None:
        """So many more were."""


async def import_export(
    sessions: Sessions,
    clock: Clock,
    export: Export,
    slug: str,
    *,
    dry_run: bool = False,
    telling: Telling | None = None,
) -> Brought:
    """Bring into the workspace `slug` what of an export is not there yet.

    What comes is told by one event and a new epoch; nobody is notified. A dry run does everything
    and takes it back. Raises ImportFault.
    """
    try:
        async with sessions() as session, session.begin() as transaction:
            await _enter(session, clock, slug)
            brought = await _bring(session, export, telling or Telling())
            if dry_run:
                await transaction.rollback()
    except (DBAPIError, OSError) as fault:
        if getattr(getattr(fault, "orig", None), "sqlstate", None) in _TAKEN_OR_GONE:
            raise ImportFault(
                f"Somebody changed {slug} at the same time; nothing was imported, try again."
            ) from None
        reason = str(getattr(fault, "orig", None) or fault).splitlines()[0].rstrip(".")
        raise ImportFault(f"The database refused: {reason}.") from None
    return brought


async def _enter(session: AsyncSession, clock: Clock, slug: str) -> None:
    """Let the transaction see the workspace, and no other import into it until it ends."""
    if await session.scalar(text("SELECT version_num FROM alembic_version")) != newest_revision():
        raise ImportFault("The database was made by another version of Dayline: use that one.")
    found = text("SELECT find_workspace(:slug)")
    workspace_id: UUID | None = await session.scalar(found, {"slug": slug})
    if workspace_id is None:
        raise ImportFault(f"There is no workspace {slug}.")
    await enter_workspace(session, Scope(workspace_id, await transaction_now(session, clock), None))
    key = func.hashtextextended(f"import:{workspace_id}", 0)
    if not await session.scalar(select(func.pg_try_advisory_xact_lock(key))):
        raise ImportFault(f"Another import into {slug} is running; wait for it.")


async def _bring(session: AsyncSession, export: Export, telling: Telling) -> Brought:
    telling.begin(len(export.messages))
    sources = await known_sources(session, Source.SLACK)
    people = await bring_people(session, export, sources)
    places = await bring_places(session, export, people, sources)
    threads = await bring_threads(session, export, people, places, sources)
    messages = await bring_talk(session, export, people, threads, sources, tell=telling.done)
    asks = await bring_asks(session, export, people, threads, sources)
    brought = Brought(
        members=people.new,
        matched=people.matched,
        hours=people.hours,
        projects=places.new,
        topics=threads.new,
        messages=messages,
        asks=asks.new,
        answers=asks.answered,
    )
    if not brought.is_nothing:
        await _finish(session, brought)
    return brought


async def _finish(session: AsyncSession, brought: Brought) -> None:
    finished = ImportFinished(
        source=Source.SLACK,
        members=brought.members,
        projects=brought.projects,
        topics=brought.topics,
        messages=brought.messages,
        asks=brought.asks,
        answers=brought.answers,
    )
    events.record(session, finished, Audience.team())
    await begin_epoch(session)
