"""Receiving a file: before the request's transaction, so that a slow line holds no connection."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Request
from pydantic import AfterValidator, StringConstraints
from starlette.requests import ClientDisconnect

from dayline.accounts.caller import Slug, credential_of, find_caller
from dayline.accounts.models import Role, TokenScope
from dayline.attachments.actions import expect
from dayline.kernel.errors import BadRequest, Invalid
from dayline.kernel.files import Content
from dayline.kernel.schemas import one_line

UPLOADS = re.compile(r"/api/workspaces/[^/]+/attachments")
"""The path whose bodies are files."""

FileName = Annotated[
    str,
    StringConstraints(max_length=255),
    AfterValidator(one_line),
    Query(description="What the file is called.", examples=["plan.pdf"]),
]


@dataclass(frozen=True, slots=True)
class Received:
    """A file that is there whole, and the row that expects it."""

    attachment_id: UUID
    content: Content


async def receive(request: Request, slug: Slug, name: FileName = "file") -> Received:
    """The body of the request, in the store. Raises Invalid where it is empty."""
    state = request.app.state
    async with state.sessions() as session, session.begin():
        caller = await find_caller(
            session, credential_of(request), slug, state.clock, state.settings
        )
        caller.require(Role.GUEST, TokenScope.WRITE)
        expected = await expect(caller, name)
    content = await state.files.receive(caller.workspace_id, expected.id, _body(request))
    request.state.content_hash = content.sha256
    return Received(expected.id, content)


async def _body(request: Request) -> AsyncIterator[bytes]:
    empty = True
    try:
        async for chunk in request.stream():
            if chunk:
                empty = False
                yield chunk
    except ClientDisconnect:
        raise BadRequest("The upload broke off.") from None
    if empty:
        raise Invalid.field("body", "must not be empty")


ReceivedFile = Annotated[Received, Depends(receive)]
