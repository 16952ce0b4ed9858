"""Worked cases 15 and 16: what a deadline leaves to people in three zones."""

from typing import Any

import pytest

from tests.agreements.desk import clauses, publish
from tests.clock import MovableClock
from tests.decisions.desk import draft, fairness, opened, timers_of
from tests.team import Person, Team
from tests.timers.desk import at, instant, member

HOUR = 3600


@pytest.fixture
async def three(team: Team) -> list[Person]:
    """K works in Kyiv, N in New York, T in Tokyo."""
    return [await member(team, f"asked-{calendar.lower()}", calendar) for calendar in "KNT"]


def hours_left(found: dict[str, Any], people: list[Person]) -> list[float]:
    """The working hours that a deadline leaves to each."""
    left = {each["member_id"]: each["working_s"] / HOUR for each in found["stakeholders"]}
    return [left[str(person.member_id)] for person in people]


async def test_15_a_day_and_a_half_in_the_week_is_fair(
    team: Team, clock: MovableClock, three: list[Person]
) -> None:
    clock.now = at("2026-05-19 10:00")
    due = at("2026-05-20 22:00")
    made = await draft(team.owner, *three, input_due_at=due.isoformat())
    found = await fairness(team.owner, made["key"])
    assert hours_left(found, three) == [17, 14, 12]
    assert found["is_fair"] is True
    kyiv, york, tokyo = sorted(found["stakeholders"], key=lambda each: -each["working_s"])
    assert kyiv["due"]["theirs"] == kyiv["due"]["reference"] == "2026-05-20T22:00:00+03:00"
    assert york["due"]["theirs"] == "2026-05-20T15:00:00-04:00"
    assert tokyo["due"]["theirs"] == "2026-05-21T04:00:00+09:00"

    decision = await opened(team.owner, *three, due=due)
    timers = await timers_of(team.owner, decision)
    assert {instant(timer["due_at"]) for timer in timers} == {due}
    assert sorted(timer["allowance_s"] / HOUR for timer in timers) == [12, 14, 17]
    (of_kyiv,) = [each for each in timers if each["recipient_id"] == str(three[0].member_id)]
    assert instant(of_kyiv["warn_at"]) == at("2026-05-20 13:45")  # 12 h 45 min of 17


@pytest.mark.parametrize(
    ("allowance", "earliest"), [(4, "2026-05-25 13:00"), (8, "2026-05-25 18:00")]
)
async def test_16_a_weekend_leaves_nothing_and_the_earliest_fair_deadline_is_said(
    team: Team, clock: MovableClock, three: list[Person], allowance: int, earliest: str
) -> None:
    await publish(team.owner, clauses=clauses(decision_input=allowance * HOUR))
    clock.now = at("2026-05-22 18:00")
    made = await draft(team.owner, *three)
    assert (await fairness(team.owner, made["key"]))["is_fair"] is None
    tried = {"input_due_at": at("2026-05-24 18:00").isoformat()}
    found = await fairness(team.owner, made["key"], **tried)
    assert hours_left(found, three) == [0, 6, 0]
    assert found["is_fair"] is False
    as_typed = await fairness(team.owner, made["key"], input_due_local="2026-05-24T18:00")
    assert instant(as_typed["input_due_at"]) == at("2026-05-24 18:00")
    assert instant(found["earliest"]["at"]) == at(earliest)
    assert found["earliest"]["reference"] == at(earliest).isoformat()
    at_that = await fairness(team.owner, made["key"], input_due_at=at(earliest).isoformat())
    assert at_that["is_fair"] is True
    just_before = at(earliest).replace(hour=at(earliest).hour - 1).isoformat()
    assert (await fairness(team.owner, made["key"], input_due_at=just_before))["is_fair"] is False
