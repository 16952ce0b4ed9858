"""A date of the team time zone, hour by hour, in everyone's local time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from dayline.calendars.availability import View, active_ids, closed_intervals
from dayline.calendars.availability_schemas import GroupMoment, MemberDay, TeamDay
from dayline.calendars.compiling import MemberCalendar
from dayline.calendars.queries import member_calendars
from dayline.core.intervals import Interval, clipped, union
from dayline.core.worktime import epoch, moment
from dayline.identity.caller import Caller
from dayline.members.queries import get_workspace

HOUR = 3600


async def team_day(caller: Caller, on: date | None) -> TeamDay:
    """Return everyone's hours of a date of the team time zone (default: today), by handle.

    The date has 23 or 25 hours when clocks change. Guests see only themselves.
    """
    workspace = await get_workspace(caller)
    reference = ZoneInfo(workspace.reference_zone)
    day = on or caller.now.astimezone(reference).date()
    ids = await active_ids(caller)
    calendars = await member_calendars(caller.session, caller.workspace_id, ids)
    known = {id_: calendars[id_] for id_ in ids if id_ in calendars}
    return Day(day, reference, known).shown(workspace.reference_zone)


@dataclass(frozen=True, slots=True)
class Day:
    """A date of the team time zone, and the calendars to show for it."""

    on: date
    reference: ZoneInfo
    calendars: Mapping[UUID, MemberCalendar]

    def shown(self, zone: str) -> TeamDay:
        """Return the date's hours, and everyone's work within it."""
        start, end = self._midnight(self.on), self._midnight(self.on + timedelta(days=1))
        return TeamDay(
            on=self.on,
            reference_zone=zone,
            starts_at=moment(start),
            ends_at=moment(end),
            hours=[self._moment(at) for at in range(start, end, HOUR)],
            members=[
                self._member(id_, calendar, (start, end))
                for id_, calendar in self.calendars.items()
            ],
        )

    def _midnight(self, day: date) -> int:
        return epoch(datetime.combine(day, time.min, self.reference))

    def _moment(self, instant: int) -> GroupMoment:
        at = moment(instant)
        return GroupMoment(
            at=at,
            reference=at.astimezone(self.reference).isoformat(),
            local={
                id_: at.astimezone(calendar.zone).isoformat()
                for id_, calendar in self.calendars.items()
            },
        )

    def _member(self, member_id: UUID, calendar: MemberCalendar, within: Interval) -> MemberDay:
        view = View(within[0], self.on, self.reference, {})
        off = clipped(union(closed_intervals(calendar, within)), *within)
        return MemberDay(
            member_id=member_id,
            zone=calendar.zone.key,
            working=view.stretches(calendar, calendar.compiled.intervals(*within)),
            focus=view.stretches(calendar, calendar.compiled.focus(*within)),
            off=view.stretches(calendar, off),
        )
