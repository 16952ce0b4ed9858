"""When somebody may be told something: in their working hours, and out of their focus time."""

from datetime import datetime, timedelta

from dayline.core.intervals import minus
from dayline.core.schedule import DAY
from dayline.core.worktime import HORIZON, Calendar, NoWorkingTime, epoch_after, moment

JOINED = timedelta(minutes=1)
"""How long something waits at least, so that what happens meanwhile becomes one message."""

_LOOK = 14 * DAY


def joined_at(happened_at: datetime) -> datetime:
    """Return when what happened may be told: at the first full minute after `JOINED` has passed.

    So what happens within the same minute is due at the same instant.
    """
    minute = int(JOINED.total_seconds())
    return moment(-(-epoch_after(happened_at + JOINED) // minute) * minute)


def next_reachable(calendar: Calendar, at: datetime) -> datetime | None:
    """Return the first instant from `at` on in working time and out of focus time.

    None if the five years after `at` hold none.
    """
    start = begins = epoch_after(at)
    try:
        while begins < start + HORIZON:
            begins = max(begins, calendar.next_working(begins))
            ends = begins + _LOOK
            free = minus(calendar.intervals(begins, ends), calendar.focus(begins, ends))
            if free:
                return max(at, moment(free[0][0]))
            begins = ends
    except NoWorkingTime:
        pass
    return None
