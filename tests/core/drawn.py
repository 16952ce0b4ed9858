"""Random schedules, at random moments, where clocks change and where compiled parts meet."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from dayline.core.compiling import PART
from dayline.core.schedule import LocalInterval, Schedule, Shift, Shifts, Week, shift, whole_days
from dayline.core.worktime import epoch

SEAM = date(1970, 1, 1) + timedelta(seconds=223 * PART)

# A zone, and a date about which something happens.
MOMENTS = [
    ("UTC", date(2026, 5, 20)),
    ("Asia/Kolkata", date(2026, 5, 20)),
    ("Asia/Kathmandu", date(1986, 1, 1)),
    ("Europe/Kyiv", date(2026, 3, 29)),
    ("Europe/Kyiv", date(2026, 10, 25)),
    ("America/New_York", date(2026, 3, 8)),
    ("America/New_York", date(2026, 11, 1)),
    ("America/St_Johns", date(2010, 11, 7)),
    ("America/Sao_Paulo", date(2018, 2, 18)),
    ("America/Sao_Paulo", date(2018, 11, 4)),
    ("America/Havana", date(2026, 3, 8)),
    ("America/Havana", date(2026, 11, 1)),
    ("America/Caracas", date(2016, 5, 1)),
    ("Asia/Beirut", date(2026, 10, 25)),
    ("Asia/Gaza", date(2027, 2, 7)),
    ("Africa/Casablanca", date(2026, 2, 15)),
    ("Africa/Casablanca", date(2026, 3, 22)),
    ("Antarctica/Troll", date(2026, 3, 29)),
    ("Antarctica/Troll", date(2026, 10, 25)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),
    ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("Europe/Dublin", date(2026, 3, 29)),
    ("Pacific/Apia", date(2011, 12, 30)),
    ("Pacific/Kiritimati", date(1994, 12, 31)),
    ("Pacific/Kwajalein", date(1993, 8, 21)),
    ("Pacific/Chatham", date(2026, 4, 5)),
    *((zone, SEAM) for zone in ("UTC", "Pacific/Kiritimati", "America/Los_Angeles")),
]

MINUTE = 60
HOUR = 3600

moments = st.sampled_from(MOMENTS)
times = st.one_of(
    st.integers(0, 23).map(lambda hour: hour * HOUR),
    st.integers(0, 24 * 12 - 1).map(lambda step: step * 5 * MINUTE),
    st.integers(0, 24 * 60 - 1).map(lambda step: step * MINUTE),
)
some_shifts: st.SearchStrategy[Shift] = st.builds(shift, times, times | st.just(24 * HOUR))
days: st.SearchStrategy[Shifts] = st.lists(some_shifts, max_size=3).map(tuple)
weeks: st.SearchStrategy[Week] = st.tuples(days, days, days, days, days, days, days)


@st.composite
def closed_near(draw: st.DrawFn, day: date) -> LocalInterval:
    """Days off, or hours off, within a few days."""
    first = day + timedelta(days=draw(st.integers(-3, 3)))
    if draw(st.booleans()):
        return whole_days(first, first + timedelta(days=draw(st.integers(0, 2))))
    starts = datetime.combine(first, time.min) + timedelta(seconds=draw(times))
    return starts, starts + timedelta(minutes=draw(st.integers(1, 2000)))


@st.composite
def schedules(draw: st.DrawFn) -> tuple[Schedule, int]:
    """A schedule, and noon UTC of a date about which something happens."""
    zone, day = draw(moments)
    near = st.integers(-3, 3).map(lambda step: day + timedelta(days=step))
    changes = draw(st.lists(st.tuples(near, weeks), max_size=1))
    schedule = Schedule(
        zone=ZoneInfo(zone),
        weeks=((date.min, draw(weeks)), *changes),
        overrides=draw(st.dictionaries(near, days, max_size=2)),
        closed=tuple(draw(st.lists(closed_near(day), max_size=3))),
        focus=draw(st.just(((),) * 7) | weeks),
        focus_blocks=tuple(draw(st.lists(closed_near(day), max_size=1))),
    )
    return schedule, epoch(datetime.combine(day, time(12), UTC))
