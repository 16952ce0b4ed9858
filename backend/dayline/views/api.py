"""HTTP routes of views."""

from typing import Annotated
from uuid import UUID

from fastapi import Path, Request, Response

from dayline.identity.caller import GuestPosts, GuestReads, GuestWrites
from dayline.kernel.http.idempotency import IdempotentRoute
from dayline.kernel.http.openapi import answers
from dayline.kernel.http.revisions import ExpectedRev, etag
from dayline.kernel.http.routing import Room
from dayline.views import actions
from dayline.views.models import View
from dayline.views.problems import GuestsShareNone, NotYourView, TooManyViews
from dayline.views.queries import get_view, view_document, view_documents
from dayline.views.schemas import ViewEdit, ViewIn, ViewOut

router = Room(
    prefix="/api/workspaces/{workspace}/views", tags=["views"], route_class=IdempotentRoute
)

ViewId = Annotated[UUID, Path(description="The view's id.")]


@router.get("")
async def views_list(caller: GuestReads) -> list[ViewOut]:
    """List your views and those shared with the team, by name."""
    return await view_documents(caller)


@router.post("", status_code=201, responses=answers(GuestsShareNone, TooManyViews))
async def views_create(
    caller: GuestPosts, request: Request, response: Response, new: ViewIn
) -> ViewOut:
    """Save what the board shows as a view."""
    view = await actions.create_view(caller, new)
    response.headers["Location"] = f"{request.url.path}/{view.id}"
    return _shown(response, view)


@router.get("/{view_id}")
async def views_get(caller: GuestReads, response: Response, view_id: ViewId) -> ViewOut:
    """Get a view."""
    return _shown(response, await get_view(caller, view_id))


@router.patch("/{view_id}", responses=answers(NotYourView, GuestsShareNone))
async def views_update(
    caller: GuestWrites, response: Response, view_id: ViewId, rev: ExpectedRev, edit: ViewEdit
) -> ViewOut:
    """Change a view.

    Admins can also change shared views of others.
    """
    return _shown(response, await actions.edit_view(caller, view_id, rev, edit))


@router.delete("/{view_id}", status_code=204, responses=answers(NotYourView))
async def views_delete(caller: GuestWrites, view_id: ViewId) -> None:
    """Delete a view.

    Admins can also delete shared views of others.
    """
    await actions.delete_view(caller, view_id)


def _shown(response: Response, view: View) -> ViewOut:
    response.headers["ETag"] = etag(view.rev)
    return view_document(view)
