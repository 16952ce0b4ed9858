"""Converting local times that members enter to instants."""

from datetime import UTC, datetime

from dayline.calendars.queries import zone_of
from dayline.core.boundaries import Boundaries
from dayline.core.phrase import Phrase
from dayline.core.schedule import DAY
from dayline.core.worktime import epoch, moment
from dayline.identity.caller import Caller
from dayline.kernel.errors import Invalid


async def instant_of_wall(caller: Caller, field: str, local: str) -> datetime:
    """Return the instant of `local`, a `LocalTime` in the caller's zone.

    A time that a clock change skips gives the instant of the change. Raises Invalid for `field` if
    the month doesn't have this day.
    """
    try:
        wall = datetime.fromisoformat(local).replace(tzinfo=UTC)
    except ValueError:
        raise Invalid.field(field, Phrase("fields.no-such-date")) from None
    day = epoch(wall) // DAY
    return moment(Boundaries(await zone_of(caller), range(day, day + 1)).start(epoch(wall)))
