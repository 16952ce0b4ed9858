"""Focus blocks: working time in which nobody should be interrupted."""

from typing import Any

import pytest

from tests.calendars.desk import done, locals_of, path_of, refused, seen
from tests.recorded import head, recorded
from tests.team import Team


async def test_a_weekly_block_counts_while_the_member_works(team: Team) -> None:
    block = {"days": ["wed", "mon", "mon"], "start": "08:00", "end": "11:00"}
    before = await head(team)
    made = await team.owner.post(path_of(team.owner, "focus-blocks"), block)
    assert made.status_code == 201
    assert made.headers["ETag"] == '"1"'
    assert made.headers["Location"].endswith(f"/focus-blocks/{made.json()['id']}")
    assert (made.json()["days"], made.json()["on"]) == (["mon", "wed"], None)
    (event,) = await recorded(team, before)
    assert (event.kind, event.data["part"]) == ("calendar.changed", "focus")
    line = await seen(team, team.owner)
    assert line["in_focus"] is True
    span = "2026-05-18T09:00:00+03:00/2026-05-18T11:00:00+03:00"
    assert locals_of(line, "focus") == [span]
    early = await seen(team, team.owner, at="2026-05-18T05:30:00Z")
    assert (early["in_focus"], early["is_working"]) == (False, False)
    assert (await seen(team, team.owner, on="2026-05-19"))["focus"] == []


async def test_a_block_on_one_date_is_there_once(team: Team) -> None:
    block = {"on": "2026-05-19", "start": "16:00", "end": "18:00"}
    await done(team.owner.post(path_of(team.owner, "focus-blocks"), block))
    span = "2026-05-19T16:00:00+03:00/2026-05-19T17:00:00+03:00"
    assert locals_of(await seen(team, team.owner, on="2026-05-19"), "focus") == [span]
    assert (await seen(team, team.owner, on="2026-05-26"))["focus"] == []


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "days"),
        ({"days": ["mon"], "on": "2026-05-19"}, "days"),
        ({"days": ["someday"]}, "days.0"),
        ({"days": ["mon"], "start": "24:00"}, "start"),
        ({"on": "2026-13-01"}, "on"),
    ],
)
async def test_a_block_that_makes_no_sense_is_refused(
    team: Team, given: dict[str, Any], field: str
) -> None:
    block = {"start": "09:00", "end": "10:00"} | given
    answer = await team.owner.post(path_of(team.owner, "focus-blocks"), block)
    assert set(refused(answer)) == {field}


async def test_a_block_is_changed_and_given_up(team: Team) -> None:
    sam = await team.add("sam")
    blocks = path_of(sam, "focus-blocks")
    one = await done(sam.post(blocks, {"days": ["mon"], "start": "09:00", "end": "10:00"}))
    path = f"{blocks}/{one['id']}"
    assert (await sam.patch(path, {"end": "11:00"})).status_code == 428
    assert (await sam.patch(path, {"end": "11:00"}, 2)).status_code == 412
    changed = await sam.patch(path, {"on": "2026-05-20", "end": "11:00"}, 1)
    assert changed.headers["ETag"] == '"2"'
    assert (changed.json()["days"], changed.json()["on"]) == ([], "2026-05-20")
    back = await done(sam.patch(path, {"days": ["fri"]}, 2))
    assert (back["days"], back["on"]) == (["fri"], None)
    assert (await sam.patch(path, {"days": ["fri"]}, 3)).headers["ETag"] == '"3"'
    assert set(refused(await sam.patch(path, {"days": []}, 3))) == {"days"}
    assert await done(sam.get(blocks)) == [await done(sam.get(path))]
    ann = await team.add("ann")
    assert (await ann.get(path)).status_code == 200
    assert (await ann.patch(path, {"end": "12:00"}, 3)).status_code == 403
    assert (await ann.post(blocks, {})).status_code == 422
    assert (await ann.delete(path)).status_code == 403
    assert (await sam.delete(path)).status_code == 204
    assert (await sam.delete(path)).status_code == 404
    assert (await sam.get(path)).status_code == 404
