"""Problems of calendars and holidays."""

from dayline.kernel.errors import Conflict


class CalendarFull(Conflict):
    """The calendar holds no more of these; remove some first."""

    slug = "calendar-full"


class HoursNeeded(Conflict):
    """These are the calendar's only hours; set others first."""

    slug = "hours-needed"


class HolidayThere(Conflict):
    """That date is a public holiday there already."""

    slug = "holiday-there"
