"""The names of references: their current and former titles."""

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from dayline.core.likeness import letters
from dayline.core.phrase import Phrase
from dayline.identity.caller import Caller
from dayline.kernel.db.ids import new_id
from dayline.kernel.errors import FieldError
from dayline.kernel.text.markdown import folded
from dayline.references.models import Reference, ReferenceName
from dayline.references.problems import TitleTaken
from dayline.references.queries import get_reference


def name_of(title: str) -> str:
    """The title in the form in which links are compared: lower case, with single spaces."""
    return folded(title).lower()


async def take_name(caller: Caller, reference: Reference) -> Reference | None:
    """Register the reference's title as its name. Raises TitleTaken if another reference has it.

    Former titles remain names of the reference. If the title was a former title of another
    reference, the name moves to this one and the other reference is returned.
    """
    held = await _lock_name(caller, reference.title)
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


async def _lock_name(caller: Caller, title: str) -> ReferenceName | None:
    found = select(ReferenceName).where(
        col(ReferenceName.workspace_id) == caller.workspace_id,
        col(ReferenceName.name) == name_of(title),
    )
    held = found.with_for_update().execution_options(populate_existing=True)
    return await caller.session.scalar(held)


async def _add_name(caller: Caller, reference: Reference) -> None:
    """Raises TitleTaken if a concurrent transaction took the name."""
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
    reason = Phrase("fields.title-taken")
    return TitleTaken(errors=[FieldError(field="title", reason=reason)])
