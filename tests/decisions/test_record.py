"""The record: who decides, what it needs, what it keeps, and who has read it."""

import pytest

from dayline.decisions import deciding
from dayline.decisions.problems import AlreadyDecided
from dayline.decisions.request_schemas import DecideIn
from dayline.identity.models import Role
from tests.clock import MovableClock
from tests.decisions.desk import (
    Json,
    answer,
    asked,
    decided,
    do_due,
    draft,
    opened,
    seen,
    timers_of,
    told,
)
from tests.races import acting, meanwhile
from tests.recorded import head, recorded
from tests.team import Person, Team
from tests.timers.desk import at, done, instant, member, refused

DUE = at("2026-05-20 22:00")
OUTCOME = {"outcome": "Both.", "rationale": "Each for what it is *good* at."}


async def test_the_record_keeps_who_was_asked_what_each_said_and_what_it_took(
    team: Team, clock: MovableClock
) -> None:
    olena, ada, mel = team.owner, await member(team, "ada"), await member(team, "mel")
    tom = await member(team, "tom")
    decision = await opened(olena, ada, mel, due=DUE, minutes=15, decider=tom)
    key = decision["key"]
    await answer(ada, key, "agree", minutes=5)
    clock.advance(hours=30)
    await answer(mel, key, "object", reason="It is slow.", minutes=10)
    chosen = decision["options"][0]["id"]
    said = {
        "option_id": chosen,
        "rationale": "We **know** it.",
        "answers": [{"member_id": str(mel.member_id), "answer": "It is fast enough."}],
        "minutes": 10,
    }
    made = await done(tom.post(f"/decisions/{key}/decide", said))
    assert (made["status"], made["decided_by"]) == ("decided", str(tom.member_id))
    assert [option["is_chosen"] for option in made["options"]] == [True, False]
    assert made["html"]["rationale"] == "<p>We <strong>know</strong> it.</p>"
    assert [(each["stance"], each["answer"]) for each in made["inputs"]] == [
        ("agree", ""),
        ("object", "It is fast enough."),
    ]
    assert made["figures"] == {
        "elapsed_s": 30 * 3600,
        "person_minutes": 40,
        "told_by": 4,
        "people": 4,
        "meeting_minutes": 30,
        "meeting_person_minutes": 120,
    }
    (outcome,) = await timers_of(tom, decision, "decision_outcome")
    assert outcome["state"] == "responded"
    topic = await done(ada.get(f"/topics/{decision['topic_id']}"))
    assert instant(topic["resolved_at"]) == clock.now


async def test_only_the_decider_decides_and_not_before_the_time_for_input_is_over(
    team: Team, clock: MovableClock
) -> None:
    olena, ada = team.owner, await member(team, "ada")
    tom = await member(team, "tom")
    key = (await draft(olena, ada, decider=tom, input_due_at=DUE.isoformat()))["key"]
    path = f"/decisions/{key}/decide"
    assert (await tom.post(path, OUTCOME)).json()["type"].endswith("decision-not-open")
    await done(olena.post(f"/decisions/{key}/open"))
    assert (await tom.post(path, OUTCOME)).json()["type"].endswith("decision-not-closed")
    assert (await olena.post(path, OUTCOME)).status_code == 403
    clock.now = DUE
    made = await done(tom.post(path, OUTCOME))
    assert instant(made["closed_at"]) == DUE
    assert (await told(team))[-2:] == ["decision.closed", "decision.decided"]
    assert (await tom.post(path, OUTCOME)).status_code == 409


