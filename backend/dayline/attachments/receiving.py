"""Receiving a file before the request's transaction, so a slow upload uses no connection."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Request
from pydantic import AfterValidator, StringConstraints
from starlette.requests import ClientDisconnect

from dayline.attachments.actions import expect, give_up
from dayline.core.phrase import Phrase
from dayline.identity.caller import Caller, Slug, credential_of, find_caller
from dayline.identity.models import Role, TokenScope
from dayline.kernel.db.database import Scope, enter_workspace
from dayline.kernel.errors import BadRequest, Invalid
from dayline.kernel.ops.files import Content, StorageUnavailable
from dayline.kernel.schemas import one_line

UPLOADS = re.compile(r"/api/workspaces/[^/]+/attachments")
"""The path whose request bodies are files."""

FileName = Annotated[
    str,
    StringConstraints(max_length=255),
    AfterValidator(one_line),
    Query(description="What the file is called.", examples=["plan.pdf"]),
]


@dataclass(frozen=True, slots=True)
class Received:
    """A file that was received completely, and the id of its row."""

    attachment_id: UUID
    content: Content


async def receive(request: Request, slug: Slug, name: FileName = "file") -> AsyncIterator[Received]:
    """Store the body of the request, and yield the file. Raises Invalid if it is empty.

    If it is incomplete, or the request is refused or answered by an earlier one, the file is
    deleted and its storage freed at once. Also raises TooManyUploads, StorageQuotaReached,
    StorageFull, StorageUnavailable, BadRequest, Forbidden, and what `find_caller` raises.
    """
    state = request.app.state
    size = _announced(request, state.settings.attachment_bytes)
    async with state.sessions() as session, session.begin():
        caller = await find_caller(
            session, credential_of(request), slug, state.clock, state.settings
        )
        caller.require(Role.GUEST, TokenScope.WRITE)
        expected = await expect(caller, name, size, state.settings)
    try:
        content = await state.files.receive(caller.workspace_id, expected.id, _body(request))
        request.state.content_hash = content.sha256
        yield Received(expected.id, content)
    except StorageUnavailable:
        raise  # a part may be left, which `prune` deletes later
    except BaseException:
        await _release(request, caller, expected.id)
        raise
    await _release(request, caller, expected.id)


async def _release(request: Request, caller: Caller, attachment_id: UUID) -> None:
    """Delete the file and its row, unless the request stored them."""
    state = request.app.state
    async with state.sessions() as session, session.begin():
        await enter_workspace(session, Scope(caller.workspace_id, caller.now, None))
        if await give_up(session, attachment_id):
            await state.files.remove(caller.workspace_id, attachment_id)


def _announced(request: Request, most: int) -> int:
    """Return the announced number of bytes, or `most` if the client doesn't announce it."""
    said = request.headers.get("content-length", "")
    return min(int(said), most) if said.isascii() and said.isdecimal() else most


async def _body(request: Request) -> AsyncIterator[bytes]:
    empty = True
    try:
        async for chunk in request.stream():
            if chunk:
                empty = False
                yield chunk
    except ClientDisconnect:
        raise BadRequest(Phrase("problems.upload-broke-off")) from None
    if empty:
        raise Invalid.field("body", Phrase("fields.empty"))


ReceivedFile = Annotated[Received, Depends(receive, scope="function")]
