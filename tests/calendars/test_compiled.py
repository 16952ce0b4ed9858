"""Compiled calendars: few statements, kept while they are the same, right when they change."""

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from dayline.calendars import hooks, time_off
from dayline.calendars.compiling import CalendarCache, MemberCalendar
from dayline.calendars.queries import calendars
from dayline.calendars.schemas import TimeOffIn
from dayline.core.schedule import Schedule
from dayline.core.worktime import Calendar, epoch, moment
from dayline.identity.models import Role
from tests.calendars.counting import statements
from tests.calendars.desk import done, path_of, week, weekdays, works
from tests.races import acting
from tests.team import Person, Team

FRIDAY = datetime(2026, 5, 22, 14, 30, tzinfo=UTC)
HOUR = 3600


async def compiled(team: Team, *people: Person) -> dict[UUID, Calendar]:
    ids = [person.member_id for person in people]
    async with acting(team, team.owner) as caller:
        return await calendars(caller.session, caller.workspace_id, ids, frm=FRIDAY)


async def due(team: Team, person: Person, hours: int, sent: datetime = FRIDAY) -> datetime:
    """When so many working hours have passed for a person."""
    calendar = (await compiled(team, person))[person.member_id]
    return moment(calendar.add(epoch(sent), hours * HOUR))


async def test_working_time_is_counted_over_leave_and_holidays(team: Team) -> None:
    """Worked case 8, and then Tuesday off."""
    nia = await team.add("nia")
    await works(nia, "America/New_York", weekdays("09:00-17:00"), country="US")
    sent = datetime(2026, 5, 22, 19, 0, tzinfo=UTC)
    assert await due(team, nia, 4, sent) == datetime(2026, 5, 26, 15, 0, tzinfo=UTC)
    tuesday = {"starts_on": "2026-05-26", "ends_on": "2026-05-26"}
    await done(nia.post(path_of(nia, "time-off"), tuesday))
    assert await due(team, nia, 4, sent) == datetime(2026, 5, 27, 15, 0, tzinfo=UTC)


async def test_hours_that_begin_later_count_from_their_date(team: Team) -> None:
    await done(
        team.owner.put(path_of(team.owner, "hours/2026-05-25"), {"weekly": week(mon="12:00-13:00")})
    )
    assert await due(team, team.owner, 1) == datetime(2026, 5, 25, 10, 0, tzinfo=UTC)


async def test_calendars_that_did_not_change_take_one_statement(team: Team) -> None:
    people = [team.owner, *[await team.add(name) for name in ("ann", "bob", "sam")]]
    for person in people:
        await works(person, "Europe/Berlin", weekdays("09:00-17:00"), country="DE")
    with statements(team) as cold:
        first = await compiled(team, *people)
    with statements(team) as warm:
        second = await compiled(team, *people)
    entering = 1
    assert len(cold) - entering <= 8
    assert len(warm) - entering == 1
    assert all(first[person.member_id] is second[person.member_id] for person in people)
    assert len(first) == len(people)


async def test_members_who_are_not_there_are_absent(team: Team) -> None:
    other = await Team.create(team.app, team.clock)
    async with acting(team, team.owner) as caller:
        ids = [uuid4(), other.owner.member_id]
        assert await calendars(caller.session, caller.workspace_id, ids, frm=FRIDAY) == {}
    await other.close()


async def test_a_change_that_was_rolled_back_leaves_nothing(team: Team) -> None:
    owner = team.owner

    async def took_off(on: str) -> None:
        async with acting(team, owner, Role.OWNER) as caller:
            day = TimeOffIn(starts_on=date.fromisoformat(on), ends_on=date.fromisoformat(on))
            await time_off.create_time_off(caller, owner.member_id, day)
            held = await calendars(
                caller.session, caller.workspace_id, [owner.member_id], frm=FRIDAY
            )
            assert not held[owner.member_id].is_working(epoch(datetime(2026, 5, 20, 9, tzinfo=UTC)))
            raise LookupError(on)

    with pytest.raises(LookupError):
        await took_off("2026-05-20")
    # Another change gets the number that the lost one had.
    day = {"starts_on": "2026-05-21", "ends_on": "2026-05-21"}
    await done(owner.post(path_of(owner, "time-off"), day))
    calendar = (await compiled(team, owner))[owner.member_id]
    assert calendar.is_working(epoch(datetime(2026, 5, 20, 9, tzinfo=UTC)))
    assert not calendar.is_working(epoch(datetime(2026, 5, 21, 9, tzinfo=UTC)))


Heard = list[frozenset[UUID]]


@pytest.fixture
def heard() -> Iterator[Heard]:
    """Whose calendars changed, as rooms above hear of it."""
    found: Heard = []

    async def listen(_session: AsyncSession, member_ids: Collection[UUID]) -> None:
        found.append(frozenset(member_ids))

    hooks.calendar_changed.register(listen)
    yield found
    hooks.calendar_changed._functions.remove(listen)


async def test_rooms_above_hear_of_every_change(team: Team, heard: Heard) -> None:
    sam, ann = await team.add("sam"), await team.add("ann")
    for person in (sam, ann):
        await works(person, "Europe/Berlin", weekdays("09:00-17:00"), country="DE")
    (holiday, *_) = await done(sam.get("/holidays"))
    day = {"starts_on": "2026-05-20", "ends_on": "2026-05-20"}
    block = {"days": ["mon"], "start": "09:00", "end": "10:00"}
    heard.clear()
    for request in (
        sam.put(path_of(sam, "hours/2026-06-01"), {"weekly": week(mon="09:00-10:00")}),
        sam.put(path_of(sam, "overrides/2026-06-01"), {"intervals": []}),
        sam.post(path_of(sam, "time-off"), day),
        sam.post(path_of(sam, "focus-blocks"), block),
        sam.put(path_of(sam, f"holiday-opt-outs/{holiday['id']}")),
    ):
        await done(request)
        assert heard == [{sam.member_id}]
        heard.clear()
    await done(team.owner.delete(f"/holidays/{holiday['id']}"))
    assert heard == [{sam.member_id, ann.member_id}]


async def test_what_is_kept_is_bounded(team: Team) -> None:
    kept = CalendarCache(most=2)
    zone = ZoneInfo("UTC")
    schedule = Schedule(zone=zone, weeks=())
    calendar = MemberCalendar(zone, schedule, Calendar(schedule), ())
    one, two, three = [(team.workspace_id, team.owner.member_id, uuid4()) for _ in range(3)]
    kept.put(one, calendar)
    kept.put(two, calendar)
    assert kept.get(one) is calendar
    kept.put(three, calendar)
    assert kept.get(two) is None
    assert kept.get(one) is kept.get(three) is calendar
