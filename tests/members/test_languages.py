"""The language of an answer: the account's, the client's, the workspace's, or English."""

import httpx
import pytest

from dayline.kernel.http.language import accepted
from tests.decisions.desk import opened
from tests.team import Team, in_browser
from tests.timers.desk import at, done


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


async def test_text_that_dayline_stores_is_in_the_workspaces_language(
    team: Team, visitor: httpx.AsyncClient
) -> None:
    owner, ada = team.owner, await team.add("ada")
    await done(owner.patch("", {"language": "de"}, (await owner.get("")).json()["rev"]))
    made = await opened(owner, ada, due=at("2026-05-22 16:30"), title="Was nun?")
    new = {"condition": "at_risk", "body": "Zu wenig Zeit."}
    await done(owner.post("/projects/ABC/updates", new))
    titles = {topic["title"] for topic in await done(owner.get("/topics"))}
    assert {"Diskussion", "Update: gefährdet"} <= titles
    opening = await done(owner.get(f"/messages/{made['message_id']}"))
    assert opening["body"] == (
        "**Was nun?** ist bis 22. Mai 2026, 16:30 (Kyiv) offen für Stellungnahmen. "
        "Olena entscheidet."
    )
    link = await done(owner.put("/me/calendar-link"))
    assert "SUMMARY:Olena · Arbeitszeit" in (await visitor.get(link["url"])).text
