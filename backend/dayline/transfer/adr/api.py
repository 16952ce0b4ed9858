"""HTTP routes that export decisions as MADR files."""

import asyncio
import re
from posixpath import basename
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import Query
from sqlalchemy import ColumnElement, and_
from sqlmodel import col

from dayline.decisions.keys import PathKey
from dayline.decisions.models import Decision
from dayline.decisions.queries import get_decision, visible_decisions
from dayline.identity.caller import Caller, GuestReads
from dayline.kernel.http.downloads import MARKDOWN, ZIP, MarkdownResponse, ZipResponse, kept_as
from dayline.kernel.http.routing import Room
from dayline.members.queries import get_workspace
from dayline.projects.queries import get_project
from dayline.projects.schemas import ProjectKey
from dayline.transfer.adr.decision_set import load_decision_set, related_to
from dayline.transfer.adr.exporting import Export, zipped

router = Room(prefix="/api/workspaces/{workspace}", tags=["decisions"])

_ODD = re.compile(r"[^A-Za-z0-9._-]+")


@router.get(
    "/decisions/{key:decision_key}/madr", response_class=MarkdownResponse, responses=MARKDOWN
)
async def decisions_madr(caller: GuestReads, key: PathKey) -> MarkdownResponse:
    """Export a decision as a Markdown file in the MADR 4 format."""
    decision = await get_decision(caller, key)
    export = await _export(caller, related_to(decision.id, caller.workspace_id))
    text = await asyncio.to_thread(export.file, decision)
    return MarkdownResponse(text, headers=kept_as(_plain(export.name(decision))))


@router.get("/decisions/export", response_class=ZipResponse, responses=ZIP)
async def decisions_export(
    caller: GuestReads,
    project: Annotated[
        ProjectKey | None, Query(description="Only decisions of the project with this key.")
    ] = None,
) -> ZipResponse:
    """Export all decisions that you can see as a zip of Markdown files with an index."""
    which = []
    if project is not None:
        which.append(col(Decision.project_id) == (await get_project(caller, project)).id)
    export = await _export(caller, *which)
    slug = (await get_workspace(caller)).slug
    name = f"decisions-{slug}.zip" if project is None else f"decisions-{slug}-{project.lower()}.zip"
    return ZipResponse(zipped(export), headers=kept_as(name))


async def _export(caller: Caller, *which: ColumnElement[bool]) -> Export:
    held = await load_decision_set(caller.session, and_(visible_decisions(caller), *which))
    zone = ZoneInfo((await get_workspace(caller)).reference_zone)
    return Export(held, zone, has_figures=not caller.is_guest)


def _plain(path: str) -> str:
    """The file name with only characters that are allowed in a header."""
    return _ODD.sub("-", basename(path))
