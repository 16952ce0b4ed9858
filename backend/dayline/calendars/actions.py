"""Creating and changing calendars, and recording an event for each change."""

from collections.abc import Collection
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.calendars import hooks, library
from dayline.calendars.events import CalendarChanged, DefaultsChanged, Part
from dayline.calendars.models import Calendar, CalendarDefaults, Hours
from dayline.calendars.queries import calendar_documents, check_may_edit, get_calendar, get_defaults
from dayline.calendars.schemas import CalendarEdit, DefaultsEdit, DefaultsOut
from dayline.calendars.times import OFFICE_HOURS, ordered_week
from dayline.calendars.writing import lock_holidays, write_down
from dayline.core.phrase import Phrase
from dayline.identity.caller import Caller
from dayline.kernel.db import events
from dayline.kernel.db.database import scope_of
from dayline.kernel.db.events import Audience
from dayline.kernel.db.finding import locked
from dayline.kernel.errors import Invalid
from dayline.kernel.http.revisions import apply, changes_of, check_rev
from dayline.members.models import Member, Workspace


async def give_calendar(session: AsyncSession, member: Member) -> None:
    """Create a new member's calendar from the workspace's defaults."""
    defaults = await _defaults(session, member.workspace_id)
    workspace = await session.get_one(Workspace, member.workspace_id)
    calendar = Calendar(
        workspace_id=member.workspace_id,
        id=member.id,
        zone=defaults.zone or workspace.reference_zone,
    )
    session.add(calendar)
    await session.flush()
    session.add(
        Hours(
            workspace_id=member.workspace_id,
            member_id=member.id,
            effective_from=scope_of(session).now.date(),
            weekly=defaults.weekly,
        )
    )
    await session.flush()
    await _record_changed(session, [member.id], Part.CALENDAR)


async def _defaults(session: AsyncSession, workspace_id: UUID) -> CalendarDefaults:
    """Return the defaults for new members. Creates them for the first member."""
    defaults = await get_defaults(session, workspace_id)
    if defaults is None:
        defaults = CalendarDefaults(workspace_id=workspace_id, weekly=OFFICE_HOURS)
        session.add(defaults)
        await session.flush()
    return defaults


async def edit_calendar(
    caller: Caller, member_id: UUID, expected_rev: int, edit: CalendarEdit
) -> Calendar:
    """Change a calendar's zone, or the country and subdivision of its holidays.

    The holidays of a new country are stored before the calendar is locked. Raises NotFound,
    Forbidden, RevisionMismatch, and Invalid for an unknown place.
    """
    await check_may_edit(caller, member_id)
    seen = await get_calendar(caller, member_id)
    check_rev(seen, expected_rev)
    changes = _changes(seen, edit)
    if {"country", "subdivision"} & set(changes):
        await lock_holidays(caller.session, caller.workspace_id)
        await _write_holidays(caller, seen, changes)
    calendar = await get_calendar(caller, member_id, for_update=True)
    check_rev(calendar, expected_rev)
    apply(calendar, changes)
    if changes:
        await changed(caller.session, [calendar], Part.CALENDAR)
    return calendar


def _changes(calendar: Calendar, edit: CalendarEdit) -> dict[str, Any]:
    wanted = edit.model_dump(exclude_unset=True)
    if wanted.get("country", calendar.country) != calendar.country:
        wanted.setdefault("subdivision", None)
    if "subdivision" in wanted:
        wanted["subdivision"] = wanted["subdivision"] or ""
    return changes_of(calendar, wanted)


async def _write_holidays(caller: Caller, calendar: Calendar, changes: dict[str, Any]) -> None:
    country = changes.get("country", calendar.country)
    subdivision = changes.get("subdivision", calendar.subdivision)
    if country is None:
        if subdivision:
            raise Invalid.field("subdivision", Phrase("fields.country-first"))
        return
    await library.check_place(country, subdivision)
    await write_down(caller.session, caller.workspace_id, country, subdivision)


async def edit_defaults(caller: Caller, expected_rev: int, edit: DefaultsEdit) -> CalendarDefaults:
    """Change the calendar of future members. Existing calendars don't change.

    Raises RevisionMismatch and Invalid.
    """
    held = select(CalendarDefaults).where(col(CalendarDefaults.workspace_id) == caller.workspace_id)
    defaults = (await caller.session.scalars(held.with_for_update())).one()
    check_rev(defaults, expected_rev)
    wanted: dict[str, Any] = edit.model_dump(exclude_unset=True, include={"zone"})
    if "weekly" in edit.model_fields_set:
        wanted["weekly"] = ordered_week("weekly", edit.weekly.plain())
    changes = changes_of(defaults, wanted)
    if changes:
        apply(defaults, changes)
        defaults.rev += 1
        await caller.session.flush()
        told = DefaultsChanged(calendar_defaults=DefaultsOut.model_validate(defaults))
        events.record(caller.session, told, Audience.team())
    return defaults


async def lock_calendars_to_change(session: AsyncSession, which: Any) -> list[Calendar]:
    """Lock the calendars of the workspace that match `which`, and return them, by id."""
    found = select(Calendar).where(
        col(Calendar.workspace_id) == scope_of(session).workspace_id, which
    )
    return list((await session.scalars(locked(found.order_by(col(Calendar.id))))).all())


async def changed(session: AsyncSession, held: Collection[Calendar], part: Part) -> None:
    """Raise the revisions of locked calendars, record events, and call `calendar_changed`."""
    for calendar in held:
        calendar.rev += 1
        calendar.stamp = uuid4()
    await session.flush()
    member_ids = [calendar.id for calendar in held]
    if member_ids:
        await _record_changed(session, member_ids, part)
        await hooks.calendar_changed(session, member_ids)


async def _record_changed(session: AsyncSession, member_ids: Collection[UUID], part: Part) -> None:
    """Record the calendars' current state, for the team and for the guest who owns one."""
    workspace_id = scope_of(session).workspace_id
    for document in await calendar_documents(session, workspace_id, member_ids):
        told = CalendarChanged(calendar=document, part=part)
        events.record(session, told, Audience.team(and_guest=document.id))
