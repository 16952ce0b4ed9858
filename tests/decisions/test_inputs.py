"""Input: what ends a stakeholder's time, what is late, and what is history."""

from datetime import timedelta

from tests.clock import MovableClock
from tests.decisions.desk import answer, asked, draft, opened, seen, timers_of, told
from tests.team import Team
from tests.timers.desk import at, done, instant, member, post, refused, sweep

DUE = at("2026-05-20 22:00")


async def test_only_an_input_ends_the_time_of_a_stakeholder_and_no_comment_does(
    team: Team,
) -> None:
    olena, ada, mel = team.owner, await member(team, "ada"), await member(team, "mel")
    decision = await opened(olena, ada, mel, due=DUE)
    mine = [t for t in await timers_of(ada, decision) if t["recipient_id"] == str(ada.member_id)]
    path = f"/timers/{mine[0]['id']}"
    await post(ada, decision["topic_id"], "I am not sure.")
    promise = {"promised_at": at("2026-05-19 12:00").isoformat()}
    assert (await ada.put(f"{path}/acknowledgement", promise)).status_code == 409
    assert (await ada.put(f"{path}/pause", {"reason": "Waiting"})).status_code == 409
    assert (await done(ada.get(path)))["state"] == "open"
    await answer(ada, decision["key"], minutes=5)
    assert (await done(ada.get(path)))["state"] == "responded"
    states = [timer["state"] for timer in await timers_of(ada, decision)]
    assert sorted(states) == ["open", "responded"]


async def test_an_answer_fits_what_was_asked_and_says_why_it_objects(team: Team) -> None:
    olena, ada, mel = team.owner, await member(team, "ada"), await member(team, "mel")
    people = [*asked(ada), *asked(mel, asked_for="approval")]
    decision = await opened(olena, due=DUE, stakeholders=people)
    path = f"/decisions/{decision['key']}/input"
    assert "stance" in refused(await ada.put(path, {"stance": "approve", "reason": ""}))
    assert "stance" in refused(await mel.put(path, {"stance": "agree"}))
    for stance in ("object", "reject", "prefer"):
        assert (await ada.put(path, {"stance": stance})).status_code == 422
    elsewhere = (await draft(olena))["options"][0]["id"]
    wrong = {"stance": "prefer", "option_id": elsewhere}
    assert "option_id" in refused(await ada.put(path, wrong))
    assert (await olena.put(path, {"stance": "agree"})).status_code == 403
    option = decision["options"][1]["id"]
    given = await answer(ada, decision["key"], "prefer", option_id=option, reason="It is *small*.")
    assert given["inputs"][0]["option_id"] == option
    assert "<em>small</em>" in given["inputs"][0]["reason_html"]


async def test_another_answer_takes_the_place_of_the_first_which_stays_as_history(
    team: Team, clock: MovableClock
) -> None:
    olena, ada, mel = team.owner, await member(team, "ada"), await member(team, "mel")
    decision = await opened(olena, ada, mel, due=DUE)
    key = decision["key"]
    first = await answer(ada, key, "object", reason="It is slow.")
    assert (await answer(ada, key, "object", reason="It is slow."))["rev"] == first["rev"]
    clock.advance(minutes=30)
    changed = await answer(ada, key, "agree", minutes=15)
    assert [each["stance"] for each in changed["inputs"]] == ["agree"]
    assert changed["figures"]["person_minutes"] == 15
    history = await done(mel.get(f"/decisions/{key}/inputs"))
    assert [(each["stance"], each["replaced_at"] is None) for each in history] == [
        ("object", False),
        ("agree", True),
    ]
    assert await told(team) == [
        "decision.created",
        "decision.opened",
        "decision.input_given",
        "decision.input_given",
    ]


async def test_what_comes_after_the_deadline_is_kept_apart_and_changes_no_deadline(
    team: Team, clock: MovableClock
) -> None:
    olena, ada, mel = team.owner, await member(team, "ada"), await member(team, "mel")
    decision = await opened(olena, ada, mel, due=DUE)
    key = decision["key"]
    clock.now = DUE
    in_time = await answer(ada, key)
    assert in_time["inputs"][0]["is_late"] is False
    clock.advance(minutes=5)
    late = await answer(mel, key)
    assert [each["is_late"] for each in late["inputs"]] == [False, True]
    assert instant(late["closed_at"]) == DUE
    (timer,) = [t for t in await timers_of(mel, late) if t["recipient_id"] == str(mel.member_id)]
    assert instant(timer["breached_at"]) == DUE
    assert timer["state"] == "responded"


