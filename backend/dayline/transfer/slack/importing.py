"""Importing a Slack export: all of it in one transaction, or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from dayline.kernel.db import events
from dayline.kernel.db.clock import Clock
from dayline.kernel.db.database import Sessions
from dayline.kernel.db.events import Audience, begin_epoch
from dayline.transfer.entering import entered
from dayline.transfer.events import ImportFinished
from dayline.transfer.models import Source
from dayline.transfer.slack.asks import bring_asks
from dayline.transfer.slack.export import Export
from dayline.transfer.slack.people import bring_people
from dayline.transfer.slack.places import bring_places
from dayline.transfer.slack.talk import bring_talk
from dayline.transfer.slack.threads import bring_threads
from dayline.transfer.sources import known_sources


@dataclass(frozen=True, slots=True)
class ImportResult:
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


class ImportProgress:
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
    progress: ImportProgress | None = None,
) -> ImportResult:
    """Bring into the workspace `slug` what of an export is not there yet.

    What comes is told by one event and a new epoch; nobody is notified. A dry run does everything
    and takes it back. Raises ImportFault.
    """
    async with entered(sessions, clock, slug, dry_run=dry_run) as session:
        return await _bring(session, export, progress or ImportProgress())


async def _bring(session: AsyncSession, export: Export, progress: ImportProgress) -> ImportResult:
    progress.begin(len(export.messages))
    sources = await known_sources(session, Source.SLACK)
    people = await bring_people(session, export, sources)
    places = await bring_places(session, export, people, sources)
    threads = await bring_threads(session, export, people, places, sources)
    messages = await bring_talk(session, export, people, threads, sources, tell=progress.done)
    asks = await bring_asks(session, export, people, threads, sources)
    result = ImportResult(
        members=people.new,
        matched=people.matched,
        hours=people.hours,
        projects=places.new,
        topics=threads.new,
        messages=messages,
        asks=asks.new,
        answers=asks.answered,
    )
    if not result.is_nothing:
        await _finish(session, result)
    return result


async def _finish(session: AsyncSession, result: ImportResult) -> None:
    finished = ImportFinished(
        source=Source.SLACK,
        members=result.members,
        projects=result.projects,
        topics=result.topics,
        messages=result.messages,
        asks=result.asks,
        answers=result.answers,
        decisions=0,
    )
    events.record(session, finished, Audience.team())
    await begin_epoch(session)
