"""The audit log: the events of a workspace, newest first, for admins."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field
from sqlalchemy import ColumnElement, select
from sqlmodel import col

from dayline.context import audience
from dayline.context.audience import visible_to
from dayline.core.phrase import Phrase
from dayline.feed.schemas import MOST_SEQ
from dayline.identity.caller import Caller
from dayline.kernel.db.events import EventRow
from dayline.kernel.http.paging import Key, Page, PageRequest, cut, paged
from dayline.kernel.schemas import Instant, Shape

_NAME = "audit"
_NEWEST_FIRST = [Key(col(EventRow.seq), Annotated[int, Field(ge=0, le=MOST_SEQ)], descending=True)]


@dataclass(frozen=True, slots=True)
class AuditFilters:
    """Filters of the audit log. Null filters nothing."""

    kind: Annotated[
        Annotated[str, Shape(r"^[a-z][a-z_.]{0,63}$", Phrase("fields.event-kind"))] | None,
        Query(description="Only events of this kind.", examples=["task.created"]),
    ] = None
    actor: Annotated[UUID | None, Query(description="Only what the member with this id did.")] = (
        None
    )
    since: Annotated[Instant | None, Query(description="Only events at this instant or later.")] = (
        None
    )
    until: Annotated[Instant | None, Query(description="Only events before this instant.")] = None

    def conditions(self) -> Iterator[ColumnElement[bool]]:
        """Yield a SQL condition for each filter that is set."""
        if self.kind is not None:
            yield col(EventRow.kind) == self.kind
        if self.actor is not None:
            yield col(EventRow.actor_id) == self.actor
        if self.since is not None:
            yield col(EventRow.at) >= self.since
        if self.until is not None:
            yield col(EventRow.at) < self.until


async def list_audit(caller: Caller, page: PageRequest, wanted: AuditFilters) -> Page[EventRow]:
    """Return a page of the events that the caller sees. No role gives access to direct topics."""
    viewer = await audience.viewer_of(caller)
    statement = select(EventRow).where(visible_to(viewer), *wanted.conditions())
    rows = await caller.session.scalars(paged(statement, _NEWEST_FIRST, page, _NAME))
    return cut(rows.all(), page, _NAME, lambda row: [row.seq])
