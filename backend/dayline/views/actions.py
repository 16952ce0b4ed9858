"""Creating, editing, sharing and deleting views."""

from typing import Any
from uuid import UUID

from dayline.identity.caller import Caller
from dayline.kernel.db import events
from dayline.kernel.db.quotas import lock_quota
from dayline.kernel.http.idempotency import forget_answers
from dayline.kernel.http.revisions import apply, changes_of, check_rev
from dayline.views.events import ViewChanged, ViewCreated, ViewDeleted, audience_of
from dayline.views.models import View
from dayline.views.problems import GuestsShareNone, NotYourView, TooManyViews
from dayline.views.queries import count_own, get_view, view_document
from dayline.views.schemas import ViewEdit, ViewFilter, ViewIn

MOST_OWN = 100


async def create_view(caller: Caller, new: ViewIn) -> View:
    """Create a view that the caller owns. Raises GuestsShareNone, TooManyViews."""
    _check_sharing(caller, new.shared)
    await lock_quota(caller.session, caller.member_id)
    if await count_own(caller) >= MOST_OWN:
        raise TooManyViews(most=MOST_OWN)
    view = View(
        workspace_id=caller.workspace_id,
        owner_id=caller.member_id,
        created_at=caller.now,
        **_columns(new, set(ViewIn.model_fields)),
    )
    caller.session.add(view)
    await caller.session.flush()
    events.record(caller.session, ViewCreated(view=view_document(view)), audience_of(view))
    return view


async def edit_view(caller: Caller, view_id: UUID, expected_rev: int, edit: ViewEdit) -> View:
    """Edit a view. Raises NotFound, NotYourView, GuestsShareNone.

    If it is no longer shared, those who can't see it any more get an event that it was deleted.
    """
    await forget_answers(caller.session, view_id)
    view = await _lock(caller, view_id)
    check_rev(view, expected_rev)
    columns = _columns(edit, edit.model_fields_set)
    changes = changes_of(view, columns)
    if not changes:
        return view
    _check_sharing(caller, changes.get("shared", False))
    if changes.get("shared") is False:
        _record_gone(caller, view)
    apply(view, changes)
    view.rev += 1
    await caller.session.flush()
    events.record(caller.session, ViewChanged(view=view_document(view)), audience_of(view))
    return view


async def delete_view(caller: Caller, view_id: UUID) -> None:
    """Delete a view. Raises NotFound, NotYourView."""
    await forget_answers(caller.session, view_id)
    view = await _lock(caller, view_id)
    _record_gone(caller, view)
    await caller.session.delete(view)
    await caller.session.flush()


async def _lock(caller: Caller, view_id: UUID) -> View:
    view = await get_view(caller, view_id, for_update=True)
    if view.owner_id != caller.member_id and not caller.acts_as_admin:
        raise NotYourView
    return view


def _check_sharing(caller: Caller, shared: bool) -> None:
    if shared and caller.is_guest:
        raise GuestsShareNone


def _columns(said: ViewIn | ViewEdit, names: set[str]) -> dict[str, Any]:
    return {
        name: value.model_dump(mode="json") if isinstance(value, ViewFilter) else value
        for name in names
        for value in [getattr(said, name)]
    }


def _record_gone(caller: Caller, view: View) -> None:
    document = view_document(view).model_copy(update={"deleted_at": caller.now})
    events.record(caller.session, ViewDeleted(view=document), audience_of(view))