async def test_the_deadline_moves_for_a_reason_and_with_it_what_still_waits(
    team: Team, clock: MovableClock
) -> None:
    olena, ada, mel = team.owner, await member(team, "ada"), await member(team, "mel")
    decision = await opened(olena, ada, mel, due=DUE)
    path, later = f"/decisions/{decision['key']}/extend", at("2026-05-21 18:00")
    wanted = {"input_due_at": later.isoformat(), "reason": "Tom is back on Thursday"}
    assert (await ada.post(path, wanted)).status_code == 403
    assert refused(await olena.post(path, {**wanted, "input_due_at": DUE.isoformat()}))
    await answer(ada, decision["key"])
    extended = await done(olena.post(path, wanted))
    assert instant(extended["input_due_at"]) == later
    assert [each["reason"] for each in extended["extensions"]] == ["Tom is back on Thursday"]
    due = {t["recipient_id"]: instant(t["due_at"]) for t in await timers_of(olena, decision)}
    assert due == {str(ada.member_id): DUE, str(mel.member_id): later}
    clock.now = later
    again = {**wanted, "input_due_at": at("2026-05-22 18:00").isoformat()}
    assert (await olena.post(path, again)).status_code == 409


async def test_a_deadline_that_moves_does_not_warn_in_the_past(
    team: Team, clock: MovableClock
) -> None:
    """Its share of the time has run out by then: it warns at once, or when they next work."""
    olena, ada = team.owner, await member(team, "ada")
    for now, later, warns in (
        ("2026-05-20 17:30", "2026-05-20 18:30", "2026-05-20 17:30"),
        ("2026-05-20 21:30", "2026-05-21 09:30", "2026-05-21 09:00"),
        ("2026-05-20 21:30", "2026-05-20 23:30", None),
    ):
        clock.now = at("2026-05-18 10:00")
        decision = await opened(olena, ada, due=at(now) + timedelta(minutes=30))
        clock.now = at(now)
        wanted = {"input_due_at": at(later).isoformat(), "reason": "A little more"}
        await done(olena.post(f"/decisions/{decision['key']}/extend", wanted))
        (timer,) = await timers_of(olena, decision)
        assert instant(timer["due_at"]) == at(later)
        assert (timer["warn_at"] and instant(timer["warn_at"])) == (warns and at(warns))


async def test_a_deadline_that_moves_does_not_warn_a_second_time(
    team: Team, clock: MovableClock
) -> None:
    olena, ada = team.owner, await member(team, "ada")
    decision = await opened(olena, ada, due=at("2026-05-20 18:00"))
    clock.now = at("2026-05-20 17:30")
    assert await sweep(team) == 1
    (warned,) = await timers_of(olena, decision)
    wanted = {"input_due_at": at("2026-05-22 18:00").isoformat(), "reason": "Two days more"}
    await done(olena.post(f"/decisions/{decision['key']}/extend", wanted))
    (timer,) = await timers_of(olena, decision)
    assert timer["warn_at"] == warned["warn_at"]
    clock.now = at("2026-05-22 17:30")
    assert await sweep(team) == 0


async def test_a_calendar_moves_the_warning_of_a_stakeholder_and_never_the_deadline(
    team: Team,
) -> None:
    olena, ada = team.owner, await member(team, "ada")
    decision = await opened(olena, ada, due=DUE)
    (before,) = await timers_of(olena, decision)
    leave = {"starts_on": "2026-05-19", "ends_on": "2026-05-19"}
    await done(ada.post(f"/members/{ada.member_id}/time-off", leave))
    (after,) = await timers_of(olena, decision)
    assert after["due_at"] == before["due_at"]
    assert instant(before["warn_at"]) == at("2026-05-20 11:30")  # 19.5 of 26 hours
    assert instant(after["warn_at"]) == at("2026-05-20 13:45")  # 12.75 of 17 hours
    explained = await done(ada.get(f"/timers/{after['id']}/explanation"))
    assert explained["counted_s"] == 17 * 3600


async def test_lists_show_what_waits_for_whom(team: Team, clock: MovableClock) -> None:
    olena, ada, mel = team.owner, await member(team, "ada"), await member(team, "mel")
    first = await opened(olena, ada, mel, due=DUE)
    second = await draft(olena, ada)

    async def keys(person: object, **query: object) -> list[str]:
        found = await done(person.get("/decisions", **query))  # type: ignore[attr-defined]
        return [each["key"] for each in found]

    assert await keys(olena) == [second["key"], first["key"]]
    assert await keys(ada, waiting="me") == [first["key"]]
    assert await keys(olena, status="draft", project="ABC") == [second["key"]]
    await answer(ada, first["key"])
    assert await keys(ada, waiting="me") == []
    assert await keys(olena, waiting="me") == []
    await answer(mel, first["key"])
    assert await keys(olena, waiting="me") == [first["key"]]
    clock.now = at("2026-05-21 10:00")
    assert await keys(olena, overdue=True) == [first["key"]]
    assert await keys(olena, overdue=False) == [second["key"]]
    assert (await seen(olena, first["key"]))["closed_at"] is not None
