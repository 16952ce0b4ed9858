"""HTTP routes of attachments."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Path, Request, Response
from starlette.responses import FileResponse

from dayline.attachments import actions
from dayline.attachments.kinds import OCTETS, SHOWN
from dayline.attachments.problems import RangeNotSatisfiable, StorageQuotaReached, TooManyUploads
from dayline.attachments.receiving import ReceivedFile
from dayline.attachments.schemas import AttachmentOut, attachment_document
from dayline.attachments.sending import send
from dayline.identity.caller import GuestPosts, GuestReads
from dayline.kernel.http.idempotency import IdempotentRoute
from dayline.kernel.http.openapi import answers
from dayline.kernel.http.revisions import IfNoneMatch
from dayline.kernel.ops.files import StorageFull, StorageUnavailable
from dayline.messages.attachments import get_attachment

router = APIRouter(route_class=IdempotentRoute)

AttachmentId = Annotated[UUID, Path(description="The attachment's id.")]
_BYTES = {"schema": {"type": "string", "format": "binary"}}
_UPLOAD = {
    "description": "The content of the file.",
    "required": True,
    "content": {OCTETS: _BYTES},
}
_CONTENT = dict.fromkeys((OCTETS, *sorted(SHOWN)), _BYTES)
_PARTS = {"multipart/byteranges": _BYTES}
_TEXT = {"schema": {"type": "string"}}
_ACCEPTS_RANGES = {
    "Accept-Ranges": _TEXT | {"description": "Always `bytes`, because `Range` is supported."}
}
_CONTENT_RANGE = {
    "Content-Range": _TEXT
    | {"description": "Which part this is. Absent if there are several parts."}
}
RangeHeader = Annotated[
    str | None,
    Header(alias="range", description="The part of the content to send, such as `bytes=0-1023`."),
]


@router.post(
    "/attachments",
    status_code=201,
    responses=answers(StorageFull, StorageQuotaReached, StorageUnavailable, TooManyUploads),
    openapi_extra={"requestBody": _UPLOAD},
)
async def attachments_upload(
    received: ReceivedFile,
    caller: GuestPosts,
    request: Request,
    response: Response,
    content_type: Annotated[str | None, Header(include_in_schema=False)] = None,
) -> AttachmentOut:
    """Upload a file as the request's body.

    The limit is 25 MiB unless the server sets another one.

    Only you can see the file until a message or a task names it in `attachments`. Without that it
    is deleted after a day.
    """
    attachment = await actions.store(caller, received.attachment_id, received.content, content_type)
    response.headers["Location"] = f"{request.url.path}/{attachment.id}"
    return attachment_document(attachment)


@router.get("/attachments/{attachment_id}")
async def attachments_get(caller: GuestReads, attachment_id: AttachmentId) -> AttachmentOut:
    """Get what is known about an attachment, without its content."""
    return attachment_document(await get_attachment(caller, attachment_id))


@router.get(
    "/attachments/{attachment_id}/content",
    response_class=FileResponse,
    responses=answers(StorageUnavailable, RangeNotSatisfiable)
    | {
        200: {"description": "The whole content.", "content": _CONTENT, "headers": _ACCEPTS_RANGES},
        206: {
            "description": "The part of the content that `Range` asks for.",
            "content": _CONTENT | _PARTS,
            "headers": _ACCEPTS_RANGES | _CONTENT_RANGE,
        },
        304: {"description": "The content hasn't changed since `If-None-Match`."},
    },
)
async def attachments_content(
    caller: GuestReads,
    request: Request,
    attachment_id: AttachmentId,
    _range: RangeHeader = None,
    _if_none_match: IfNoneMatch = None,
) -> Response:
    """Download the content of an attachment."""
    attachment = await get_attachment(caller, attachment_id)
    return await send(request, request.app.state.files, attachment)
