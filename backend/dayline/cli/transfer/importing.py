"""`dayline import slack`: its work and its output."""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from dayline.kernel.db.clock import DatabaseClock
from dayline.kernel.db.database import create_engine, create_sessions
from dayline.kernel.ops.settings import Settings
from dayline.local.fault import Fault
from dayline.transfer.entering import ImportFault
from dayline.transfer.slack.archive import ArchiveFault, read
from dayline.transfer.slack.export import Export
from dayline.transfer.slack.importing import ImportProgress, ImportResult, import_export

MOST_FINDINGS = 20
"""The most findings that are printed one by one."""


def bring_slack(settings: Settings, file: Path, slug: str, *, dry_run: bool) -> Iterator[str]:
    """Import a Slack export. Yields the lines to print about it. Raises Fault."""
    try:
        export = read(file)
        with _bar() as bar:
            result = asyncio.run(_bring(settings, export, slug, dry_run=dry_run, progress=bar))
    except (ArchiveFault, ImportFault) as fault:
        raise Fault(str(fault)) from None
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
        self._task = progress.add_task("Messages", total=None)

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


def summary(result: ImportResult, export: Export, slug: str, *, dry_run: bool) -> Iterator[str]:
    """The lines about what an import did, or would do."""
    if result.is_nothing:
        yield f"Nothing is new: all {len(export.messages)} messages are in {slug} already."
        return
    yield f"This would come into {slug}; nothing was changed." if dry_run else f"Into {slug} came"
    yield _counted(result.members, "member") + _of_members(result)
    if result.matched:
        yield f"  {_plain(result.matched, 'member')} known by e-mail address"
    yield _counted(result.projects, "project")
    yield _counted(result.topics, "topic")
    yield _counted(result.messages, "message") + _skipped(export)
    yield _counted(result.asks, "ask")
    if result.answers:
        yield _counted(result.answers, "answer") + " to asks that were imported before"
    if result.members and not dry_run:
        yield "Nobody was told. Invite people from the workspace's list of members."


_HOURS = {
    "zone": "in the zone of the export",
    "inferred": "inferred from when they wrote",
    "default": "the workspace's own",
}


def _of_members(result: ImportResult) -> str:
    known = [f"{result.hours[how]} {said}" for how, said in _HOURS.items() if how in result.hours]
    return f"; working hours: {', '.join(known)}" if known else ""


_SKIPPED = {
    "notices": "notices",
    "deleted": "deleted",
    "duplicates": "doubled",
    "no_author": "without author",
}


def _skipped(export: Export) -> str:
    said = [f"{count} {_SKIPPED[why]}" for why, count in export.skipped.items() if count]
    return f"; left out: {', '.join(said)}" if said else ""


def _odd(export: Export) -> Iterator[str]:
    """The findings as warnings, at most MOST_FINDINGS of them."""
    for finding in export.findings[:MOST_FINDINGS]:
        yield f"Warning: {finding}"
    more = len(export.findings) - MOST_FINDINGS
    if more > 0:
        yield f"Warning: {more} more like these."


def _counted(count: int, what: str) -> str:
    return f"  {_plain(count, what)}"


def _plain(count: int, what: str) -> str:
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"
