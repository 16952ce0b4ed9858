"""HTTP routes of decisions."""

from typing import Annotated

from fastapi import Depends, Query, Request, Response

from dayline.calendars.fields import LocalTime, NearInstant
from dayline.calendars.wall_time import instant_of_wall
from dayline.decisions import drafts, extending, inputs, opening
from dayline.decisions.document import decision_document, input_documents
from dayline.decisions.fairness import fairness_of
from dayline.decisions.fairness_schemas import FairnessOut
from dayline.decisions.keys import PathKey, key_of
from dayline.decisions.listing import DecisionFilter, list_decisions
from dayline.decisions.models import Decision
from dayline.decisions.problems import (
    AlreadyDecided,
    InputClosed,
    NotADraft,
    NotOpen,
    NotYourDecision,
    ProposerOnly,
    ProposerOrDeciderOnly,
    StakeholderOnly,
)
from dayline.decisions.queries import get_decision
from dayline.decisions.request_schemas import DecisionEdit, DecisionIn, ExtendIn, InputIn, OpenIn
from dayline.decisions.schemas import DecisionCard, DecisionOut, InputOut
from dayline.identity.caller import Caller, GuestReads, MemberPosts, MemberReads, MemberWrites
from dayline.kernel.http.idempotency import IdempotentRoute
from dayline.kernel.http.openapi import answers
from dayline.kernel.http.paging import Paging, link_next
from dayline.kernel.http.revisions import ExpectedRev, etag
from dayline.kernel.http.routing import Room, at_once
from dayline.projects.problems import ProjectArchived

router = Room(prefix="/api/workspaces/{workspace}", tags=["decisions"], route_class=IdempotentRoute)


@router.get("/decisions")
async def decisions_list(
    caller: GuestReads,
    request: Request,
    response: Response,
    wanted: Annotated[DecisionFilter, Depends(at_once(DecisionFilter))],
    page: Paging,
) -> list[DecisionCard]:
    """List the decisions that you can see, last changed first."""
    found = await list_decisions(caller, wanted, page)
    link_next(request, response, found)
    return list(found.items)


@router.post("/decisions", status_code=201, responses=answers(ProjectArchived))
async def decisions_create(
    caller: MemberPosts, request: Request, response: Response, new: DecisionIn
) -> DecisionOut:
    """Create a draft of a decision, with a topic for its discussion."""
    decision = await drafts.create_draft(caller, new)
    response.headers["Location"] = f"{request.url.path}/{key_of(decision.number)}"
    return await shown(caller, response, decision)


@router.get("/decisions/{key:decision_key}")
async def decisions_get(caller: GuestReads, response: Response, key: PathKey) -> DecisionOut:
    """Get a decision."""
    return await shown(caller, response, await get_decision(caller, key))


@router.patch(
    "/decisions/{key:decision_key}",
    responses=answers(NotYourDecision, NotADraft, NotOpen, AlreadyDecided),
)
async def decisions_update(
    caller: MemberWrites, response: Response, key: PathKey, rev: ExpectedRev, edit: DecisionEdit
) -> DecisionOut:
    """Change a decision.

    Of an open decision, only the decider and whether it is public can change. Of a decided one,
    only whether it is public can.
    """
    return await shown(caller, response, await drafts.edit_decision(caller, key, rev, edit))


@router.get("/decisions/{key:decision_key}/fairness")
async def decisions_fairness(
    caller: MemberReads,
    key: PathKey,
    input_due_at: Annotated[
        NearInstant | None,
        Query(description="A deadline to try. The current deadline if left out."),
    ] = None,
    input_due_local: Annotated[
        LocalTime | None,
        Query(description="The deadline to try as a local time in your time zone."),
    ] = None,
) -> FairnessOut:
    """Show how much working time a deadline gives each stakeholder, and the earliest fair one."""
    if input_due_local is not None:
        input_due_at = await instant_of_wall(caller, "input_due_local", input_due_local)
    return await fairness_of(caller, key, input_due_at)


@router.post(
    "/decisions/{key:decision_key}/open",
    responses=answers(ProposerOnly, NotADraft, ProjectArchived),
)
async def decisions_open(
    caller: MemberPosts, response: Response, key: PathKey, said: OpenIn
) -> DecisionOut:
    """Open your draft and ask the stakeholders.

    If points of the brief are missing, the response says which. `clarity_reason` opens the
    decision without them.
    """
    decision = await opening.open_decision(caller, key, said.minutes, said.clarity_reason)
    return await shown(caller, response, decision)


@router.put(
    "/decisions/{key:decision_key}/input",
    responses=answers(StakeholderOnly, NotOpen, AlreadyDecided),
)
async def decisions_give_input(
    caller: MemberWrites, response: Response, key: PathKey, new: InputIn
) -> DecisionOut:
    """Give your input on a decision.

    You can replace it until the outcome is recorded.
    """
    return await shown(caller, response, await inputs.give_input(caller, key, new))


@router.get("/decisions/{key:decision_key}/inputs")
async def decisions_inputs(caller: GuestReads, key: PathKey) -> list[InputOut]:
    """List all input on a decision, including replaced input, earliest first."""
    return await input_documents(caller, await get_decision(caller, key))


@router.post(
    "/decisions/{key:decision_key}/extend",
    responses=answers(ProposerOrDeciderOnly, NotOpen, InputClosed),
)
async def decisions_extend(
    caller: MemberPosts, response: Response, key: PathKey, wanted: ExtendIn
) -> DecisionOut:
    """Move the deadline for input to a later time."""
    return await shown(caller, response, await extending.extend(caller, key, wanted))


async def shown(caller: Caller, response: Response, decision: Decision) -> DecisionOut:
    """The response with the full decision and its revision as `ETag`."""
    response.headers["ETag"] = etag(decision.rev)
    return await decision_document(caller, decision)
