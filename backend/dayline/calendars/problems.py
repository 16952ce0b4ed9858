"""Problems of calendars and holidays."""

from dayline.kernel.errors import Conflict


class CalendarFull(Conflict):
    """The calendar can't hold more of these. Some must be removed first."""

    slug = "calendar-full"


class HoursNeeded(Conflict):
    """These are the calendar's only hours. Others must be set first."""

    slug = "hours-needed"


class HolidayThere(Conflict):
    """That date is already a public holiday there."""

    slug = "holiday-there"
