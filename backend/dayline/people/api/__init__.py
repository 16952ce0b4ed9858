"""HTTP of calendars, holidays and availability."""

from dayline.kernel.routing import Room
from dayline.people.api import (
    availability,
    calendar_links,
    calendars,
    focus,
    holidays,
    hours,
    time_off,
)

router = Room(prefix="/api", tags=["people"])
for part in (availability, calendars, calendar_links, hours, time_off, focus, holidays):
    router.include_router(part.router)
