"""Wall times that somebody types: the server knows which instants they are."""

from datetime import UTC, datetime

from dayline.calendars.queries import zone_of
from dayline.core.boundaries import Boundaries
from dayline.core.schedule import DAY
from dayline.core.worktime import epoch, moment
from dayline.identity.caller import Caller
from dayline.kernel.errors import Invalid


async def instant_of_wall(caller: Caller, field: str, local: str) -> datetime:
    """The instant at which the caller's own clock shows `local`, a `LocalTime`.

    One that the clock skips is the instant at which it goes on. Raises Invalid at `field` where
    the month has no such day.
    """
    try:
        wall = datetime.fromisoformat(local).replace(tzinfo=UTC)
    except ValueError:
        raise Invalid.field(field, "is a day that its month does not have") from None
    day = epoch(wall) // DAY
    return moment(Boundaries(await zone_of(caller), range(day, day + 1)).start(epoch(wall)))
