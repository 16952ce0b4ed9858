"""`dayline import slack`: its work and its output."""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from dayline.cli.speech import say
from dayline.core.phrase import AllOf, Phrase
from dayline.kernel.db.clock import DatabaseClock
from dayline.kernel.db.database import create_engine, create_sessions
from dayline.kernel.ops.settings import Settings
from dayline.transfer.counting import skipped_in
from dayline.transfer.slack.archive import read
from dayline.transfer.slack.export import Export
from dayline.transfer.slack.importing import ImportProgress, ImportResult, import_export

MOST_FINDINGS = 20
"""The most findings that are printed one by one."""


def bring_slack(settings: Settings, file: Path, slug: str, *, dry_run: bool) -> Iterator[Phrase]:
    """Import a Slack export. Yields the lines to print about it. Raises Fault."""
    export = read(file)
    with _bar() as bar:
        result = asyncio.run(_bring(settings, export, slug, dry_run=dry_run, progress=bar))
    yield from _odd(export)
    yield from summary(result, export, slug, dry_run=dry_run)


async def _bring(
    settings: Settings, export: Export, slug: str, *, dry_run: bool, progress: ImportProgress
) -> ImportResult:
    engine = create_engine(settings.database_url or "", pool_size=1)
    try:
        return await import_export(
            create_sessions(engine),
            DatabaseClock(),
            export,
            slug,
            dry_run=dry_run,
            progress=progress,
        )
    finally:
        await engine.dispose()


class _Bar(ImportProgress):
    """A progress bar over the messages, hidden if stderr is not a terminal."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task = progress.add_task(say(Phrase("imports.progress")), total=None)

    def begin(self, messages: int) -> None:
        self._progress.update(self._task, total=messages)

    def done(self, messages: int) -> None:
        self._progress.advance(self._task, messages)


@contextmanager
def _bar() -> Iterator[_Bar]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    progress = Progress(
        *columns,
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
    )
    with progress:
        yield _Bar(progress)


def summary(result: ImportResult, export: Export, slug: str, *, dry_run: bool) -> Iterator[Phrase]:
    """The lines about what an import did, or would do."""
    if result.is_nothing:
        yield Phrase("imports.all-messages-known", count=len(export.messages), slug=slug)
        return
    yield Phrase("imports.would-import" if dry_run else "imports.imported", slug=slug)
    for counted in _counted(result, export):
        yield Phrase("imports.item", line=counted)
    if result.members and not dry_run:
        yield Phrase("imports.invite-them")


def _counted(result: ImportResult, export: Export) -> Iterator[Phrase]:
    yield _members(result)
    if result.matched:
        yield Phrase("imports.matched", count=result.matched)
    yield Phrase("imports.projects", count=result.projects)
    yield Phrase("imports.topics", count=result.topics)
    yield _messages(result, export)
    yield Phrase("imports.asks", count=result.asks)
    if result.answers:
        yield Phrase("imports.answers", count=result.answers)


def _members(result: ImportResult) -> Phrase:
    members = Phrase("imports.members", count=result.members)
    sources = [
        Phrase("imports.hours", source=source, count=result.hours[source])
        for source in ("zone", "inferred", "default")
        if source in result.hours
    ]
    if not sources:
        return members
    return Phrase("imports.members-hours", members=members, sources=AllOf(*sources))


def _messages(result: ImportResult, export: Export) -> Phrase:
    messages = Phrase("imports.messages", count=result.messages)
    skipped = skipped_in(export.skipped)
    if not skipped:
        return messages
    return Phrase("imports.messages-skipped", messages=messages, skipped=AllOf(*skipped))


def _odd(export: Export) -> Iterator[Phrase]:
    """The findings as warnings, at most MOST_FINDINGS of them."""
    for finding in export.findings[:MOST_FINDINGS]:
        yield Phrase("imports.warned", place=finding.place, reason=finding.reason)
    more = len(export.findings) - MOST_FINDINGS
    if more > 0:
        yield Phrase("imports.more-warnings", count=more)
