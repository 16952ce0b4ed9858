"""The names of references: the titles that they have and had."""

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from dayline.core.likeness import letters
from dayline.identity.caller import Caller
from dayline.kernel.db.ids import new_id
from dayline.kernel.errors import FieldError
from dayline.kernel.text.markdown import folded
from dayline.references.models import Reference, ReferenceName
from dayline.references.problems import TitleTaken
from dayline.references.queries import get_reference


def name_of(title: str) -> str:
    """The title as links are compared: in lower case, its words one space apart."""
    return folded(title).lower()


async def take_name(caller: Caller, reference: Reference) -> Reference | None:
    """Let the reference's title name it, and no other one. Raises TitleTaken.

    Its earlier titles name it on. One that another reference had, and has no longer, names this
    one; the other is returned then.
    """
    held = await _held(caller, reference.title)
    if held is None:
        await _add_name(caller, reference)
        return None
    held.title = reference.title
    if held.reference_id == reference.id:
        return None
    other = await get_reference(caller, held.reference_id, for_update=True)
    if name_of(other.title) == held.name:
        raise _taken()
    held.reference_id = reference.id
    return other


async def _held(caller: Caller, title: str) -> ReferenceName | None:
    found = select(ReferenceName).where(
        col(ReferenceName.workspace_id) == caller.workspace_id,
        col(ReferenceName.name) == name_of(title),
    )
    held = found.with_for_update().execution_options(populate_existing=True)
    return await caller.session.scalar(held)


async def _add_name(caller: Caller, reference: Reference) -> None:
    """Raises TitleTaken where another one was faster."""
    added = insert(ReferenceName).values(
        workspace_id=reference.workspace_id,
        id=new_id(),
        reference_id=reference.id,
        name=name_of(reference.title),
        title=reference.title,
        letters=letters(reference.title),
    )
    first = added.on_conflict_do_nothing().returning(col(ReferenceName.id))
    if await caller.session.scalar(first) is None:
        raise _taken()


def _taken() -> TitleTaken:
    reason = "is the title of another reference"
    return TitleTaken(errors=[FieldError(field="title", reason=reason)])
