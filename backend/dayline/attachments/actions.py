"""Uploading files, and attaching them to messages and tasks."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, delete, select, true, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.attachments.endings import named_as_is
from dayline.attachments.kinds import OCTETS, file_name, media_type
from dayline.attachments.models import Attachment
from dayline.attachments.problems import TooManyUploads
from dayline.attachments.queries import hanging_on, is_loose
from dayline.attachments.storage import storage_of
from dayline.core.phrase import Phrase
from dayline.identity.caller import Caller
from dayline.kernel.db.database import scope_of
from dayline.kernel.db.finding import count
from dayline.kernel.db.quotas import lock_quota
from dayline.kernel.errors import FieldError, Invalid, NotFound
from dayline.kernel.ops.files import Content
from dayline.kernel.ops.settings import Settings

LOOSE_FOR = timedelta(days=1)
MOST_LOOSE = 100
_NOT_YOURS = Phrase("fields.not-your-upload")


async def expect(caller: Caller, name: str, size: int, settings: Settings) -> Attachment:
    """Create the row of an upload of at most `size` bytes, which reserves the storage.

    Raises TooManyUploads and StorageQuotaReached.
    """
    await lock_quota(caller.session, caller.workspace_id)
    loose = await count_loose(caller)
    if loose >= MOST_LOOSE:
        raise TooManyUploads(used=loose, limit=MOST_LOOSE)
    (await storage_of(caller, settings)).check_room(size)
    attachment = Attachment(
        workspace_id=caller.workspace_id,
        uploaded_by=caller.member_id,
        name=file_name(name),
        media_type=OCTETS,
        size=size,
        created_at=caller.now,
        expires_at=caller.now + LOOSE_FOR,
    )
    caller.session.add(attachment)
    await caller.session.flush()
    return attachment


async def count_loose(caller: Caller) -> int:
    """Return how many of the caller's files are unattached, including uploads in progress."""
    return await count(
        caller.session,
        Attachment,
        col(Attachment.uploaded_by) == caller.member_id,
        col(Attachment.topic_id).is_(None),
        col(Attachment.expires_at) > caller.now,
    )


async def give_up(session: AsyncSession, attachment_id: UUID) -> bool:
    """Delete the row of an upload that failed or was refused. Returns False if it was stored."""
    given_up = await session.scalar(
        delete(Attachment)
        .where(
            col(Attachment.workspace_id) == scope_of(session).workspace_id,
            col(Attachment.id) == attachment_id,
            col(Attachment.stored_at).is_(None),
        )
        .returning(col(Attachment.id))
    )
    return given_up is not None


async def store(
    caller: Caller, attachment_id: UUID, content: Content, declared: str | None
) -> Attachment:
    """Complete an upload: set its type and size, and correct the ending of its name.

    Raises NotFound if it is no longer expected, and Invalid for a disguised program.
    """
    expected = select(Attachment).where(
        col(Attachment.workspace_id) == caller.workspace_id,
        col(Attachment.id) == attachment_id,
        col(Attachment.stored_at).is_(None),
    )
    attachment: Attachment | None = await caller.session.scalar(expected.with_for_update())
    if attachment is None:
        raise NotFound
    attachment.name = named_as_is(attachment.name, content.head)
    attachment.media_type = media_type(declared, content.head)
    attachment.size, attachment.sha256 = content.size, content.sha256
    attachment.stored_at = caller.now
    await caller.session.flush()
    return attachment


async def attach(
    caller: Caller, ids: Collection[UUID], topic_id: UUID, message_id: UUID | None = None
) -> bool:
    """Attach exactly these files to a message, or to the task of a topic.

    Files left out are detached and will be deleted. Returns whether anything changed. Raises
    Invalid with an error for each new file that isn't an unattached upload of the caller.
    """
    there = set(await caller.session.scalars(_ids(caller, hanging_on(topic_id, message_id))))
    new, gone = set(ids) - there, there.difference(ids)
    place = {"topic_id": topic_id, "message_id": message_id, "expires_at": None}
    _refuse_others(ids, there | await _move(caller, new, is_loose(caller), place))
    await _move(caller, gone, true(), {"expires_at": caller.now})
    return bool(new or gone)


def _ids(caller: Caller, which: ColumnElement[bool]) -> Select[UUID]:
    here = col(Attachment.workspace_id) == caller.workspace_id
    return select(col(Attachment.id)).where(here, which)


async def _move(
    caller: Caller, ids: Collection[UUID], guard: ColumnElement[bool], values: dict[str, Any]
) -> set[UUID]:
    """Update those of the attachments that match `guard`. Returns their ids."""
    if not ids:
        return set()
    moved = await caller.session.scalars(
        update(Attachment)
        .where(
            col(Attachment.workspace_id) == caller.workspace_id,
            col(Attachment.id).in_(ids),
            guard,
        )
        .values(**values)
        .returning(col(Attachment.id)),
        execution_options={"synchronize_session": False},
    )
    return set(moved)


def _refuse_others(ids: Collection[UUID], hanging: Collection[UUID]) -> None:
    errors = [
        FieldError(field=f"attachments.{place}", reason=_NOT_YOURS)
        for place, id_ in enumerate(ids)
        if id_ not in hanging
    ]
    if errors:
        raise Invalid(errors=errors)
