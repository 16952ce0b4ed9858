"""A complete search: an exact key first, then references, members, and the best matches."""

import asyncio
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter, ValidationError

from dayline.context.places import ProjectLine, picked, place_of
from dayline.decisions.keys import DecisionKey
from dayline.identity.caller import Caller
from dayline.search.highlighting import Words, excerpt, pieces
from dayline.search.queries import Found, find, find_by_key, find_members
from dayline.search.schemas import Hit, HitKind
from dayline.tasks.keys import TaskKey

_KEYS: dict[HitKind, TypeAdapter[str]] = {
    HitKind.TASK: TypeAdapter(TaskKey),
    HitKind.DECISION: TypeAdapter(DecisionKey),
}
_NOWHERE: dict[str, Any] = {"topic": None, "task": None, "decision": None, "project": None}


async def search(
    caller: Caller, written: str, kinds: frozenset[HitKind], project_id: UUID | None, most: int
) -> list[Hit]:
    """At most `most` hits of these kinds that match and that the caller sees."""
    words = Words(written)
    exact = await _exact(caller, written, kinds, project_id)
    matching = await find(caller, written, kinds, project_id)
    members: list[Found] = []
    if HitKind.MEMBER in kinds and project_id is None:
        members = await find_members(caller, words)
    references = [each for each in matching if each.kind is HitKind.REFERENCE]
    found: dict[Any, Found] = {}
    for each in [*exact, *references, *members, *matching]:
        found.setdefault((each.kind, each.row.id), each)
    return await asyncio.to_thread(_hits, list(found.values())[:most], words)


async def _exact(
    caller: Caller, written: str, kinds: frozenset[HitKind], project_id: UUID | None
) -> list[Found]:
    found = [
        await find_by_key(caller, kind, key)
        for kind, shape in _KEYS.items()
        if kind in kinds and (key := _key(shape, written)) is not None
    ]
    return [
        each for each in found if each is not None and project_id in {None, each.row.project_id}
    ]


def _key(shape: TypeAdapter[str], written: str) -> str | None:
    try:
        return shape.validate_python(written.strip())
    except ValidationError:
        return None


def _hits(found: Iterable[Found], words: Words) -> list[Hit]:
    """The hits with highlights. Texts may be long, so this runs outside the event loop."""
    return [_hit(each, words) for each in found]


def _hit(found: Found, words: Words) -> Hit:
    row = found.row
    if found.kind is HitKind.MEMBER:
        title, at, place = row.name, row.joined_at, _NOWHERE
    else:
        title, at, place = row.title, row.at, _place(found)
    return Hit(
        kind=found.kind,
        id=row.id,
        title=pieces(title, words),
        excerpt=excerpt(getattr(row, "body", ""), words),
        handle=getattr(row, "handle", None),
        author_id=getattr(row, "author_id", None),
        at=at,
        **place,
    )


def _place(found: Found) -> dict[str, Any]:
    if found.kind is HitKind.REFERENCE:
        return _NOWHERE
    if found.kind is HitKind.PROJECT:
        line = ProjectLine(**picked(found.row, "project", ProjectLine))
        return {**_NOWHERE, "project": line}
    return place_of(found.row)