async def test_an_outcome_names_an_option_or_says_its_own_and_answers_every_rejection(
    team: Team,
) -> None:
    olena, ada, mel = team.owner, await member(team, "ada"), await member(team, "mel")
    people = [*asked(ada, asked_for="approval"), *asked(mel)]
    decision = await opened(olena, due=DUE, stakeholders=people)
    path = f"/decisions/{decision['key']}/decide"
    await answer(ada, decision["key"], "reject", reason="Too dear.")
    await answer(mel, decision["key"], "abstain")
    assert (await olena.post(path, {"rationale": "So."})).status_code == 422
    assert "rationale" in refused(await olena.post(path, {"outcome": "Yes.", "rationale": " "}))
    assert refused(await olena.post(path, OUTCOME)) == {"answers": "Answer why Ada rejected this."}
    elsewhere = (await draft(olena))["options"][0]["id"]
    heard = [{"member_id": str(ada.member_id), "answer": "We found the money."}]
    wrong = {"option_id": elsewhere, "rationale": "So.", "answers": heard}
    assert "option_id" in refused(await olena.post(path, wrong))
    nobody = [*heard, {"member_id": str(olena.member_id), "answer": "Well."}, *heard]
    assert refused(await olena.post(path, OUTCOME | {"answers": nobody})) == {
        "answers.1.member_id": "This person gave no input to answer.",
        "answers.2.member_id": "This person’s input is already answered.",
    }
    made = await done(olena.post(path, OUTCOME | {"answers": heard}))
    assert made["inputs"][0]["answer"] == "We found the money."


async def test_what_came_late_stays_apart_and_still_counts(team: Team, clock: MovableClock) -> None:
    olena, ada, mel = team.owner, await member(team, "ada"), await member(team, "mel")
    decision = await opened(olena, ada, mel, due=DUE)
    clock.now = DUE
    await do_due(team)
    clock.advance(hours=1)
    await answer(ada, decision["key"], "object", reason="Wait!")
    made = await done(olena.post(f"/decisions/{decision['key']}/decide", OUTCOME))
    assert [(each["member_id"], each["is_late"]) for each in made["inputs"]] == [
        (str(ada.member_id), True)
    ]
    states = {t["recipient_id"]: t["state"] for t in await timers_of(olena, decision)}
    assert states[str(mel.member_id)] == "cancelled"
    assert (await ada.put(f"/decisions/{decision['key']}/input", {"stance": "agree"})).is_error


async def test_of_two_who_decide_at_once_one_does_and_the_other_is_told(team: Team) -> None:
    olena, ada = team.owner, await member(team, "ada")
    key = (await opened(olena, ada, due=DUE))["key"]
    await answer(ada, key)
    async with acting(team, olena) as first:
        await deciding.decide(first, key, DecideIn(outcome="One.", rationale="First."))
        other = await meanwhile(first, _decides(team, olena, key))
    with pytest.raises(AlreadyDecided):
        await other
    assert (await seen(ada, key))["outcome"] == "One."
    assert (await told(team)).count("decision.decided") == 1


async def _decides(team: Team, person: Person, key: str) -> None:
    async with acting(team, person) as caller:
        await deciding.decide(caller, key, DecideIn(outcome="Two.", rationale="Second."))


async def test_an_input_that_comes_while_somebody_decides_is_no_part_of_the_record(
    team: Team,
) -> None:
    olena, ada, mel = team.owner, await member(team, "ada"), await member(team, "mel")
    key = (await opened(olena, ada, mel, due=DUE))["key"]
    team.clock.now = DUE
    async with acting(team, olena) as first:
        await deciding.decide(first, key, DecideIn(outcome="One.", rationale="First."))
        late = mel.put(f"/decisions/{key}/input", {"stance": "agree"})
        answered = await meanwhile(first, late)
    assert (await answered).status_code == 409
    assert (await seen(ada, key))["inputs"] == []


async def test_every_stakeholder_has_the_record_on_today_until_they_confirm(team: Team) -> None:
    olena, ada, mel = team.owner, await member(team, "ada"), await member(team, "mel")
    made = await decided(olena, ada, mel)
    path = f"/decisions/{made['key']}/read"
    (line,) = (await done(ada.get("/today")))["decisions_to_read"]
    assert line["decision"] == {
        "id": made["id"],
        "key": made["key"],
        "title": made["title"],
        "status": "decided",
    }
    assert (line["decided_by"]["handle"], line["project"]["key"]) == ("olena", "ABC")
    assert (await olena.put(path)).status_code == 403
    before = await head(team)
    read = await done(ada.put(path))
    assert {each["member_id"]: each["has_read"] for each in read["stakeholders"]} == {
        str(ada.member_id): True,
        str(mel.member_id): False,
    }
    await done(ada.put(path))
    assert [row.kind for row in await recorded(team, before)] == ["decision.read"]
    assert (await done(ada.get("/today")))["decisions_to_read"] == []
    assert len((await done(mel.get("/today")))["decisions_to_read"]) == 1
    undecided = await opened(olena, ada, due=DUE)
    assert (await ada.put(f"/decisions/{undecided['key']}/read")).status_code == 409


