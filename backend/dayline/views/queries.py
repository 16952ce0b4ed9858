"""Reading views: one's own, and those shared with the team."""

from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlmodel import col

from dayline.identity.caller import Caller
from dayline.kernel.db.finding import count, find_one
from dayline.views.models import View
from dayline.views.schemas import ViewFilterOut, ViewOut


def visible_views(caller: Caller) -> ColumnElement[bool]:
    """Matches the views that the caller sees: guests only their own, others also shared ones.

    A shared filter may name things that guests can't see.
    """
    own = col(View.owner_id) == caller.member_id
    return (col(View.workspace_id) == caller.workspace_id) & (
        own if caller.is_guest else or_(own, col(View.shared))
    )


async def view_documents(caller: Caller) -> list[ViewOut]:
    """The views that the caller sees, by name."""
    order = func.lower(col(View.name)), col(View.id)
    rows = await caller.session.scalars(select(View).where(visible_views(caller)).order_by(*order))
    return [view_document(view) for view in rows]


async def get_view(caller: Caller, view_id: UUID, *, for_update: bool = False) -> View:
    """The view with this id. Raises NotFound if the caller sees none."""
    statement = select(View).where(visible_views(caller), col(View.id) == view_id)
    return await find_one(caller.session, statement, for_update=for_update)


async def count_own(caller: Caller) -> int:
    """The number of views that the caller owns."""
    return await count(caller.session, View, col(View.owner_id) == caller.member_id)


def view_document(view: View) -> ViewOut:
    """The document of a view, as in lists, snapshots and events."""
    names = ViewOut.model_fields.keys() - {"filter", "deleted_at"}
    return ViewOut(
        **{name: getattr(view, name) for name in names},
        filter=ViewFilterOut.model_validate(view.filter),
        deleted_at=None,
    )
