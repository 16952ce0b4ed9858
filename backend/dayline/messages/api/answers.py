"""HTTP route of the answer to an ask."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Response

from dayline.identity.caller import GuestWrites
from dayline.kernel.http.openapi import answers
from dayline.kernel.http.revisions import etag
from dayline.messages.reopening import reopen
from dayline.timers.problems import AnswerAuthorOnly, AskIsOver, ReopenTooLate, TimerEnded
from dayline.timers.schemas import TimerOut, timer_document

router = APIRouter()

TimerId = Annotated[UUID, Path(description="The timer's id.")]


@router.delete(
    "/timers/{timer_id}/response",
    responses=answers(AnswerAuthorOnly, AskIsOver, ReopenTooLate, TimerEnded),
)
async def timers_reopen(caller: GuestWrites, response: Response, timer_id: TimerId) -> TimerOut:
    """Reopen an ask that you answered.

    You can do this for ten minutes after your answer. The ask then goes on as if you hadn't
    answered.
    """
    timer = await reopen(caller, timer_id)
    response.headers["ETag"] = etag(timer.rev)
    return timer_document(timer)