async def test_today_names_the_decision_that_waits_for_an_answer(team: Team) -> None:
    olena, ada = team.owner, await member(team, "ada")
    decision = await opened(olena, ada, due=DUE)
    (line,) = (await done(ada.get("/today")))["needs_you"]
    assert (line["decision"]["key"], line["decision"]["status"]) == (decision["key"], "open")
    assert (line["timer"]["kind"], line["task"]) == ("decision_input", None)
    news = (await done(ada.get("/today")))["since_you_left"]["lines"]
    (told_of,) = [each for each in news if each["decision"]]
    assert told_of["kinds"]["decision.opened"] == 1


async def test_who_decides_what_they_propose_waits_for_nobody_else(team: Team) -> None:
    olena, ada = team.owner, await member(team, "ada")
    decision = await opened(olena, ada, due=DUE)
    assert len((await done(olena.get("/today")))["waiting_for"]) == 1
    await answer(ada, decision["key"])
    shown = await done(olena.get("/today"))
    assert [line["timer"]["kind"] for line in shown["needs_you"]] == ["decision_outcome"]
    assert shown["waiting_for"] == []


async def test_the_proposer_withdraws_for_a_reason_and_nobody_is_asked_any_more(
    team: Team,
) -> None:
    ada, mel, tom = [await member(team, name) for name in ("ada", "mel", "tom")]
    decision = await opened(ada, mel, due=DUE, decider=tom)
    path = f"/decisions/{decision['key']}/withdraw"
    assert (await tom.post(path, {"reason": "No."})).status_code == 403
    assert "reason" in refused(await ada.post(path, {"reason": " "}))
    gone = await done(ada.post(path, {"reason": "The client has gone."}))
    assert (gone["status"], gone["withdrawal_reason"]) == ("withdrawn", "The client has gone.")
    assert (await done(ada.post(path, {"reason": "Again."})))["rev"] == gone["rev"]
    (timer,) = await timers_of(ada, decision)
    assert (timer["state"], timer["cancel_reason"]) == ("cancelled", "resolved")
    assert (await tom.post(f"/decisions/{decision['key']}/decide", OUTCOME)).status_code == 409
    made = await decided(ada, mel)
    assert (await team.owner.post(f"/decisions/{made['key']}/withdraw", {"reason": "."})).is_error


async def test_a_decision_is_looked_at_again_on_its_day_in_working_hours(
    team: Team, clock: MovableClock
) -> None:
    olena, ada = team.owner, await member(team, "ada")
    tom = await member(team, "tom", "N")
    made = await decided(olena, ada, decider=tom, review_on="2026-06-06")
    path = f"/decisions/{made['key']}/review"
    assert instant(made["review_due_at"]) == at("2026-06-08 09:00", "America/New_York")
    clock.now = at("2026-06-08 08:59", "America/New_York")
    assert await do_due(team) == 0
    assert (await done(tom.get("/today")))["reviews_due"] == []
    clock.now = at("2026-06-08 09:00", "America/New_York")
    before = await head(team)
    assert await do_due(team) == 1
    assert await do_due(team) == 0
    assert [row.kind for row in await recorded(team, before)] == ["decision.review_due"]
    (line,) = (await done(tom.get("/today")))["reviews_due"]
    assert (line["decision"]["key"], line["review_on"]) == (made["key"], "2026-06-06")
    assert (await ada.post(path, {"review_on": None})).status_code == 403
    assert "review_on" in refused(await tom.post(path, {"review_on": "2026-06-08"}))
    again = await done(tom.post(path, {"review_on": "2026-07-01"}))
    assert instant(again["review_due_at"]) == at("2026-07-01 09:00", "America/New_York")
    assert (await done(tom.get("/today")))["reviews_due"] == []
    assert await do_due(team) == 0
    clock.now = at("2026-07-02 09:00", "America/New_York")
    before = await head(team)
    assert (await do_due(team), await do_due(team)) == (1, 0)
    assert [row.kind for row in await recorded(team, before)] == ["decision.review_due"]


