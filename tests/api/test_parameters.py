"""What a request may say: query parameters that are known, and values refused in plain words."""

from pathlib import Path

import pytest

import dayline
from tests.team import Team


async def test_a_misspelled_filter_is_refused_by_name(team: Team) -> None:
    refused = await team.owner.get("/tasks", asignee="me", state="todo")
    assert refused.status_code == 422
    (error,) = refused.json()["errors"]
    assert error["field"] == "asignee"
    assert "assignee, created_by" in error["reason"]


@pytest.mark.parametrize("path", ["", "/members", "/snapshot", "/decisions", "/feed-not"])
async def test_no_route_passes_over_what_it_does_not_know(team: Team, path: str) -> None:
    answer = await team.owner.get(path, nonsense="1")
    assert answer.status_code == (404 if path == "/feed-not" else 422)


def test_every_pattern_has_a_reason_for_people() -> None:
    """`Shape` says what is wrong; a bare pattern would be answered with a regular expression."""
    rooms = Path(dayline.__file__).parent
    bare = [
        str(path.relative_to(rooms))
        for path in rooms.rglob("*.py")
        if "pattern=" in path.read_text()
    ]
    assert bare == []


@pytest.mark.parametrize(
    ("start", "end", "field", "reason"),
    [
        ("24:00", "17:00", "starts_time", "Enter a time from 00:00 to 23:59, like 09:00."),
        ("9", "17:00", "starts_time", "Enter a time from 00:00 to 23:59, like 09:00."),
        ("09:00", "24:01", "ends_time", "Enter a time from 00:00 to 24:00, like 17:30."),
    ],
)
async def test_a_time_that_no_clock_shows_is_refused_in_words(
    team: Team, start: str, end: str, field: str, reason: str
) -> None:
    day = {"starts_on": "2026-05-22", "ends_on": "2026-05-22"}
    times = {"starts_time": start, "ends_time": end}
    path = f"/members/{team.owner.member_id}/time-off"
    answer = await team.owner.post(path, day | times)
    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"field": field, "reason": reason}]


@pytest.mark.parametrize(
    ("name", "value"),
    [("updated_since", "2026-05-22T24:00:00Z"), ("assignee", "you"), ("limit", "9" * 30)],
)
async def test_no_reason_is_in_the_words_of_a_library(team: Team, name: str, value: str) -> None:
    answer = await team.owner.get("/tasks", **{name: value})
    (error,) = answer.json()["errors"]
    assert error["reason"].startswith("Enter ")
    assert "Input" not in error["reason"]
