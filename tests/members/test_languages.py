"""The language of an answer: the account's, the client's, the workspace's, or English."""

import pytest

from dayline.kernel.http.language import accepted
from tests.team import Team, in_browser


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("en-GB,en;q=0.9", "en"),
        ("fr, en;q=0.5", "en"),
        ("en-xa;q=0.9, en;q=0.5", "en-XA"),
        ("fr", None),
        ("en;q=0", None),
        ("*", None),
        ("", None),
        (";;q=,,", None),
    ],
)
def test_the_best_language_of_a_header(header: str, language: str | None) -> None:
    assert accepted(header) == language


async def test_a_problem_names_its_language(team: Team) -> None:
    answer = await team.owner.get("/tasks/ABC-1")
    assert (answer.status_code, answer.headers["content-language"]) == (404, "en")
    assert "Accept-Language" in answer.headers.get_list("vary", split_commas=True)
    assert "content-language" not in (await team.owner.get("/tasks")).headers


async def test_the_workspace_has_a_language_that_dayline_speaks(team: Team) -> None:
    assert (await team.owner.get("")).json()["language"] == "en"
    answer = await team.owner.patch("", {"language": "xx"}, 1)
    (error,) = answer.json()["errors"]
    assert (error["field"], "en" in error["reason"]) == ("language", True)


async def test_the_accounts_choice_comes_first_and_the_workspaces_last(team: Team) -> None:
    owner = await in_browser(team, team.owner)
    missing = "/tasks/ABC-1"
    await team.owner.patch("", {"language": "uk"}, (await team.owner.get("")).json()["rev"])
    answer = await team.owner.get(missing)
    assert answer.headers["content-language"] == "uk"
    assert "немає доступу" in answer.json()["title"]
    english = {"Accept-Language": "en"}
    asked = await owner.http.get(owner.base + missing, headers=english)
    assert asked.headers["content-language"] == "en"
    account = (await owner.http.get("/api/account")).json()
    chosen = await owner.http.patch(
        "/api/account", json={"language": "uk"}, headers={"If-Match": f'"{account["rev"]}"'}
    )
    assert chosen.json()["language"] == "uk"
    asked = await owner.http.get(owner.base + missing, headers=english)
    assert asked.headers["content-language"] == "uk"
