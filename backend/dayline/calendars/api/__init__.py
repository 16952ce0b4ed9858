"""HTTP routes of calendars, holidays and availability."""

from dayline.calendars.api import (
    availability,
    calendar_links,
    calendars,
    focus,
    holidays,
    hours,
    time_off,
)
from dayline.kernel.http.routing import Room

router = Room(prefix="/api", tags=["people"])
for part in (availability, calendars, calendar_links, hours, time_off, focus, holidays):
    router.include_router(part.router)
