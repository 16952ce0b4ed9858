"""`dayline import decisions`: its work and its output."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

from dayline.core.phrase import AllOf, Phrase
from dayline.kernel.db.clock import DatabaseClock
from dayline.kernel.db.database import create_engine, create_sessions
from dayline.kernel.ops.fault import in_a_row
from dayline.kernel.ops.settings import Settings
from dayline.transfer.adr.folder import Folder, read_folder
from dayline.transfer.adr.importing import ImportResult, import_folder


def bring_records(
    settings: Settings, place: Path, slug: str, *, project: str, handle: str | None, dry_run: bool
) -> Iterator[Phrase | str]:
    """Import a folder of records. Yields the lines to print about it. Raises Fault."""
    folder = read_folder(place)
    work = _bring(settings, folder, slug, project=project, handle=handle, dry_run=dry_run)
    result = asyncio.run(work)
    yield from _odd(folder, result)
    yield from summary(folder, result, slug, dry_run=dry_run)


async def _bring(
    settings: Settings,
    folder: Folder,
    slug: str,
    *,
    project: str,
    handle: str | None,
    dry_run: bool,
) -> ImportResult:
    engine = create_engine(settings.database_url or "", pool_size=1)
    try:
        return await import_folder(
            create_sessions(engine),
            DatabaseClock(),
            folder,
            slug,
            project=project,
            handle=handle,
            dry_run=dry_run,
        )
    finally:
        await engine.dispose()


def _odd(folder: Folder, result: ImportResult) -> Iterator[Phrase]:
    """The warnings and the refused files."""
    for path, reasons in sorted(result.warnings.items()):
        yield Phrase("imports.warned", place=path, reason=in_a_row(reasons))
    for path, reason in folder.refused.items():
        yield Phrase("imports.refused", file=path, reason=reason)


def summary(
    folder: Folder, result: ImportResult, slug: str, *, dry_run: bool
) -> Iterator[Phrase | str]:
    """The lines about what an import did, or would do."""
    if result.new:
        yield from _new(result, slug, dry_run=dry_run)
    else:
        yield Phrase("imports.all-records-known", count=len(result.known), slug=slug)
    if result.new and result.known:
        yield Phrase("imports.records-known", count=len(result.known))
    if warned := len(set(result.warnings) & set(folder.records)):
        yield Phrase("imports.files-warned", count=warned)
    if folder.refused:
        yield Phrase("imports.files-refused", count=len(folder.refused))
    if folder.left_out:
        yield Phrase("imports.left-out-lists", files=AllOf(*folder.left_out))
    if result.new and not dry_run:
        yield Phrase("imports.no-one-notified")


def _new(result: ImportResult, slug: str, *, dry_run: bool) -> Iterator[Phrase | str]:
    yield Phrase("imports.would-import" if dry_run else "imports.imported", slug=slug)
    yield from (f"  {key:<8} {path}" for path, key in result.new.items())
    yield Phrase(
        "imports.decisions", count=len(result.new), drafts=result.drafts, links=result.relations
    )
