"""HTTP routes for ending a decision, and of its record."""

from fastapi import Request, Response

from dayline.decisions import deciding, links, records, reviewing
from dayline.decisions.document import decision_document
from dayline.decisions.keys import PathKey
from dayline.decisions.models import Decision
from dayline.decisions.problems import (
    AlreadyDecided,
    DeciderOnly,
    NotClosed,
    NotDecided,
    NotOpen,
    NotYourDecision,
    NotYourReview,
    StakeholderOnly,
)
from dayline.decisions.request_schemas import DecideIn, DecisionReviewIn, OutcomeTaskIn, WithdrawIn
from dayline.decisions.schemas import DecisionHistoryEntry, DecisionOut, LinkedDecisionOut
from dayline.identity.caller import Caller, GuestReads, MemberPosts, MemberWrites
from dayline.kernel.http.idempotency import IdempotentRoute
from dayline.kernel.http.openapi import answers
from dayline.kernel.http.paging import Paging, link_next
from dayline.kernel.http.revisions import etag
from dayline.kernel.http.routing import Room
from dayline.tasks.keys import OtherPathKey
from dayline.tasks.keys import PathKey as TaskPathKey
from dayline.tasks.schemas import TaskOut

router = Room(prefix="/api/workspaces/{workspace}", tags=["decisions"], route_class=IdempotentRoute)


@router.post(
    "/decisions/{key:decision_key}/decide",
    responses=answers(AlreadyDecided, NotOpen, NotClosed, DeciderOnly),
)
async def decisions_decide(
    response: Response, caller: MemberPosts, key: PathKey, said: DecideIn
) -> DecisionOut:
    """Record the outcome of a decision.

    After that, the outcome can't be changed.
    """
    return await _shown(response, caller, await deciding.decide(caller, key, said))


@router.post(
    "/decisions/{key:decision_key}/withdraw", responses=answers(AlreadyDecided, NotYourDecision)
)
async def decisions_withdraw(
    response: Response, caller: MemberPosts, key: PathKey, said: WithdrawIn
) -> DecisionOut:
    """Withdraw a decision without an outcome.

    The proposer and admins can do this.
    """
    return await _shown(response, caller, await deciding.withdraw(caller, key, said))


@router.put("/decisions/{key:decision_key}/read", responses=answers(NotDecided, StakeholderOnly))
async def decisions_confirm_read(
    response: Response, caller: MemberWrites, key: PathKey
) -> DecisionOut:
    """Confirm that you have read the outcome of a decision."""
    return await _shown(response, caller, await records.confirm_read(caller, key))


@router.post("/decisions/{key:decision_key}/review", responses=answers(NotDecided, NotYourReview))
async def decisions_review(
    response: Response, caller: MemberPosts, key: PathKey, said: DecisionReviewIn
) -> DecisionOut:
    """Confirm that a decision still holds, and set the next review."""
    return await _shown(response, caller, await reviewing.set_review(caller, key, said))


@router.post("/decisions/{key:decision_key}/tasks", status_code=201, responses=answers(NotDecided))
async def decisions_make_task(
    request: Request, response: Response, caller: MemberPosts, key: PathKey, new: OutcomeTaskIn
) -> TaskOut:
    """Create a task from the outcome of a decision."""
    task = await links.make_task(caller, key, new)
    above = request.url.path.rpartition("/decisions/")[0]
    response.headers["Location"] = f"{above}/tasks/{task.key}"
    response.headers["ETag"] = etag(task.rev)
    return task


@router.put("/decisions/{key:decision_key}/tasks/{other_key:task_key}")
async def decisions_link_task(
    response: Response, caller: MemberWrites, key: PathKey, other_key: OtherPathKey
) -> DecisionOut:
    """Link a task to a decision."""
    return await _shown(response, caller, await links.link(caller, key, other_key))


@router.delete("/decisions/{key:decision_key}/tasks/{other_key:task_key}")
async def decisions_unlink_task(
    response: Response, caller: MemberWrites, key: PathKey, other_key: OtherPathKey
) -> DecisionOut:
    """Unlink a task from a decision."""
    return await _shown(response, caller, await links.unlink(caller, key, other_key))


@router.get("/decisions/{key:decision_key}/history")
async def decisions_history(
    request: Request, response: Response, caller: GuestReads, key: PathKey, page: Paging
) -> list[DecisionHistoryEntry]:
    """List what happened to a decision, newest first."""
    found = await records.decision_history(caller, key, page)
    link_next(request, response, found)
    return list(found.items)


@router.get("/tasks/{key:task_key}/decisions")
async def decisions_of_task(caller: GuestReads, key: TaskPathKey) -> list[LinkedDecisionOut]:
    """List the decisions that a task is linked to, by number."""
    return await links.decisions_of(caller, key)


async def _shown(response: Response, caller: Caller, decision: Decision) -> DecisionOut:
    response.headers["ETag"] = etag(decision.rev)
    return await decision_document(caller, decision)
