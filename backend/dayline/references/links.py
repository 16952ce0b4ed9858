"""Links to references. They are stored by name and resolved when read."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.context.places import PLACE, place_of, with_place
from dayline.conversations.models import Topic
from dayline.conversations.queries import visible_topics
from dayline.identity.caller import Caller
from dayline.references.models import Reference, ReferenceLink, ReferenceName
from dayline.references.naming import name_of
from dayline.references.schemas import LinkedFrom, ReferenceLine

MOST = 100


async def follow_text(
    caller: Caller, topic_id: UUID, message_id: UUID | None, titles: Collection[str]
) -> None:
    """Replace the links in a message's text, or without one in that of the topic's subject."""
    here = (col(ReferenceLink.topic_id) == topic_id) & (
        col(ReferenceLink.message_id).is_not_distinct_from(message_id)
    )
    await _replace(caller, here, titles, topic_id=topic_id, message_id=message_id)


async def follow_reference(caller: Caller, reference: Reference, titles: Collection[str]) -> None:
    """Replace the links in the text of a reference."""
    here = col(ReferenceLink.from_id) == reference.id
    await _replace(caller, here, titles, from_id=reference.id)


async def _replace(
    caller: Caller, here: ColumnElement[bool], titles: Collection[str], **place: Any
) -> None:
    session: AsyncSession = caller.session
    own = col(ReferenceLink.workspace_id) == caller.workspace_id
    await session.execute(delete(ReferenceLink).where(own, here))
    session.add_all(
        ReferenceLink(workspace_id=caller.workspace_id, name=name, **place)
        for name in sorted({name_of(title) for title in titles})
    )
    await session.flush()


async def linked_from(caller: Caller, reference: Reference) -> list[LinkedFrom]:
    """The conversations that link to a reference and that the caller sees, latest first."""
    latest = func.coalesce(col(Topic.last_message_at), col(Topic.created_at))
    topics = select(col(ReferenceLink.topic_id)).where(*_to(reference))
    found = (
        with_place(select(*PLACE).select_from(Topic))
        .where(visible_topics(caller), col(Topic.id).in_(topics))
        .order_by(latest.desc(), col(Topic.id).desc())
        .limit(MOST)
    )
    return [LinkedFrom.model_validate(place_of(row)) for row in await caller.session.execute(found)]


async def linked_from_references(caller: Caller, reference: Reference) -> list[ReferenceLine]:
    """The other references that link to this one, by title."""
    others = select(col(ReferenceLink.from_id)).where(*_to(reference))
    found = (
        select(col(Reference.id), col(Reference.title))
        .where(
            col(Reference.workspace_id) == caller.workspace_id,
            col(Reference.id).in_(others),
            col(Reference.id) != reference.id,
        )
        .order_by(func.lower(col(Reference.title)))
    )
    return [ReferenceLine.model_validate(row) for row in await caller.session.execute(found)]


def _to(reference: Reference) -> list[ColumnElement[bool]]:
    names = select(col(ReferenceName.name)).where(
        col(ReferenceName.workspace_id) == reference.workspace_id,
        col(ReferenceName.reference_id) == reference.id,
    )
    return [
        col(ReferenceLink.workspace_id) == reference.workspace_id,
        col(ReferenceLink.name).in_(names),
    ]
