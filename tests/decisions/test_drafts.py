"""Drafts: numbered at once, changed by whom they belong to, opened when they make all points."""

import asyncio

from dayline.identity.models import Role
from tests.clock import MovableClock
from tests.decisions.desk import OPTIONS, asked, draft, opened, seen, timers_of, told
from tests.team import Team
from tests.timers.desk import at, done, member, refused

DUE = at("2026-05-20 22:00")


async def test_drafts_are_numbered_in_the_workspace_however_many_are_made_at_once(
    team: Team,
) -> None:
    await draft(team.owner)
    made = await asyncio.gather(*(draft(team.owner) for _ in range(4)))
    assert sorted(each["number"] for each in made) == [2, 3, 4, 5]
    assert {each["key"] for each in made} == {"DEC-2", "DEC-3", "DEC-4", "DEC-5"}


async def test_a_draft_says_what_it_misses_and_cannot_be_opened_without_it(
    team: Team, clock: MovableClock
) -> None:
    olena = team.owner
    await done(olena.post("/projects", {"key": "ABC", "name": "Alpha"}))
    bare = await done(olena.post("/decisions", {"project": "ABC", "title": "Which one"}))
    points = [(each["point"], each["field"]) for each in bare["missing"]]
    assert points == [
        ("context", "context"),
        ("request", "recommendation"),
        ("deadline", "input_due_at"),
        ("options", "options"),
        ("authority", "decider_id"),
        ("authority", "stakeholders"),
    ]
    said = refused(await olena.post(f"/decisions/{bare['key']}/open"))
    assert list(said) == [field for _, field in points]
    ada = await member(team, "ada")
    late = await draft(olena, ada, input_due_at=clock.now.isoformat())
    said = refused(await olena.post(f"/decisions/{late['key']}/open"))
    assert said == {"input_due_at": "Pick a time in the future."}


async def test_who_proposes_or_decides_is_not_asked_and_guests_are_not_either(team: Team) -> None:
    olena, ada = team.owner, await member(team, "ada")
    gus = await team.add("gus", Role.GUEST)
    await draft(olena)
    new = {"project": "ABC", "title": "Which one", "decider_id": str(ada.member_id)}
    people = asked(olena, ada, gus, gus)
    said = refused(await olena.post("/decisions", {**new, "stakeholders": people}))
    assert said == {
        "stakeholders.0.member_id": "The proposer can’t be asked for input.",
        "stakeholders.1.member_id": "The decider can’t be asked for input.",
        "stakeholders.2.member_id": "Gus is a guest and can’t be asked.",
        "stakeholders.3.member_id": "Gus is a guest and can’t be asked.",
    }
    assert refused(await olena.post("/decisions", {**new, "decider_id": str(gus.member_id)}))


async def test_a_draft_is_changed_whole_and_says_what_changed(team: Team) -> None:
    olena, ada, mel = team.owner, await member(team, "ada"), await member(team, "mel")
    made = await draft(olena, ada)
    path = f"/decisions/{made['key']}"
    assert (await mel.patch(path, {"title": "Mine"}, 1)).status_code == 403
    assert (await olena.patch(path, {"title": "Late"}, 7)).status_code == 412
    options = [{**OPTIONS[0], "is_recommended": False}, OPTIONS[1]]
    edit = {"title": "Where to keep them", "options": options, "stakeholders": asked(ada, mel)}
    changed = await done(olena.patch(path, edit, 1))
    assert [option["is_recommended"] for option in changed["options"]] == [False, False]
    assert len(changed["stakeholders"]) == 2
    topic = await done(olena.get(f"/topics/{changed['topic_id']}"))
    assert (topic["kind"], topic["title"]) == ("decision", "Where to keep them")
    assert (await done(olena.patch(path, edit, 2)))["rev"] == 2
    assert await told(team) == ["decision.created", "decision.changed"]
    two = [{**option, "is_recommended": True} for option in OPTIONS]
    assert list(refused(await olena.patch(path, {"options": two}, 2))) == ["options"]


async def test_opening_asks_every_stakeholder_until_the_deadline(team: Team) -> None:
    olena, ada, tom = team.owner, await member(team, "ada"), await member(team, "tom", "T")
    decision = await opened(olena, ada, tom, due=DUE, minutes=10, title="Keep @ada's *rows*")
    assert (decision["status"], decision["missing"]) == ("open", [])
    assert (decision["figures"]["person_minutes"], decision["figures"]["told_by"]) == (10, 1)
    timers = await timers_of(olena, decision)
    assert {timer["kind"] for timer in timers} == {"decision_input"}
    message = await done(olena.get(f"/messages/{decision['message_id']}"))
    assert "'s *rows*" in message["body_html"]
    assert (message["mentions"], len(message["asks"])) == ([], 2)
    assert "until 20 May 2026, 22:00 (Kyiv)" in message["body_html"]
    assert await told(team) == ["decision.created", "decision.opened"]


async def test_what_was_opened_stays_as_it_was_but_for_who_decides(team: Team) -> None:
    olena, ada, mel = team.owner, await member(team, "ada"), await member(team, "mel")
    decision = await opened(olena, ada, due=DUE)
    path, rev = f"/decisions/{decision['key']}", decision["rev"]
    assert (await olena.patch(path, {"context": "Other"}, rev)).status_code == 409
    assert (await olena.post(f"{path}/open")).status_code == 409
    message = f"/messages/{decision['message_id']}"
    assert (await olena.patch(message, {"body": "Other"}, 1)).status_code == 409
    assert (await olena.put(f"{message}/withdrawal")).status_code == 409
    topic = f"/topics/{decision['topic_id']}"
    assert (await olena.put(f"{topic}/resolution")).status_code == 409
    assert (await olena.patch(topic, {"title": "Other"}, 1)).status_code == 409
    said = refused(await olena.patch(path, {"decider_id": str(ada.member_id)}, rev))
    assert list(said) == ["decider_id"]
    assert list(refused(await olena.patch(path, {"decider_id": None}, rev))) == ["decider_id"]
    changed = await done(olena.patch(path, {"decider_id": str(mel.member_id)}, rev))
    assert changed["decider_id"] == str(mel.member_id)


async def test_guests_see_the_public_decisions_of_their_projects_alone(team: Team) -> None:
    gus = await team.add("gus", Role.GUEST)
    made = await draft(team.owner, is_public=True)
    assert (await gus.get(f"/decisions/{made['key']}")).status_code == 404
    assert await done(gus.get("/decisions")) == []
    await done(team.owner.put(f"/projects/ABC/people/{gus.member_id}"))
    assert (await seen(gus, made["key"].lower()))["title"] == made["title"]
    assert (await gus.post("/decisions", {"project": "ABC", "title": "Mine"})).status_code == 403
