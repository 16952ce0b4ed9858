"""Writing, reviewing and deleting references."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from dayline.core.likeness import SAME
from dayline.core.phrase import Phrase
from dayline.identity.caller import Caller
from dayline.kernel.db import events
from dayline.kernel.db.ids import new_id
from dayline.kernel.errors import Invalid
from dayline.kernel.http.idempotency import forget_answers
from dayline.kernel.http.revisions import apply, changes_of, check_rev
from dayline.kernel.text.markdown import parse_async
from dayline.members.models import Member
from dayline.references.events import (
    TEAM,
    ReferenceChanged,
    ReferenceCreated,
    ReferenceDeleted,
    ReferenceEvent,
    ReferenceMarkedStale,
    ReferenceReviewed,
)
from dayline.references.links import follow_reference
from dayline.references.models import Reference, ReferenceRevision, StaleMark, Subject
from dayline.references.naming import take_name
from dayline.references.problems import AlreadyAnswered, OwnerOrAdminOnly
from dayline.references.queries import card_of, get_reference
from dayline.references.schemas import ReferenceEdit, ReferenceIn, ReviewIn
from dayline.references.subjects import alike_subjects, lock_subjects, named_subject, subjects_of

TEXTS = {"title", "body"}


async def create_reference(caller: Caller, new: ReferenceIn) -> Reference:
    """Create a reference. It answers the named subject and those in words like its title.

    Raises TitleTaken, Invalid, and AlreadyAnswered if the named subject has a reference.
    """
    parsed = await parse_async(new.body)
    await lock_subjects(caller)
    answered = await _subjects_for(caller, new)
    owner_id = new.owner_id or caller.member_id
    await _check_owner(caller, owner_id)
    reference = Reference(
        workspace_id=caller.workspace_id,
        title=new.title,
        body=new.body,
        body_html=parsed.html,
        owner_id=owner_id,
        review_on=new.review_on,
        created_at=caller.now,
        created_by=caller.member_id,
        updated_at=caller.now,
        updated_by=caller.member_id,
    )
    caller.session.add(reference)
    await caller.session.flush()
    for subject in answered:
        subject.reference_id = reference.id
    await _keep_text(caller, reference, parsed.references)
    await _record(caller, reference, ReferenceCreated)
    return reference


async def _subjects_for(caller: Caller, new: ReferenceIn) -> Sequence[Subject]:
    """The unanswered subjects that a new reference will answer."""
    named = [] if new.subject_id is None else [await named_subject(caller, new.subject_id)]
    for subject in named:
        if subject.reference_id is not None:
            raise AlreadyAnswered(reference_id=str(subject.reference_id))
    alike = [id_ for how, id_ in await alike_subjects(caller, new.title) if how >= SAME]
    found = select(Subject).where(
        col(Subject.workspace_id) == caller.workspace_id,
        col(Subject.id).in_(alike),
        col(Subject.reference_id).is_(None),
    )
    return [*named, *(await caller.session.scalars(found))]


async def edit_reference(
    caller: Caller, reference_id: UUID, expected_rev: int, edit: ReferenceEdit
) -> Reference:
    """Edit a reference. A new title or text clears its stale marks.

    Raises NotFound, TitleTaken, Invalid.
    """
    await forget_answers(caller.session, reference_id)
    reference = await get_reference(caller, reference_id, for_update=True)
    check_rev(reference, expected_rev)
    named = edit.model_dump(exclude_unset=True)
    changes = changes_of(reference, named)
    if not changes:
        return reference
    if "owner_id" in changes:
        await _check_owner(caller, changes["owner_id"])
    apply(reference, changes)
    if TEXTS & changes.keys():
        parsed = await parse_async(reference.body)
        reference.body_html = parsed.html
        reference.updated_at, reference.updated_by = caller.now, caller.member_id
        await _clear_marks(caller, reference)
        await _keep_text(caller, reference, parsed.references)
    await _changed(caller, reference, ReferenceChanged)
    return reference


async def _keep_text(caller: Caller, reference: Reference, titles: Collection[str]) -> None:
    """Store the text as the latest revision, the title as a name, and the links in the text."""
    await caller.session.flush()
    renamed = await take_name(caller, reference)
    if renamed is not None:
        await _changed(caller, renamed, ReferenceChanged)
    await follow_reference(caller, reference, titles)
    latest = await caller.session.scalar(
        select(func.max(col(ReferenceRevision.number))).where(
            col(ReferenceRevision.workspace_id) == caller.workspace_id,
            col(ReferenceRevision.reference_id) == reference.id,
        )
    )
    revision = ReferenceRevision(
        workspace_id=caller.workspace_id,
        reference_id=reference.id,
        number=(latest or 0) + 1,
        title=reference.title,
        body=reference.body,
        edited_by=caller.member_id,
        edited_at=caller.now,
    )
    caller.session.add(revision)
    await caller.session.flush()


async def mark_stale(caller: Caller, reference_id: UUID, reason: str) -> Reference:
    """Mark a reference as stale, with a reason. It replaces the caller's earlier mark.

    Raises NotFound.
    """
    reference = await get_reference(caller, reference_id, for_update=True)
    added = insert(StaleMark).values(
        workspace_id=caller.workspace_id,
        id=new_id(),
        reference_id=reference.id,
        marked_by=caller.member_id,
        marked_at=caller.now,
        reason=reason,
    )
    said = {"reason": added.excluded.reason, "marked_at": added.excluded.marked_at}
    marked = added.on_conflict_do_update(
        index_elements=["workspace_id", "reference_id", "marked_by"],
        set_=said,
        where=col(StaleMark.reason) != added.excluded.reason,
    ).returning(col(StaleMark.id))
    if await caller.session.scalar(marked) is not None:
        await _changed(caller, reference, ReferenceMarkedStale)
    return reference


async def review(caller: Caller, reference_id: UUID, reviewed: ReviewIn) -> Reference:
    """Record that a reference was found correct, and clear its stale marks. Raises NotFound."""
    reference = await get_reference(caller, reference_id, for_update=True)
    cleared = await _clear_marks(caller, reference)
    if cleared or reference.review_on != reviewed.review_on:
        reference.review_on = reviewed.review_on
        await _changed(caller, reference, ReferenceReviewed)
    return reference


async def delete_reference(caller: Caller, reference_id: UUID) -> None:
    """Delete a reference and its history. Its subjects become unanswered.

    Raises NotFound, OwnerOrAdminOnly.
    """
    await forget_answers(caller.session, reference_id)
    await lock_subjects(caller)
    reference = await get_reference(caller, reference_id, for_update=True)
    if reference.owner_id != caller.member_id and not caller.acts_as_admin:
        raise OwnerOrAdminOnly
    card = await card_of(caller.session, reference, deleted_at=caller.now)
    events.record(caller.session, ReferenceDeleted(reference=card), TEAM)
    for subject in await subjects_of(caller, reference.id):
        subject.reference_id = None
    await caller.session.flush()
    await caller.session.delete(reference)
    await caller.session.flush()


async def _clear_marks(caller: Caller, reference: Reference) -> bool:
    """Delete the stale marks. Returns whether there were any."""
    gone = await caller.session.scalars(
        delete(StaleMark)
        .where(
            col(StaleMark.workspace_id) == caller.workspace_id,
            col(StaleMark.reference_id) == reference.id,
        )
        .returning(col(StaleMark.id))
    )
    return bool(gone.all())


async def _changed(caller: Caller, reference: Reference, how: type[ReferenceEvent]) -> None:
    reference.rev += 1
    await caller.session.flush()
    await _record(caller, reference, how)


async def _record(caller: Caller, reference: Reference, how: type[ReferenceEvent]) -> None:
    events.record(caller.session, how(reference=await card_of(caller.session, reference)), TEAM)


async def _check_owner(caller: Caller, owner_id: UUID) -> None:
    owner = await caller.session.scalar(
        select(col(Member.id)).where(
            col(Member.workspace_id) == caller.workspace_id,
            col(Member.id) == owner_id,
            Member.is_teammate,
        )
    )
    if owner is None:
        raise Invalid.field("owner_id", Phrase("fields.not-a-teammate"))
