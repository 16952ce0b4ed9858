"""HTTP routes of timers."""

from typing import Annotated
from uuid import UUID

from fastapi import Path, Query, Request, Response

from dayline.agreements.schemas import ClauseExample
from dayline.identity.caller import GuestReads, GuestWrites, MemberReads
from dayline.kernel.http.openapi import answers
from dayline.kernel.http.paging import Paging, link_next
from dayline.kernel.http.revisions import etag
from dayline.kernel.http.routing import Room
from dayline.projects.queries import get_project
from dayline.projects.schemas import ProjectKey
from dayline.timers import lifecycle
from dayline.timers.examples import examples_for
from dayline.timers.explaining import explain
from dayline.timers.models import Timer
from dayline.timers.problems import (
    InputNeeded,
    NotYourTimer,
    RecipientOnly,
    TimerEnded,
    TimerIsBreached,
)
from dayline.timers.queries import Whose, get_timer, list_timers
from dayline.timers.schemas import (
    AcknowledgementIn,
    ExplanationOut,
    PauseIn,
    TimerOut,
    TimerSort,
    timer_document,
)
from dayline.timers.states import TimerFilter

router = Room(prefix="/api/workspaces/{workspace}", tags=["timers"])

TimerId = Annotated[UUID, Path(description="The timer's id.")]


@router.get("/timers")
async def timers_list(
    caller: GuestReads,
    request: Request,
    response: Response,
    page: Paging,
    *,
    recipient: Annotated[
        Whose | None, Query(description="Only asks to this member, by id or `me`.")
    ] = None,
    author: Annotated[
        Whose | None, Query(description="Only asks by this member, by id or `me`.")
    ] = None,
    topic: Annotated[UUID | None, Query(description="Only asks in the topic with this id.")] = None,
    message: Annotated[
        UUID | None, Query(description="Only asks of the message with this id.")
    ] = None,
    project: Annotated[
        ProjectKey | None, Query(description="Only asks in the project with this key.")
    ] = None,
    state: Annotated[
        TimerFilter | None, Query(description="Only timers in this state or group of states.")
    ] = None,
    sort: Annotated[TimerSort, Query(description="The order of the list.")] = TimerSort.DUE,
) -> list[TimerOut]:
    """List the timers in topics that you can see."""
    found = await list_timers(
        caller,
        page,
        sort,
        recipient=recipient,
        author=author,
        topic_id=topic,
        message_id=message,
        project_id=None if project is None else (await get_project(caller, project)).id,
        state=state,
    )
    link_next(request, response, found)
    return list(found.items)


@router.get("/timers/{timer_id}")
async def timers_get(caller: GuestReads, response: Response, timer_id: TimerId) -> TimerOut:
    """Get a timer."""
    return _shown(response, await get_timer(caller, timer_id))


@router.get("/timers/{timer_id}/explanation")
async def timers_explain(caller: GuestReads, timer_id: TimerId) -> ExplanationOut:
    """Explain why an answer is due when it is."""
    return await explain(caller, timer_id)


@router.put(
    "/timers/{timer_id}/acknowledgement",
    responses=answers(RecipientOnly, InputNeeded, TimerEnded, TimerIsBreached),
)
async def timers_acknowledge(
    caller: GuestWrites, response: Response, timer_id: TimerId, promise: AcknowledgementIn
) -> TimerOut:
    """Promise when you will answer.

    This timer ends, and a new one runs until the promised time.
    """
    promised_at = await lifecycle.promised_instant(caller, promise)
    return _shown(response, await lifecycle.acknowledge(caller, timer_id, promised_at))


@router.put(
    "/timers/{timer_id}/pause",
    responses=answers(NotYourTimer, InputNeeded, TimerEnded, TimerIsBreached),
)
async def timers_pause(
    caller: GuestWrites, response: Response, timer_id: TimerId, pause: PauseIn
) -> TimerOut:
    """Pause a timer, and say what is blocking the answer."""
    return _shown(response, await lifecycle.pause(caller, timer_id, pause.reason))


@router.delete("/timers/{timer_id}/pause", responses=answers(NotYourTimer))
async def timers_resume(caller: GuestWrites, response: Response, timer_id: TimerId) -> TimerOut:
    """Resume a paused timer."""
    return _shown(response, await lifecycle.resume_timer(caller, timer_id))


def _shown(response: Response, timer: Timer) -> TimerOut:
    response.headers["ETag"] = etag(timer.rev)
    return timer_document(timer)


@router.get("/agreement/examples")
async def agreement_examples_list(caller: MemberReads) -> list[ClauseExample]:
    """List when your answer to each kind of ask would be due if you were asked now."""
    return await examples_for(caller)
