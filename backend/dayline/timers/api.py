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
    recipient: Annotated[Whose | None, Query(description="A member's id, or `me`.")] = None,
    author: Annotated[Whose | None, Query(description="A member's id, or `me`.")] = None,
    topic: Annotated[UUID | None, Query(description="A topic's id.")] = None,
    message: Annotated[UUID | None, Query(description="A message's id.")] = None,
    project: Annotated[ProjectKey | None, Query(description="A project's key.")] = None,
    state: TimerFilter | None = None,
    sort: TimerSort = TimerSort.DUE,
) -> list[TimerOut]:
    """The timers of topics that you see."""
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
    """One timer."""
    return _shown(response, await get_timer(caller, timer_id))


@router.get("/timers/{timer_id}/explanation")
async def timers_explain(caller: GuestReads, timer_id: TimerId) -> ExplanationOut:
    """Why a timer is due when it is due."""
    return await explain(caller, timer_id)


@router.put(
    "/timers/{timer_id}/acknowledgement",
    responses=answers(RecipientOnly, InputNeeded, TimerEnded, TimerIsBreached),
)
async def timers_acknowledge(
    caller: GuestWrites, response: Response, timer_id: TimerId, promise: AcknowledgementIn
) -> TimerOut:
    """Promise an answer to what you were asked: this timer ends, another runs to the promise."""
    promised_at = await lifecycle.promised_instant(caller, promise)
    return _shown(response, await lifecycle.acknowledge(caller, timer_id, promised_at))


@router.put(
    "/timers/{timer_id}/pause",
    responses=answers(NotYourTimer, InputNeeded, TimerEnded, TimerIsBreached),
)
async def timers_pause(
    caller: GuestWrites, response: Response, timer_id: TimerId, pause: PauseIn
) -> TimerOut:
    """Let the time of a timer not count, and say why."""
    return _shown(response, await lifecycle.pause(caller, timer_id, pause.reason))


@router.delete("/timers/{timer_id}/pause", responses=answers(NotYourTimer))
async def timers_resume(caller: GuestWrites, response: Response, timer_id: TimerId) -> TimerOut:
    """Let the time of a timer count again."""
    return _shown(response, await lifecycle.resume_timer(caller, timer_id))


def _shown(response: Response, timer: Timer) -> TimerOut:
    response.headers["ETag"] = etag(timer.rev)
    return timer_document(timer)


@router.get("/agreement/examples")
async def agreement_examples_list(caller: MemberReads) -> list[ClauseExample]:
    """By when each kind of message would be due, were you asked now."""
    return await examples_for(caller)
