"""HTTP of calendars, holidays and availability."""

from dayline.kernel.routing import Room
from dayline.people.api import availability, calendars, focus, holidays, hours, time_off

router = Room(prefix="/api", tags=["people"])
for part in (availability, calendars, hours, time_off, focus, holidays):
    router.include_router(part.router)
