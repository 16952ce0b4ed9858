"""The snapshot: what a board needs, read in one transaction with the caller's access."""

from itertools import chain
from typing import Any

from pydantic_core import to_json
from sqlalchemy import Select, func, literal_column, select
from sqlmodel import col

from dayline.agreements.queries import agreement_cards
from dayline.calendars.queries import visible_calendars
from dayline.context import audience
from dayline.conversations.queries import all_topics
from dayline.decisions.queries import unsettled_decisions
from dayline.feed import queries
from dayline.feed.schemas import SnapshotMe
from dayline.identity.caller import Caller
from dayline.kernel.db.reads import json_rows
from dayline.members.models import Member
from dayline.members.queries import get_workspace, visible_members
from dayline.members.schemas import MemberOut, WorkspaceOut
from dayline.notices.queries import unsettled_notices
from dayline.notices.settings import settings_card
from dayline.projects.queries import project_documents
from dayline.references.queries import reference_cards
from dayline.tasks.queries import all_cards
from dayline.timers.queries import open_timers
from dayline.views.queries import view_documents


async def written(caller: Caller) -> list[bytes]:
    """Return a `SnapshotOut` as JSON, in pieces. The caller's transaction must be a snapshot.

    PostgreSQL encodes the long lists itself. Everything is read before anything is sent: so a slow
    client keeps no transaction open, and an error becomes a proper response, not half a document.
    """
    viewer = await audience.viewer_of(caller)
    history = await queries.history(caller.session, caller.workspace_id)
    values = {
        "epoch": to_json(viewer.epoch(history.epoch)),
        "seq": to_json(history.head),
        "me": to_json(SnapshotMe(member_id=caller.member_id, role=caller.role)),
        "workspace": to_json(WorkspaceOut.model_validate(await get_workspace(caller))),
        "members": to_json(await _members(caller)),
        "projects": to_json(await project_documents(caller)),
        "topics": await _texts(caller, all_topics(caller)),
        "tasks": await _texts(caller, all_cards(caller)),
        "agreements": to_json(await agreement_cards(caller.session, caller.workspace_id)),
        "calendars": to_json(await visible_calendars(caller)),
        "timers": to_json(await open_timers(caller)),
        "views": to_json(await view_documents(caller)),
        "references": to_json(await reference_cards(caller)),
        "decisions": to_json(await unsettled_decisions(caller)),
        "notices": to_json(await unsettled_notices(caller)),
        "notice_settings": to_json(await settings_card(caller)),
    }
    opening = dict.fromkeys(values, b",") | {"epoch": b"{"}
    named = ((opening[name] + to_json(name) + b":", value) for name, value in values.items())
    return [*chain.from_iterable(named), b"}"]


async def _texts(caller: Caller, found: Select[Any]) -> bytes:
    each = json_rows(found).subquery("each")
    joined = func.coalesce(func.string_agg(each.c[0], literal_column("','")), "")
    text: str | None = await caller.session.scalar(select(joined))
    return f"[{text}]".encode()


async def _members(caller: Caller) -> list[MemberOut]:
    """Return the members that the caller sees, by name."""
    statement = visible_members(caller).order_by(col(Member.name), col(Member.id))
    rows = await caller.session.scalars(statement)
    return [MemberOut.model_validate(row) for row in rows]
