"""Reading references. Guests see none of them, everyone else sees all."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, false, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.calendars.queries import zone_of
from dayline.identity.caller import Caller
from dayline.kernel.db.database import scope_of
from dayline.kernel.db.finding import find_one
from dayline.kernel.http.paging import Key, Page, PageRequest, cut, paged
from dayline.kernel.schemas import Word
from dayline.references.models import Reference, ReferenceName, ReferenceRevision, StaleMark
from dayline.references.schemas import ReferenceCard, RevisionOut, StaleMarkOut

_OF_REFERENCE = ReferenceCard.model_fields.keys() - {"former_titles", "stale", "deleted_at"}


def visible_references(caller: Caller) -> ColumnElement[bool]:
    """Matches the references that the caller sees."""
    if caller.is_guest:
        return false()
    return col(Reference.workspace_id) == caller.workspace_id


async def get_reference(
    caller: Caller, reference_id: UUID, *, for_update: bool = False
) -> Reference:
    """The reference with this id. Raises NotFound."""
    found = select(Reference).where(visible_references(caller), col(Reference.id) == reference_id)
    return await find_one(caller.session, found, for_update=for_update)


async def reference_cards(caller: Caller) -> list[ReferenceCard]:
    """The cards of the references that the caller sees, by title."""
    order = func.lower(col(Reference.title)), col(Reference.id)
    found = select(Reference).where(visible_references(caller)).order_by(*order)
    return await cards_of(caller.session, (await caller.session.scalars(found)).all())


async def list_references(
    caller: Caller, page: PageRequest, *, words: str, owner: UUID | None, stale: bool | None
) -> Page[ReferenceCard]:
    """A page of the references that contain all words and match the filters, by title."""
    by_title = Key(func.lower(col(Reference.title)), Word)
    found = select(Reference).where(
        visible_references(caller),
        *(_has_word(word) for word in words.split()),
        *([] if owner is None else [col(Reference.owner_id) == owner]),
        *([] if stale is None else [is_stale() if stale else ~is_stale()]),
    )
    order = [by_title, Key(col(Reference.id), UUID)]
    rows = (await caller.session.scalars(paged(found, order, page, "title"))).all()
    kept = cut(rows, page, "title", lambda row: (row.title.lower(), row.id))
    return Page(await cards_of(caller.session, kept.items), kept.next_cursor)


def _has_word(word: str) -> ColumnElement[bool]:
    columns = col(Reference.title), col(Reference.body)
    return or_(*(column.icontains(word, autoescape=True) for column in columns))


def is_stale() -> ColumnElement[bool]:
    """Matches the references that someone marked as stale."""
    return (
        select(col(StaleMark.id))
        .where(
            col(StaleMark.workspace_id) == col(Reference.workspace_id),
            col(StaleMark.reference_id) == col(Reference.id),
        )
        .exists()
    )


async def card_of(
    session: AsyncSession, reference: Reference, *, deleted_at: datetime | None = None
) -> ReferenceCard:
    """The card of a reference, as lists and events show it."""
    (card,) = await cards_of(session, [reference])
    return card.model_copy(update={"deleted_at": deleted_at})


async def cards_of(session: AsyncSession, references: Sequence[Reference]) -> list[ReferenceCard]:
    """The cards of references, in the given order. Takes two statements, whatever their number."""
    ids = [reference.id for reference in references]
    titles = await _titles(session, ids) if ids else {}
    marks = await _marks(session, ids) if ids else {}
    return [
        ReferenceCard(
            **{name: getattr(each, name) for name in _OF_REFERENCE},
            former_titles=[title for title in titles.get(each.id, ()) if title != each.title],
            stale=[StaleMarkOut.model_validate(mark) for mark in marks.get(each.id, ())],
            deleted_at=None,
        )
        for each in references
    ]


async def _titles(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, list[str]]:
    rows = await session.execute(
        select(col(ReferenceName.reference_id), col(ReferenceName.title))
        .where(
            col(ReferenceName.workspace_id) == scope_of(session).workspace_id,
            col(ReferenceName.reference_id).in_(ids),
        )
        .order_by(col(ReferenceName.name))
    )
    titles: dict[UUID, list[str]] = defaultdict(list)
    for reference_id, title in rows:
        titles[reference_id].append(title)
    return titles


async def _marks(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, list[StaleMark]]:
    found = select(StaleMark).where(
        col(StaleMark.workspace_id) == scope_of(session).workspace_id,
        col(StaleMark.reference_id).in_(ids),
    )
    order = col(StaleMark.marked_at), col(StaleMark.id)
    fresh = found.order_by(*order).execution_options(populate_existing=True)
    marks: dict[UUID, list[StaleMark]] = defaultdict(list)
    for mark in await session.scalars(fresh):
        marks[mark.reference_id].append(mark)
    return marks


async def list_revisions(
    caller: Caller, reference: Reference, page: PageRequest
) -> Page[RevisionOut]:
    """A page of a reference's revisions, latest first."""
    found: Any = select(ReferenceRevision).where(
        col(ReferenceRevision.workspace_id) == caller.workspace_id,
        col(ReferenceRevision.reference_id) == reference.id,
    )
    order = [Key(col(ReferenceRevision.number), int, descending=True)]
    rows = (await caller.session.scalars(paged(found, order, page, "-number"))).all()
    kept = cut(rows, page, "-number", lambda row: (row.number,))
    yours = await zone_of(caller)
    return Page([_revision(row, yours) for row in kept.items], kept.next_cursor)


def _revision(row: ReferenceRevision, yours: ZoneInfo) -> RevisionOut:
    names = RevisionOut.model_fields.keys() - {"edited_local"}
    return RevisionOut(
        **{name: getattr(row, name) for name in names},
        edited_local=row.edited_at.astimezone(yours).isoformat(),
    )
