"""`dayline import decisions`: what it does, and what it says."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

from dayline.kernel.db.clock import DatabaseClock
from dayline.kernel.db.database import create_engine, create_sessions
from dayline.kernel.ops.settings import Settings
from dayline.local.fault import Fault
from dayline.transfer.adr.folder import Folder, FolderFault, read_folder
from dayline.transfer.adr.importing import ImportResult, import_folder
from dayline.transfer.entering import ImportFault


def bring_records(
    settings: Settings, place: Path, slug: str, *, project: str, handle: str | None, dry_run: bool
) -> Iterator[str]:
    """Import a folder of records; what there is to say about it, line by line. Raises Fault."""
    try:
        folder = read_folder(place)
        work = _bring(settings, folder, slug, project=project, handle=handle, dry_run=dry_run)
        brought = asyncio.run(work)
    except (FolderFault, ImportFault) as fault:
        raise Fault(str(fault)) from None
    yield from _odd(folder, brought)
    yield from summary(folder, brought, slug, dry_run=dry_run)


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


def _odd(folder: Folder, brought: ImportResult) -> Iterator[str]:
    """What is odd, and what is no record, file by file."""
    for path, reasons in sorted(brought.warnings.items()):
        yield f"Warning: {path}: {'; '.join(reasons)}."
    for path, reason in folder.refused.items():
        yield f"Refused: {path} {reason}."


def summary(folder: Folder, brought: ImportResult, slug: str, *, dry_run: bool) -> Iterator[str]:
    """What an import did, or would do."""
    if brought.new:
        came = "This would come into {}; nothing was changed." if dry_run else "Into {} came"
        yield came.format(slug)
        yield from (f"  {key:<8} {path}" for path, key in brought.new.items())
        yield f"{_many(len(brought.new), 'decision')}{_drafts(brought)}, {_links(brought)}."
    else:
        yield f"Nothing is new: all {_many(len(brought.known), 'record')} are in {slug} already."
    if brought.new and brought.known:
        yield f"{_many(len(brought.known), 'record')} had come before."
    warned = len(set(brought.warnings) & set(folder.records))
    counts = {"warned of": warned, "refused": len(folder.refused)}
    yield from (f"{_many(count, 'file')} {what}." for what, count in counts.items() if count)
    if folder.left_out:
        yield f"Left out, as they list others: {', '.join(folder.left_out)}."
    if brought.new and not dry_run:
        yield "Nobody was told."


def _drafts(brought: ImportResult) -> str:
    return f", of which {brought.drafts} proposed and so a draft" if brought.drafts else ""


def _links(brought: ImportResult) -> str:
    return _many(brought.relations, "link") + " between decisions"


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"