async def test_a_review_waits_for_who_is_off_when_its_instant_comes(
    team: Team, clock: MovableClock
) -> None:
    olena, ada = team.owner, await member(team, "ada")
    made = await decided(olena, ada, review_on="2026-06-08")
    clock.now = instant(made["review_due_at"])
    off = {"starts_on": "2026-06-08", "ends_on": "2026-06-09"}
    await done(olena.post(f"/members/{olena.member_id}/time-off", off))
    before = await head(team)
    await do_due(team)
    assert await recorded(team, before) == []
    assert instant((await seen(olena, made["key"]))["review_due_at"]) == at("2026-06-10 09:00")
    clock.now = at("2026-06-10 09:00")
    assert (await do_due(team), await do_due(team)) == (1, 0)
    assert [row.kind for row in await recorded(team, before)] == ["decision.review_due"]


async def test_tasks_belong_to_decisions_and_are_made_from_their_outcome(team: Team) -> None:
    olena, ada = team.owner, await member(team, "ada")
    made = await decided(olena, ada, is_public=True)
    path = f"/decisions/{made['key']}/tasks"
    other = await done(olena.post("/tasks", {"project": "ABC", "title": "Try it"}))
    before = await head(team)
    await done(olena.put(f"{path}/{other['key']}"))
    await done(olena.put(f"{path}/{other['key']}"))
    assert [row.kind for row in await recorded(team, before)] == ["decision.linked"]
    new = {"title": "Move the rows", "assignee_id": str(ada.member_id), "due_on": "2026-06-01"}
    task = await done(ada.post(path, new))
    assert (task["title"], task["due_on"]) == ("Move the rows", "2026-06-01")
    assert made["key"] in task["context"]
    assert task["request"].startswith("PostgreSQL")
    shown = (await seen(ada, made["key"]))["tasks"]
    assert [(each["key"], each["is_from_outcome"]) for each in shown] == [
        (other["key"], False),
        (task["key"], True),
    ]
    (linked,) = await done(ada.get(f"/tasks/{task['key']}/decisions"))
    assert (linked["decision"]["key"], linked["is_from_outcome"]) == (made["key"], True)
    await done(olena.delete(f"{path}/{other['key']}"))
    assert [each["key"] for each in (await seen(ada, made["key"]))["tasks"]] == [task["key"]]
    undecided = await draft(olena)
    assert (await olena.post(f"/decisions/{undecided['key']}/tasks", new)).status_code == 409


async def test_a_guest_sees_the_decisions_of_their_projects_and_no_task_of_others(
    team: Team,
) -> None:
    olena, ada, gus = team.owner, await member(team, "ada"), await team.add("gus", Role.GUEST)
    made = await decided(olena, ada, is_public=True)
    await done(olena.post("/projects", {"key": "XYZ", "name": "Other"}))
    hidden = await done(olena.post("/tasks", {"project": "XYZ", "title": "Hidden"}))
    await done(olena.put(f"/decisions/{made['key']}/tasks/{hidden['key']}"))
    assert (await gus.get(f"/decisions/{made['key']}/history")).status_code == 404
    await done(olena.put(f"/projects/ABC/people/{gus.member_id}"))
    assert (await seen(gus, made["key"]))["tasks"] == []
    assert (await gus.get(f"/tasks/{hidden['key']}/decisions")).status_code == 404
    assert (await gus.put(f"/decisions/{made['key']}/read")).status_code == 403


async def test_the_history_says_who_did_what_and_when(team: Team, clock: MovableClock) -> None:
    olena, ada = team.owner, await member(team, "ada")
    made = await decided(olena, ada)
    await done(ada.put(f"/decisions/{made['key']}/read"))
    rows: list[Json] = await done(ada.get(f"/decisions/{made['key']}/history"))
    assert [row["kind"].removeprefix("decision.") for row in rows] == [
        "read",
        "decided",
        "closed",
        "input_given",
        "opened",
        "created",
    ]
    assert rows[0]["member_id"] == str(ada.member_id)
    assert rows[1]["actor_id"] == str(olena.member_id)
    first = await ada.get(f"/decisions/{made['key']}/history", limit=2)
    assert [row["kind"] for row in first.json()] == ["decision.read", "decision.decided"]
