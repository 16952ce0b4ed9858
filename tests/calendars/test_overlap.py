"""When a group works at once: the worked cases of the product, and what else the finder says."""

from typing import Any

import pytest

from dayline.identity.models import Role
from tests.calendars.desk import done, path_of, refused, weekdays, works
from tests.team import Person, Team

PEOPLE = {
    "K": ("Europe/Kyiv", "09:00-18:00"),
    "N": ("America/New_York", "09:00-17:00"),
    "T": ("Asia/Tokyo", "10:00-19:00"),
    "R": ("Asia/Kolkata", "10:00-13:00 14:00-19:00"),
}


async def group(team: Team, letters: str) -> list[Person]:
    people = []
    for letter in letters:
        person = await team.add(letter.lower() * 3)
        zone, hours = PEOPLE[letter]
        await works(person, zone, weekdays(hours))
        people.append(person)
    return people


async def overlap(team: Team, people: list[Person], on: str) -> Any:
    members = [str(person.member_id) for person in people]
    return await done(team.owner.get("/availability/overlap", member=members, on=on))


def spans(stretches: Any) -> list[str]:
    return [f"{span['start']['at'][11:16]}-{span['end']['at'][11:16]}" for span in stretches]


@pytest.mark.parametrize(
    ("letters", "on", "together"),
    [
        ("KN", "2026-05-20", ["13:00-15:00"]),
        ("KN", "2026-03-18", ["13:00-16:00"]),
        ("KN", "2026-10-28", ["13:00-16:00"]),
        ("KN", "2026-01-14", ["14:00-16:00"]),
        ("KT", "2026-05-20", ["06:00-10:00"]),
        ("KT", "2026-01-14", ["07:00-10:00"]),
        ("KR", "2026-05-20", ["06:00-07:30", "08:30-13:30"]),
        ("KNT", "2026-05-20", []),
        ("KN", "2026-05-23", []),
    ],
)
async def test_overlaps_follow_everybodys_clock(
    team: Team, letters: str, on: str, together: list[str]
) -> None:
    found = await overlap(team, await group(team, letters), on)
    assert spans(found["together"]) == together
    assert spans(found["undisturbed"]) == together


async def test_where_there_is_none_the_best_hour_says_who_bears_it(team: Team) -> None:
    kay, ned, tom = people = await group(team, "KNT")
    best = (await overlap(team, people, "2026-05-20"))["least_unfair"]
    assert sum(best["off_minutes"].values()) == 60
    assert best["off_minutes"] == {str(ned.member_id): 60}
    assert best["start"] == {
        "at": "2026-05-20T09:00:00Z",
        "reference": "2026-05-20T12:00:00+03:00",
        "local": {
            str(kay.member_id): "2026-05-20T12:00:00+03:00",
            str(ned.member_id): "2026-05-20T05:00:00-04:00",
            str(tom.member_id): "2026-05-20T18:00:00+09:00",
        },
    }
    assert (await overlap(team, people[:2], "2026-05-20"))["least_unfair"] is None


async def test_focus_blocks_are_left_out_of_what_is_undisturbed(team: Team) -> None:
    kay, ned = people = await group(team, "KN")
    block = {"on": "2026-05-20", "start": "09:30", "end": "10:00"}
    await done(ned.post(path_of(ned, "focus-blocks"), block))
    found = await overlap(team, people, "2026-05-20")
    assert spans(found["together"]) == ["13:00-15:00"]
    assert spans(found["undisturbed"]) == ["13:00-13:30", "14:00-15:00"]
    assert found["members"] == [str(kay.member_id), str(ned.member_id)]


async def test_without_names_and_date_it_is_the_team_today(team: Team) -> None:
    sam, gone = await team.add("sam"), await team.add("gone")
    await done(team.owner.put(f"/members/{gone.member_id}/disablement"))
    found = await done(team.owner.get("/availability/overlap"))
    assert found["members"] == [str(team.owner.member_id), str(sam.member_id)]
    assert (found["on"], found["reference_zone"]) == ("2026-05-18", "Europe/Kyiv")
    members = [str(sam.member_id), str(gone.member_id), str(team.workspace_id)]
    answer = await team.owner.get("/availability/overlap", member=members)
    assert refused(answer) == {
        "member.1": "Pick an active member.",
        "member.2": "Pick an active member.",
    }


async def test_guests_do_not_see_the_teams_hours(team: Team) -> None:
    guest = await team.add("gus", Role.GUEST)
    assert (await guest.get("/availability/overlap")).status_code == 403
