"""When all members of a group work at the same time on a date."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import col

from dayline.calendars.availability_schemas import CostlyHour, GroupMoment, GroupStretch, Overlap
from dayline.calendars.compiling import MemberCalendar
from dayline.calendars.queries import member_calendars
from dayline.core.intervals import Interval, minus, union
from dayline.core.overlap import least_unfair, shared
from dayline.core.phrase import Phrase
from dayline.core.schedule import DAY
from dayline.core.worktime import epoch, moment
from dayline.identity.caller import Caller
from dayline.kernel.errors import FieldError, Invalid
from dayline.members.models import Member
from dayline.members.queries import get_workspace, visible_members

HOUR = 3600
GRID = 900


async def overlap_of(caller: Caller, member_ids: Sequence[UUID] | None, on: date | None) -> Overlap:
    """Return when these members, or all, work at the same time on a date of the team time zone.

    The default date is today. Raises Invalid with an error for each who isn't an active member.
    """
    workspace = await get_workspace(caller)
    reference = ZoneInfo(workspace.reference_zone)
    day = on or caller.now.astimezone(reference).date()
    ids = await _active(caller, member_ids)
    calendars = await member_calendars(caller.session, caller.workspace_id, ids)
    group = Group({id_: calendars[id_] for id_ in ids if id_ in calendars}, reference)
    return group.on(day, workspace.reference_zone)


async def _active(caller: Caller, wanted: Sequence[UUID] | None) -> list[UUID]:
    """Return the active members among `wanted`, or all, by handle. Raises Invalid."""
    found = visible_members(caller).where(Member.is_active)
    if wanted is not None:
        found = found.where(col(Member.id).in_(wanted))
    members = await caller.session.scalars(found.order_by(col(Member.handle)))
    ids = [member.id for member in members]
    _refuse(wanted or (), ids)
    return ids


def _refuse(wanted: Sequence[UUID], active: Collection[UUID]) -> None:
    reason = Phrase("fields.not-active")
    errors = [
        FieldError(field=f"member.{place}", reason=reason)
        for place, id_ in enumerate(wanted)
        if id_ not in active
    ]
    if errors:
        raise Invalid(errors=errors)


@dataclass(frozen=True, slots=True)
class Group:
    """Some members' calendars, and the workspace's team time zone."""

    calendars: Mapping[UUID, MemberCalendar]
    reference: ZoneInfo

    def on(self, day: date, zone: str) -> Overlap:
        """Return their overlap on a date, from midnight to midnight in the team time zone."""
        within = self._midnight(day), self._midnight(day + timedelta(days=1))
        around = within[0] - DAY, within[1] + DAY
        near = {id_: each.compiled.intervals(*around) for id_, each in self.calendars.items()}
        together = shared([each.compiled.intervals(*within) for each in self.calendars.values()])
        focus = union(
            span for each in self.calendars.values() for span in each.compiled.focus(*within)
        )
        return Overlap(
            on=day,
            reference_zone=zone,
            members=list(self.calendars),
            together=self._stretches(together),
            undisturbed=self._stretches(minus(together, focus)),
            least_unfair=None if together else self._costly(near, within),
        )

    def _midnight(self, day: date) -> int:
        return epoch(datetime.combine(day, time.min, self.reference))

    def _costly(self, near: Mapping[UUID, list[Interval]], within: Interval) -> CostlyHour:
        slot = least_unfair(near, within, HOUR, GRID)
        return CostlyHour(
            start=self._moment(slot.start),
            end=self._moment(slot.end),
            off_minutes={id_: seconds // 60 for id_, seconds in slot.off.items()},
        )

    def _stretches(self, found: Iterable[Interval]) -> list[GroupStretch]:
        return [
            GroupStretch(start=self._moment(start), end=self._moment(end)) for start, end in found
        ]

    def _moment(self, instant: int) -> GroupMoment:
        at = moment(instant)
        return GroupMoment(
            at=at,
            reference=at.astimezone(self.reference).isoformat(),
            local={
                id_: at.astimezone(each.zone).isoformat() for id_, each in self.calendars.items()
            },
        )
