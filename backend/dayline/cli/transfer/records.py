"""`dayline import decisions`: its work and its output."""

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
    """Import a folder of records. Yields the lines to print about it. Raises Fault."""
    try:
        folder = read_folder(place)
        work = _bring(settings, folder, slug, project=project, handle=handle, dry_run=dry_run)
        result = asyncio.run(work)
    except (FolderFault, ImportFault) as fault:
        raise Fault(str(fault)) from None
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


def _odd(folder: Folder, result: ImportResult) -> Iterator[str]:
    """The warnings and the refused files."""
    for path, reasons in sorted(result.warnings.items()):
        yield f"Warning: {path}: {'; '.join(reasons)}."
    for path, reason in folder.refused.items():
        yield f"Refused: {path} {reason}."


def summary(folder: Folder, result: ImportResult, slug: str, *, dry_run: bool) -> Iterator[str]:
    """The lines about what an import did, or would do."""
    if result.new:
        came = "This would come into {}; nothing was changed." if dry_run else "Into {} came"
        yield came.format(slug)
        yield from (f"  {key:<8} {path}" for path, key in result.new.items())
        yield f"{_many(len(result.new), 'decision')}{_drafts(result)}, {_links(result)}."
    else:
        yield f"Nothing is new: all {_many(len(result.known), 'record')} are in {slug} already."
    if result.new and result.known:
        yield f"{_many(len(result.known), 'record')} had come before."
    warned = len(set(result.warnings) & set(folder.records))
    counts = {"warned of": warned, "refused": len(folder.refused)}
    yield from (f"{_many(count, 'file')} {what}." for what, count in counts.items() if count)
    if folder.left_out:
        yield f"Left out, as they list others: {', '.join(folder.left_out)}."
    if result.new and not dry_run:
        yield "Nobody was told."


def _drafts(result: ImportResult) -> str:
    return f", of which {result.drafts} proposed and so a draft" if result.drafts else ""


def _links(result: ImportResult) -> str:
    return _many(result.relations, "link") + " between decisions"


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"
