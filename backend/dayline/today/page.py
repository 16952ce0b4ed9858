"""The Today page as one document, read in a few statements."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dayline.calendars.queries import member_calendars
from dayline.calendars.schemas import Moment
from dayline.core.response import next_start
from dayline.core.worktime import epoch
from dayline.identity.caller import Caller
from dayline.members.queries import get_workspace
from dayline.references.waiting import references_due, references_wanted
from dayline.today.decisions import records_to_read, reviews_due
from dayline.today.news import news_for
from dayline.today.queries import asked_by, asked_of, signatures_owed
from dayline.today.schemas import TodayOut


async def today(caller: Caller) -> TodayOut:
    """What needs the caller, what they wait for, and what changed since their last visit."""
    ids = [caller.member_id]
    calendar = (await member_calendars(caller.session, caller.workspace_id, ids))[ids[0]]
    reference = ZoneInfo((await get_workspace(caller)).reference_zone)
    next_check = next_start(calendar.compiled, caller.now)
    needs_you, needs_you_total = await asked_of(caller, calendar.zone)
    waiting_for, waiting_for_total = await asked_by(caller, calendar.zone)
    return TodayOut(
        now=_moment(caller.now, calendar.zone, reference),
        day_ends_at=_midnight(caller.now, calendar.zone),
        is_working=calendar.compiled.is_working(epoch(caller.now)),
        next_first_check=next_check and _moment(next_check, calendar.zone, reference),
        signatures=await signatures_owed(caller),
        decisions_to_read=await records_to_read(caller),
        reviews_due=await reviews_due(caller),
        references_wanted=await references_wanted(caller),
        references_due=await references_due(caller, caller.now.astimezone(calendar.zone).date()),
        needs_you=needs_you,
        needs_you_total=needs_you_total,
        waiting_for=waiting_for,
        waiting_for_total=waiting_for_total,
        since_you_left=await news_for(caller),
    )


def _midnight(now: datetime, zone: ZoneInfo) -> datetime:
    """The first instant of the next date in a zone, in UTC."""
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time.min, zone).astimezone(UTC)


def _moment(at: datetime, zone: ZoneInfo, reference: ZoneInfo) -> Moment:
    return Moment(
        at=at,
        local=at.astimezone(zone).isoformat(),
        reference=at.astimezone(reference).isoformat(),
    )
