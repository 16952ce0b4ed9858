"""HTTP routes of references, explanations and their subjects."""

from typing import Annotated
from uuid import UUID

from fastapi import Path, Query, Request, Response

from dayline.identity.caller import Caller, MemberPosts, MemberReads, MemberWrites
from dayline.kernel.http.idempotency import IdempotentRoute
from dayline.kernel.http.openapi import answers
from dayline.kernel.http.own_site import OwnAddress
from dayline.kernel.http.paging import Paging, link_next
from dayline.kernel.http.revisions import ExpectedRev, etag
from dayline.kernel.http.routing import Room
from dayline.kernel.schemas import Line, Word
from dayline.references import actions, drafting, explaining, subjects
from dayline.references.documents import reference_document
from dayline.references.models import Reference
from dayline.references.problems import (
    AlreadyAnswered,
    NotYourExplanation,
    OwnerOrAdminOnly,
    TitleTaken,
)
from dayline.references.queries import get_reference, list_references, list_revisions
from dayline.references.schemas import (
    DraftOut,
    ExplanationIn,
    Noted,
    ReferenceCard,
    ReferenceEdit,
    ReferenceIn,
    ReferenceOut,
    ReviewIn,
    RevisionOut,
    Similar,
    StaleIn,
    SubjectOut,
)

router = Room(
    prefix="/api/workspaces/{workspace}", tags=["references"], route_class=IdempotentRoute
)

ReferenceId = Annotated[UUID, Path(description="The reference's id.")]
ExplanationId = Annotated[UUID, Path(description="The explanation's id.")]
SubjectId = Annotated[UUID, Path(description="The subject's id.")]


@router.get("/references")
async def references_list(
    caller: MemberReads,
    request: Request,
    response: Response,
    page: Paging,
    *,
    q: Annotated[Word, Query(description="Only references that contain all these words.")] = "",
    owner: Annotated[
        UUID | None, Query(description="Only references that this member keeps up to date.")
    ] = None,
    stale: Annotated[
        bool | None,
        Query(description="True for references that are marked as stale, false for the others."),
    ] = None,
) -> list[ReferenceCard]:
    """List the references, by title."""
    found = await list_references(caller, page, words=q, owner=owner, stale=stale)
    link_next(request, response, found)
    return list(found.items)


@router.post("/references", status_code=201, responses=answers(TitleTaken, AlreadyAnswered))
async def references_create(
    caller: MemberPosts, request: Request, response: Response, new: ReferenceIn
) -> ReferenceOut:
    """Create a reference."""
    reference = await actions.create_reference(caller, new)
    response.headers["Location"] = f"{request.url.path}/{reference.id}"
    return await _shown(caller, response, reference)


@router.get("/references/similar")
async def references_similar(
    caller: MemberReads,
    subject: Annotated[Line, Query(description="What you want to explain, in one line.")],
) -> Similar:
    """Show how often a subject was explained, and which references may answer it."""
    return await subjects.similar(caller, subject)


@router.get("/references/{reference_id:uuid}")
async def references_get(
    caller: MemberReads, response: Response, reference_id: ReferenceId
) -> ReferenceOut:
    """Get a reference with its text and links."""
    return await _shown(caller, response, await get_reference(caller, reference_id))


@router.patch("/references/{reference_id:uuid}", responses=answers(TitleTaken))
async def references_update(
    caller: MemberWrites,
    response: Response,
    reference_id: ReferenceId,
    rev: ExpectedRev,
    edit: ReferenceEdit,
) -> ReferenceOut:
    """Change a reference.

    Links by its earlier titles still work.
    """
    reference = await actions.edit_reference(caller, reference_id, rev, edit)
    return await _shown(caller, response, reference)


@router.delete(
    "/references/{reference_id:uuid}", status_code=204, responses=answers(OwnerOrAdminOnly)
)
async def references_delete(caller: MemberWrites, reference_id: ReferenceId) -> None:
    """Delete a reference with its history.

    Admins can delete anyone's.
    """
    await actions.delete_reference(caller, reference_id)


@router.get("/references/{reference_id:uuid}/revisions")
async def references_revisions_list(
    caller: MemberReads,
    request: Request,
    response: Response,
    page: Paging,
    reference_id: ReferenceId,
) -> list[RevisionOut]:
    """List the texts that a reference has had, newest first."""
    found = await list_revisions(caller, await get_reference(caller, reference_id), page)
    link_next(request, response, found)
    return list(found.items)


@router.put("/references/{reference_id:uuid}/stale")
async def references_mark_stale(
    caller: MemberWrites, response: Response, reference_id: ReferenceId, stale: StaleIn
) -> ReferenceOut:
    """Mark a reference as wrong or out of date.

    Its owner sees this on Today.
    """
    reference = await actions.mark_stale(caller, reference_id, stale.reason)
    return await _shown(caller, response, reference)


@router.put("/references/{reference_id:uuid}/review")
async def references_review(
    caller: MemberWrites, response: Response, reference_id: ReferenceId, reviewed: ReviewIn
) -> ReferenceOut:
    """Confirm that a reference is correct, and set the next review."""
    return await _shown(caller, response, await actions.review(caller, reference_id, reviewed))


@router.post("/explanations", status_code=201)
async def explanations_create(caller: MemberPosts, new: ExplanationIn) -> Noted:
    """Log in one line that you explained something."""
    return await explaining.explain(caller, new)


@router.delete(
    "/explanations/{explanation_id}", status_code=204, responses=answers(NotYourExplanation)
)
async def explanations_delete(caller: MemberWrites, explanation_id: ExplanationId) -> None:
    """Delete one of your explanations."""
    await explaining.take_back(caller, explanation_id)


@router.get("/subjects")
async def subjects_list(caller: MemberReads) -> list[SubjectOut]:
    """List the 50 most explained subjects that no reference answers."""
    return await subjects.list_subjects(caller)


@router.get("/subjects/{subject_id}/draft")
async def subjects_draft(
    caller: MemberReads, address: OwnAddress, subject_id: SubjectId
) -> DraftOut:
    """Get a suggested start for a reference about a subject."""
    return await drafting.draft(caller, subject_id, address)


@router.put("/subjects/{subject_id}/refusal", status_code=204, responses=answers(AlreadyAnswered))
async def subjects_decline(caller: MemberWrites, subject_id: SubjectId) -> None:
    """Say that a subject needs no reference.

    No one is then asked to write it.
    """
    await explaining.decline(caller, subject_id)


async def _shown(caller: Caller, response: Response, reference: Reference) -> ReferenceOut:
    response.headers["ETag"] = etag(reference.rev)
    return await reference_document(caller, reference)
