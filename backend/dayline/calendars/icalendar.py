"""A member's hours as an iCalendar file. It never says why they are off."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from uuid import UUID

from icalendar import Calendar, Event

from dayline.calendars.availability import instants_of
from dayline.calendars.compiling import MemberCalendar
from dayline.core.schedule import LocalInterval
from dayline.core.worktime import epoch, moment

BEHIND, AHEAD = timedelta(days=14), timedelta(days=120)
"""The period in the file, before and after now."""


def write(member_id: UUID, name: str, hours: MemberCalendar, now: datetime) -> bytes:
    """Return a member's working time, focus time and days off as an iCalendar file."""
    calendar = Calendar()
    calendar.add("prodid", "-//Dayline//Calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(hours=1), {"VALUE": "DURATION"})
    for summary, start, end, is_busy in _spans(name, hours, now):
        event = Event()
        event.add("uid", f"{summary.rpartition(' ')[2]}-{start:%Y%m%dT%H%M%S}-{member_id}")
        event.add("dtstamp", now)
        event.add("summary", summary)
        event.add("dtstart", start)
        event.add("dtend", end)
        event.add("transp", "OPAQUE" if is_busy else "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _spans(
    name: str, hours: MemberCalendar, now: datetime
) -> Iterator[tuple[str, date, date, bool]]:
    """Yield the entries: summary, start, end, and whether the member is busy."""
    since, until = now - BEHIND, now + AHEAD
    between = epoch(since), epoch(until)
    for start, end in hours.compiled.intervals(*between):
        yield f"{name} works", moment(start), moment(end), False
    for start, end in hours.compiled.focus(*between):
        yield f"{name} in focus", moment(start), moment(end), True
    for closed in hours.closed:
        if closed[1] >= since.replace(tzinfo=None) and closed[0] <= until.replace(tzinfo=None):
            yield f"{name} off", *_edges(hours, closed), True


def _edges(hours: MemberCalendar, closed: LocalInterval) -> tuple[date, date]:
    """Return whole days as dates, which apps show as all-day, and other times as instants."""
    if all(edge.time() == time.min for edge in closed):
        return closed[0].date(), closed[1].date()
    start, end = instants_of(hours.zone, closed)
    return moment(start), moment(end)
