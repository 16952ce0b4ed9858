"""Availability: who is working at an instant, who starts when, and everyone's hours of a date."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import col

from dayline.calendars.availability_schemas import Availability, TeamAvailability
from dayline.calendars.compiling import MemberCalendar
from dayline.calendars.cover import stand_ins
from dayline.calendars.queries import member_calendars
from dayline.calendars.schemas import Moment, Stretch
from dayline.core.boundaries import Boundaries, boundaries
from dayline.core.intervals import Interval, union
from dayline.core.schedule import DAY, LocalInterval
from dayline.core.worktime import NoWorkingTime, epoch, moment
from dayline.identity.caller import Caller
from dayline.members.models import Member
from dayline.members.queries import get_workspace, visible_members

_ZERO = datetime(1970, 1, 1)  # noqa: DTZ001 - the zero of wall times has no zone


async def team_availability(
    caller: Caller, at: datetime | None, on: date | None
) -> TeamAvailability:
    """Return everyone's availability at an instant (default: now), by handle.

    `on` is the date whose hours are listed (default: the instant's date in the team time zone).
    Guests see only themselves. The number of statements doesn't grow with the team.
    """
    instant = (at or caller.now).replace(microsecond=0)
    workspace = await get_workspace(caller)
    reference = ZoneInfo(workspace.reference_zone)
    local = instant.astimezone(reference)
    member_ids = await active_ids(caller)
    calendars = await member_calendars(caller.session, caller.workspace_id, member_ids)
    covers = await stand_ins(caller.session, caller.workspace_id, member_ids, instant)
    view = View(epoch(instant), on or local.date(), reference, covers)
    return TeamAvailability(
        at=instant,
        reference_zone=workspace.reference_zone,
        reference=local.isoformat(),
        on=view.on,
        members=[view.of(id_, calendars[id_]) for id_ in member_ids if id_ in calendars],
    )


async def active_ids(caller: Caller) -> list[UUID]:
    """Return the ids of the active members, by handle. A guest gets only their own."""
    found = visible_members(caller).where(Member.is_active)
    if caller.is_guest:
        found = found.where(col(Member.id) == caller.member_id)
    members = await caller.session.scalars(found.order_by(col(Member.handle)))
    return [member.id for member in members]


@dataclass(frozen=True, slots=True)
class View:
    """An instant (epoch seconds) and a date for which a team's availability is shown.

    `covers` maps members on leave to their stand-ins."""

    at: int
    on: date
    reference: ZoneInfo
    covers: Mapping[UUID, UUID]

    def of(self, member_id: UUID, calendar: MemberCalendar) -> Availability:
        """Return one member's availability at the instant, with their hours of the date."""
        until = off_until(calendar, self.at)
        next_start = _next_start(calendar, self.at)
        shifts = hours_of(calendar, self.on)
        focus = [block for shift in shifts for block in calendar.compiled.focus(*shift)]
        return Availability(
            member_id=member_id,
            zone=calendar.zone.key,
            now=self._moment(calendar, self.at),
            is_working=next_start == self.at,
            in_focus=calendar.compiled.is_focus(self.at),
            is_off=until is not None,
            off_until=None if until is None else self._moment(calendar, until),
            cover_id=self.covers.get(member_id),
            next_start=None if next_start is None else self._moment(calendar, next_start),
            intervals=self.stretches(calendar, shifts),
            focus=self.stretches(calendar, focus),
        )

    def stretches(self, calendar: MemberCalendar, found: Iterable[Interval]) -> list[Stretch]:
        """Return intervals (epoch seconds) as local times of the member and the team time zone."""
        return [
            Stretch(start=self._moment(calendar, start), end=self._moment(calendar, end))
            for start, end in found
        ]

    def _moment(self, calendar: MemberCalendar, instant: int) -> Moment:
        at = moment(instant)
        return Moment(
            at=at,
            local=at.astimezone(calendar.zone).isoformat(),
            reference=at.astimezone(self.reference).isoformat(),
        )


def _next_start(calendar: MemberCalendar, at: int) -> int | None:
    try:
        return calendar.compiled.next_working(at)
    except NoWorkingTime:
        return None


def hours_of(calendar: MemberCalendar, on: date) -> list[Interval]:
    """Return the working time of the shifts that start on a local date, in epoch seconds."""
    day = _wall(datetime.combine(on, time.min)) // DAY
    shifts = _edges(calendar.zone, day).shifts(day, calendar.shifts_on(on))
    return [part for shift in union(shifts) for part in calendar.compiled.intervals(*shift)]


def off_until(calendar: MemberCalendar, at: int) -> int | None:
    """Return when the time off or holidays at an instant end, or None if there are none."""
    for start, end in closed_intervals(calendar, (at, at)):
        if start <= at < end:
            return end
    return None


def closed_intervals(calendar: MemberCalendar, within: Interval) -> list[Interval]:
    """Return the time off and holidays around two instants, uncut. Some may lie just outside."""
    first, last = (
        moment(instant).astimezone(calendar.zone).replace(tzinfo=None) for instant in within
    )
    near = timedelta(days=2)
    return [
        instants_of(calendar.zone, closed)
        for closed in calendar.closed
        if closed[0] - near <= last and first <= closed[1] + near
    ]


def instants_of(zone: ZoneInfo, closed: LocalInterval) -> Interval:
    """Convert a span of local time in a zone to epoch seconds."""
    start, end = map(_wall, closed)
    return _edges(zone, start // DAY).start(start), _edges(zone, end // DAY).end(end)


def _edges(zone: ZoneInfo, day: int) -> Boundaries:
    """Return a zone's boundaries around a day. They are cached and shared."""
    return boundaries(zone, range(day - 1, day + 2))


def _wall(wall: datetime) -> int:
    return (wall - _ZERO) // timedelta(seconds=1)
