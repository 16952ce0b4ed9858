"""A member's hours as an iCalendar file. It never says why they are off."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from icalendar import Calendar, Event

from dayline.calendars.availability import instants_of
from dayline.calendars.compiling import MemberCalendar
from dayline.core.phrase import Phrase
from dayline.core.schedule import LocalInterval
from dayline.core.worktime import epoch, moment
from dayline.kernel.text.catalogs import render
from dayline.members.models import Member

BEHIND, AHEAD = timedelta(days=14), timedelta(days=120)
"""The period in the file, before and after now."""


class Entry(StrEnum):
    """What an entry says. The value is part of its UID."""

    WORKING = "works"
    FOCUS = "focus"
    OFF = "off"


def write(member: Member, hours: MemberCalendar, now: datetime, language: str) -> bytes:
    """Return a member's working time, focus time and days off as an iCalendar file."""
    calendar = Calendar()
    calendar.add("prodid", "-//Dayline//Calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", member.name)
    calendar.add("refresh-interval", timedelta(hours=1), {"VALUE": "DURATION"})
    for entry, start, end in _spans(hours, now):
        summary = Phrase("calendars.entry", name=member.name, entry=entry.value)
        event = Event()
        event.add("uid", f"{entry}-{start:%Y%m%dT%H%M%S}-{member.id}")
        event.add("dtstamp", now)
        event.add("summary", render(summary, language))
        event.add("dtstart", start)
        event.add("dtend", end)
        event.add("transp", "TRANSPARENT" if entry is Entry.WORKING else "OPAQUE")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _spans(hours: MemberCalendar, now: datetime) -> Iterator[tuple[Entry, date, date]]:
    """Yield the entries, each with its start and end."""
    since, until = now - BEHIND, now + AHEAD
    between = epoch(since), epoch(until)
    for start, end in hours.compiled.intervals(*between):
        yield Entry.WORKING, moment(start), moment(end)
    for start, end in hours.compiled.focus(*between):
        yield Entry.FOCUS, moment(start), moment(end)
    for closed in hours.closed:
        if closed[1] >= since.replace(tzinfo=None) and closed[0] <= until.replace(tzinfo=None):
            yield Entry.OFF, *_edges(hours, closed)


def _edges(hours: MemberCalendar, closed: LocalInterval) -> tuple[date, date]:
    """Return whole days as dates, which apps show as all-day, and other times as instants."""
    if all(edge.time() == time.min for edge in closed):
        return closed[0].date(), closed[1].date()
    start, end = instants_of(hours.zone, closed)
    return moment(start), moment(end)
