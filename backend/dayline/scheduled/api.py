"""HTTP routes of scheduled messages."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response

from dayline.identity.caller import Caller, GuestPosts, GuestReads, GuestWrites
from dayline.kernel.http.idempotency import IdempotentRoute
from dayline.kernel.http.openapi import answers
from dayline.kernel.http.revisions import ExpectedRev, etag
from dayline.messages.problems import RecipientNotWorking
from dayline.messages.reach import unreached_in
from dayline.scheduled import actions
from dayline.scheduled.models import ScheduledMessage
from dayline.scheduled.problems import TooManyScheduled
from dayline.scheduled.queries import get_scheduled, list_scheduled, scheduled_documents
from dayline.scheduled.schemas import (
    ScheduledEdit,
    ScheduledIn,
    ScheduledOut,
    WrittenScheduledOut,
)

router = APIRouter(
    prefix="/api/workspaces/{workspace}", tags=["scheduled"], route_class=IdempotentRoute
)

TopicId = Annotated[UUID, Path(description="The topic's id.")]
ScheduledId = Annotated[UUID, Path(description="The scheduled message's id.")]


@router.post(
    "/topics/{topic_id}/scheduled-messages",
    status_code=201,
    responses=answers(RecipientNotWorking, TooManyScheduled),
)
async def scheduled_create(
    caller: GuestPosts, request: Request, response: Response, topic_id: TopicId, new: ScheduledIn
) -> WrittenScheduledOut:
    """Schedule a message to be sent later."""
    scheduled = await actions.schedule(caller, topic_id, new)
    workspace = request.path_params["workspace"]
    response.headers["Location"] = f"/api/workspaces/{workspace}/scheduled-messages/{scheduled.id}"
    return await _written(caller, response, scheduled)


@router.get("/scheduled-messages")
async def scheduled_list(
    caller: GuestReads,
    topic: Annotated[
        UUID | None, Query(description="Only messages in the topic with this id.")
    ] = None,
) -> list[ScheduledOut]:
    """List your scheduled messages, by when they are sent.

    Only you can see them.
    """
    return await scheduled_documents(caller, await list_scheduled(caller, topic))


@router.get("/scheduled-messages/{scheduled_id}")
async def scheduled_get(
    caller: GuestReads, response: Response, scheduled_id: ScheduledId
) -> ScheduledOut:
    """Get one of your scheduled messages."""
    return await _shown(caller, response, await get_scheduled(caller, scheduled_id))


@router.patch("/scheduled-messages/{scheduled_id}", responses=answers(RecipientNotWorking))
async def scheduled_update(
    caller: GuestWrites,
    response: Response,
    scheduled_id: ScheduledId,
    rev: ExpectedRev,
    edit: ScheduledEdit,
) -> WrittenScheduledOut:
    """Change a scheduled message.

    If sending failed, it is tried again.
    """
    scheduled = await actions.reschedule(caller, scheduled_id, rev, edit)
    return await _written(caller, response, scheduled)


@router.delete("/scheduled-messages/{scheduled_id}", status_code=204)
async def scheduled_cancel(caller: GuestWrites, scheduled_id: ScheduledId) -> None:
    """Delete a scheduled message."""
    await actions.cancel(caller, scheduled_id)


async def _written(
    caller: Caller, response: Response, scheduled: ScheduledMessage
) -> WrittenScheduledOut:
    unreached = await unreached_in(caller, scheduled.topic_id, scheduled.body)
    return WrittenScheduledOut(
        **dict(await _shown(caller, response, scheduled)), unreached=unreached
    )


async def _shown(caller: Caller, response: Response, scheduled: ScheduledMessage) -> ScheduledOut:
    response.headers["ETag"] = etag(scheduled.rev)
    return (await scheduled_documents(caller, [scheduled]))[0]
