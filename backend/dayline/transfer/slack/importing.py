"""Importing a Slack export in one transaction."""

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
    """How much an import added. `matched` counts existing members found by email."""

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
        """Whether the export had nothing new."""
        counts = (self.members, self.matched, self.projects, self.topics)
        return not any((*counts, self.messages, self.asks, self.answers))


class ImportProgress:
    """Receives the progress of an import. This base class ignores it."""

    def begin(self, messages: int) -> None:
        """Called first, with the number of messages."""

    def done(self, messages: int) -> None:
        """Called after each batch, with the number of messages in it."""


async def import_export(
    sessions: Sessions,
    clock: Clock,
    export: Export,
    slug: str,
    *,
    dry_run: bool = False,
    progress: ImportProgress | None = None,
) -> ImportResult:
    """Import into the workspace `slug` what it doesn't have yet of an export.

    One event is recorded and a new epoch begins; no one is notified. A dry run does everything and
    rolls it back. Raises ImportFault.
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
