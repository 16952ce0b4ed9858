"""HTTP routes of the feed, and the route of its WebSocket."""

from typing import Annotated

from fastapi import Depends, Query, Request, Response, WebSocket

from dayline.context import audience
from dayline.feed import queries, socket, state
from dayline.feed.audit import AuditFilters, list_audit
from dayline.feed.resume import FeedReset, why_reset
from dayline.feed.schemas import MOST_SEQ, EventOut, EventsPage, SnapshotOut
from dayline.feed.snapshots import SnapshotReads, in_pieces
from dayline.identity.caller import AdminReads, GuestReads
from dayline.kernel.http.openapi import answers
from dayline.kernel.http.paging import Paging, link_next
from dayline.kernel.http.routing import Room, at_once

router = Room(prefix="/api/workspaces/{workspace}", tags=["feed"])

Since = Annotated[
    int,
    Query(ge=0, le=MOST_SEQ, description="The number of the latest event that you know."),
]
Epoch = Annotated[
    str | None,
    Query(
        max_length=100,
        description="The epoch that `since` belongs to. If it is out of date, the response is 409.",
    ),
]
MostEvents = Annotated[
    int, Query(ge=1, le=1000, description="The maximum number of events on a page.")
]


@router.get("/events", responses=answers(FeedReset))
async def events_list(
    caller: GuestReads, since: Since = 0, epoch: Epoch = None, limit: MostEvents = 200
) -> EventsPage:
    """List the events after a number that you may see, oldest first.

    Continue with the page's `seq` as the next `since` until it equals `head`.
    """
    viewer = await audience.viewer_of(caller)
    history = await queries.history(caller.session, caller.workspace_id)
    current = viewer.epoch(history.epoch)
    reason = why_reset(
        claimed=epoch, epoch=current, since=since, head=history.head, most_behind=None
    )
    if reason is not None:
        raise FeedReset(reason=reason.value, epoch=current, head=history.head)
    rows = await queries.visible_events(
        caller.session, viewer, after=since, upto=history.head, limit=limit
    )
    return EventsPage(
        epoch=current,
        since=since,
        seq=rows[-1].seq if len(rows) == limit else history.head,
        head=history.head,
        events=[EventOut.of(row) for row in rows],
    )


@router.get("/snapshot", response_model=SnapshotOut)
async def snapshot_get(caller: SnapshotReads) -> Response:
    """Get the current state of the workspace, and the number from which to follow the feed."""
    return in_pieces(await state.written(caller))


@router.get("/audit")
async def audit_list(
    request: Request,
    response: Response,
    caller: AdminReads,
    page: Paging,
    wanted: Annotated[AuditFilters, Depends(at_once(AuditFilters))],
) -> list[EventOut]:
    """List what happened in the workspace, newest first.

    Events in direct topics are shown only to their participants.
    """
    found = await list_audit(caller, page, wanted)
    link_next(request, response, found)
    return [EventOut.of(row) for row in found.items]


@router.websocket("/feed")
async def feed(websocket: WebSocket, workspace: str) -> None:
    """Every event that you see, as it happens; docs/feed.md tells client authors how."""
    await socket.serve(websocket, workspace)
