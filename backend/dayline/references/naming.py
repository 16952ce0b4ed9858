"""The names of references: the titles that they have and had."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.accounts.caller import Caller
from dayline.kernel.errors import FieldError
from dayline.kernel.ids import new_id
from dayline.kernel.markdown import folded
from dayline.references.models import Reference, ReferenceName
from dayline.references.problems import TitleTaken


def name_of(title: str) -> str:
    """The title as links are compared: in lower case, its words one space apart."""
    return folded(title).lower()


async def take_name(session: AsyncSession, reference: Reference) -> None:
    """Let the reference's title name it, and no other one. Raises TitleTaken.

    Its earlier titles name it on. A title that another one had, and has no longer, names this one.
    """
    name = name_of(reference.title)
    added = insert(ReferenceName).values(
        workspace_id=reference.workspace_id,
        id=new_id(),
        reference_id=reference.id,
        name=name,
        title=reference.title,
    )
    is_former = (
        ~select(col(Reference.id))
        .where(
            col(Reference.workspace_id) == col(ReferenceName.workspace_id),
            col(Reference.id) == col(ReferenceName.reference_id),
            col(Reference.id) != reference.id,
            col(Reference.title) == col(ReferenceName.title),
        )
        .exists()
    )
    taken = added.on_conflict_do_update(
        index_elements=["workspace_id", "name"],
        set_={"reference_id": added.excluded.reference_id, "title": added.excluded.title},
        where=is_former,
    ).returning(col(ReferenceName.id))
    if await session.scalar(taken) is None:
        reason = "is the title of another reference"
        raise TitleTaken(errors=[FieldError(field="title", reason=reason)])


async def reference_named(caller: Caller, title: str) -> UUID | None:
    """The reference that a title names or named."""
    return await caller.session.scalar(
        select(col(ReferenceName.reference_id)).where(
            col(ReferenceName.workspace_id) == caller.workspace_id,
            col(ReferenceName.name) == name_of(title),
        )
    )
