"""Reminders: half-way, in their own hours, and only to who has not answered."""

from tests.clock import MovableClock
from tests.decisions.desk import answer, do_due, opened
from tests.recorded import recorded
from tests.team import Person, Team
from tests.timers.desk import at, done, member

DUE = at("2026-05-20 22:00")


async def reminded(team: Team) -> list[Person]:
    """Who was reminded, in order."""
    rows = [row for row in await recorded(team) if row.kind == "decision.reminded"]
    by_id = {person.member_id: person for person in team.people.values()}
    assert all(row.audience == "member" and row.actor_id is None for row in rows)
    return [by_id[row.audience_id] for row in rows if row.audience_id is not None]


async def test_half_way_who_has_not_answered_is_reminded_once(
    team: Team, clock: MovableClock
) -> None:
    olena, ada, mel = team.owner, await member(team, "ada"), await member(team, "mel")
    tom = await member(team, "tom", "T")
    decision = await opened(olena, ada, mel, tom, due=DUE)
    await answer(mel, decision["key"])
    clock.now = at("2026-05-19 13:59")  # half of ada's 26 hours is over at 14:00
    assert await do_due(team) == 1  # tom's half-way was at 11:30; he has gone home since
    assert await reminded(team) == []
    clock.now = at("2026-05-19 14:00")
    assert await do_due(team) == 1
    assert await reminded(team) == [ada]
    clock.now = at("2026-05-20 03:59")
    assert await do_due(team) == 0
    clock.now = at("2026-05-20 04:00")
    assert await do_due(team) == 1
    assert await reminded(team) == [ada, tom]
    clock.now = at("2026-05-20 12:00")
    assert await do_due(team) == 0


async def test_a_reminder_waits_for_hours_as_they_are_by_then_or_is_dropped(
    team: Team, clock: MovableClock
) -> None:
    olena, ada, mel = team.owner, await member(team, "ada"), await member(team, "mel")
    await opened(olena, ada, mel, due=DUE)
    for person, last in ((ada, "2026-05-19"), (mel, "2026-05-20")):
        leave = {"starts_on": "2026-05-19", "ends_on": last}
        await done(person.post(f"/members/{person.member_id}/time-off", leave))
    clock.now = at("2026-05-19 14:00")
    assert await do_due(team) == 2
    assert await reminded(team) == []
    clock.now = at("2026-05-20 09:00")
    assert await do_due(team) == 1
    assert await reminded(team) == [ada]


async def test_a_later_deadline_reminds_later(team: Team, clock: MovableClock) -> None:
    olena, ada = team.owner, await member(team, "ada")
    decision = await opened(olena, ada, due=DUE)
    wanted = {"input_due_at": at("2026-05-22 18:00").isoformat(), "reason": "A holiday"}
    await done(olena.post(f"/decisions/{decision['key']}/extend", wanted))
    clock.now = at("2026-05-19 14:00")
    assert await do_due(team) == 0
    clock.now = at("2026-05-20 14:00")  # 22 of 44 hours
    assert await do_due(team) == 1
    assert await reminded(team) == [ada]
