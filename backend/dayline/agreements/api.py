"""HTTP routes of the agreement."""

from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import Path, Query, Request, Response

from dayline.agreements import actions
from dayline.agreements.documents import agreement_document
from dayline.agreements.export import as_markdown
from dayline.agreements.models import AgreementDraft
from dayline.agreements.problems import Superseded
from dayline.agreements.queries import get_draft, list_versions
from dayline.agreements.schemas import (
    MOST_VERSION,
    AgreementCard,
    AgreementDraftEdit,
    AgreementDraftOut,
    AgreementOut,
    Clauses,
    Publication,
    SignatureOut,
)
from dayline.identity.caller import AdminPosts, AdminReads, AdminWrites, GuestReads, MemberWrites
from dayline.kernel.http.downloads import MARKDOWN, MarkdownResponse, kept_as
from dayline.kernel.http.idempotency import IdempotentRoute
from dayline.kernel.http.language import spoken
from dayline.kernel.http.openapi import answers
from dayline.kernel.http.paging import Paging, link_next
from dayline.kernel.http.revisions import ExpectedRev, etag
from dayline.kernel.http.routing import Room
from dayline.members.queries import get_workspace

router = Room(prefix="/api", tags=["agreement"], route_class=IdempotentRoute)

AGREEMENT = "/workspaces/{workspace}/agreement"
DRAFT = AGREEMENT + "/draft"
VERSIONS = AGREEMENT + "/versions"
VERSION = VERSIONS + "/{version}"

VersionInPath = Annotated[
    int, Path(ge=1, le=MOST_VERSION, description="The number of the version.")
]


@router.get(AGREEMENT)
async def agreement_get(caller: GuestReads) -> AgreementOut:
    """Get the agreement that is in force, with its text and signatures."""
    return await agreement_document(caller, None)


@router.get(VERSIONS)
async def agreement_versions_list(
    caller: GuestReads, request: Request, response: Response, page: Paging
) -> list[AgreementCard]:
    """List all published versions of the agreement, newest first."""
    found = await list_versions(caller, page)
    link_next(request, response, found)
    return list(found.items)


@router.get(VERSION)
async def agreement_version_get(caller: GuestReads, version: VersionInPath) -> AgreementOut:
    """Get a version of the agreement."""
    return await agreement_document(caller, version)


@router.get(DRAFT)
async def agreement_draft_get(caller: AdminReads, response: Response) -> AgreementDraftOut:
    """Get the draft of the next version."""
    return _shown(response, await get_draft(caller))


@router.patch(DRAFT)
async def agreement_draft_update(
    caller: AdminWrites, response: Response, expected_rev: ExpectedRev, edit: AgreementDraftEdit
) -> AgreementDraftOut:
    """Change the draft of the next version."""
    return _shown(response, await actions.edit_draft(caller, expected_rev, edit))


@router.post(VERSIONS, status_code=201)
async def agreement_publish(
    caller: AdminPosts,
    request: Request,
    response: Response,
    expected_rev: ExpectedRev,
    new: Publication,
) -> AgreementCard:
    """Publish the draft as a new version.

    `If-Match` is the ETag of the draft. A published version never changes. Open asks keep the
    version that they started with.
    """
    reference = ZoneInfo((await get_workspace(caller)).reference_zone)
    starts = new.starts(caller.now, reference)
    card = await actions.publish_draft(caller, expected_rev, starts)
    response.headers["Location"] = f"{request.url.path}/{card.version}"
    return card


@router.put(VERSION + "/signature", responses=answers(Superseded))
async def agreement_sign(caller: MemberWrites, version: VersionInPath) -> SignatureOut:
    """Sign a version of the agreement.

    Guests can't sign.
    """
    return await actions.sign(caller, version)


@router.get(
    AGREEMENT + "/export",
    response_class=MarkdownResponse,
    responses=MARKDOWN,
)
async def agreement_export(
    caller: GuestReads,
    version: Annotated[
        int | None,
        Query(
            ge=1,
            le=MOST_VERSION,
            description="The number of the version. The version in force if left out.",
        ),
    ] = None,
) -> MarkdownResponse:
    """Export a version as a Markdown file, with its signatures.

    Times are in the team time zone.
    """
    document = await agreement_document(caller, version)
    workspace = await get_workspace(caller)
    name = f"agreement-{workspace.slug}-v{document.version}.md"
    return MarkdownResponse(
        as_markdown(document, ZoneInfo(workspace.reference_zone), spoken()),
        headers=kept_as(name),
    )


def _shown(response: Response, draft: AgreementDraft) -> AgreementDraftOut:
    response.headers["ETag"] = etag(draft.rev)
    clauses = Clauses.of(draft.allowances, draft.escalations)
    fields = draft.model_dump(exclude={"allowances", "escalations"})
    return AgreementDraftOut(**fields, clauses=clauses)
