"""Explanations noted in a line, and the reference that is asked for when one comes up too often."""

import asyncio
from typing import Any

from dayline.core.likeness import letters
from dayline.kernel.db.database import Scope, enter_workspace
from dayline.kernel.db.ids import new_id
from dayline.references.models import Explanation, Subject
from tests.clock import MovableClock
from tests.recorded import kinds, recorded
from tests.references.desk import explain, read, write
from tests.team import Person, Team
from tests.timers.desk import at, direct_topic, done, instant, member, post, refused, task_topic

Json = dict[str, Any]


async def wanted_of(person: Person) -> list[Json]:
    """What a member is asked to write down, as Today says it."""
    shown: list[Json] = (await done(person.get("/today")))["references_wanted"]
    return shown


async def similar(person: Person, words: str) -> Json:
    found: Json = await done(person.get("/references/similar", subject=words))
    return found


async def test_worked_case_20_the_third_asks_once_and_the_fourth_links(
    team: Team, clock: MovableClock
) -> None:
    olena, sam = await member(team, "olenka"), await member(team, "sam")
    clock.now = at("2026-05-04 11:00")
    await explain(olena, "How VAT works for EU customers")
    clock.now = at("2026-05-11 15:00")
    second = await explain(sam, "VAT for EU customers")
    assert second["is_wanted"] is False
    told = (await similar(olena, "vat of EU customers"))["subject"]["explanations"]
    assert [(each["explained_by"], each["explained_local"][:10]) for each in told] == [
        (str(olena.member_id), "2026-05-04"),
        (str(sam.member_id), "2026-05-11"),
    ]
    clock.now = at("2026-05-18 10:00")
    third = await explain(sam, "Why EU customers pay VAT")
    assert third["is_wanted"] is True
    (asked,) = [event for event in await recorded(team) if event.kind == "reference.wanted"]
    assert (asked.audience.value, asked.audience_id) == ("member", sam.member_id)
    assert [(each["words"], each["explained"]) for each in await wanted_of(sam)] == [
        ("Why EU customers pay VAT", 3)
    ]
    assert await wanted_of(olena) == []
    draft = await done(sam.get(f"/subjects/{third['subject']['id']}/draft"))
    reference = await write(sam, **draft, subject_id=third["subject"]["id"])
    assert len(reference["explanations"]) == 3
    assert await wanted_of(sam) == []
    clock.now = at("2026-05-25 10:00")
    fourth = await explain(olena, "EU customers and VAT")
    assert fourth["explanation"]["reference_id"] == reference["id"]
    assert fourth["is_wanted"] is False
    assert len((await read(sam, reference))["explanations"]) == 4


async def test_one_is_asked_in_ones_own_hours_and_only_once(
    team: Team, clock: MovableClock
) -> None:
    sam, eve = await member(team, "sam"), await member(team, "eve")
    clock.now = at("2026-05-22 20:00")
    for _ in range(3):
        noted = await explain(sam)
    assert instant(noted["subject"]["wanted_from"]) == at("2026-05-25 09:00")
    assert await wanted_of(sam) == []
    clock.now = at("2026-05-25 09:00")
    assert len(await wanted_of(sam)) == 1
    assert (await explain(eve))["is_wanted"] is False
    assert await wanted_of(eve) == []
    assert (await kinds(team, 0)).count("reference.wanted") == 1


async def test_a_subject_that_needs_no_reference_is_declined_for_good(team: Team) -> None:
    for _ in range(3):
        noted = await explain(team.owner)
    path = f"/subjects/{noted['subject']['id']}/refusal"
    await done(team.owner.put(path))
    assert await wanted_of(team.owner) == []
    assert (await explain(team.owner))["is_wanted"] is False
    before = await recorded(team)
    await done(team.owner.put(path))
    assert await recorded(team) == before


async def test_racing_explanations_of_a_new_subject_are_of_one(team: Team) -> None:
    people = [await team.add(f"sam{number}") for number in range(3)]
    noted = await asyncio.gather(*(explain(person) for person in people))
    assert len({each["subject"]["id"] for each in noted}) == 1
    assert sorted(each["is_wanted"] for each in noted) == [False, False, True]


async def test_what_is_less_alike_is_another_subject_unless_one_says_so(team: Team) -> None:
    bank = await explain(team.owner, "Refund a bank payment")
    found = await similar(team.owner, "Refund a card payment")
    assert found["subject"] is None
    assert [each["id"] for each in found["near"]] == [bank["subject"]["id"]]
    card = await explain(team.owner, "Refund a card payment")
    assert card["subject"]["id"] != bank["subject"]["id"]
    named = await explain(team.owner, "Money back", subject_id=bank["subject"]["id"])
    assert [each["words"] for each in named["subject"]["explanations"]] == [
        "Refund a bank payment",
        "Money back",
    ]
    strange = {"words": "Money back", "subject_id": str(team.workspace_id)}
    assert list(refused(await team.owner.post("/explanations", strange))) == ["subject_id"]


async def test_a_reference_that_is_there_answers_by_its_title_before_anybody_explains(
    team: Team,
) -> None:
    reference = await write(team.owner, "How VAT works for EU customers")
    found = await similar(team.owner, "VAT for EU customers")
    assert [each["id"] for each in found["references"]] == [reference["id"]]
    for _ in range(3):
        noted = await explain(team.owner, "VAT for EU customers")
    assert noted["subject"]["reference_id"] == reference["id"]
    assert await wanted_of(team.owner) == []


async def test_a_note_is_taken_back_by_its_author_and_with_it_what_it_asked_for(
    team: Team,
) -> None:
    sam = await team.add("sam")
    for _ in range(3):
        noted = await explain(sam)
    path = f"/explanations/{noted['explanation']['id']}"
    answer = await team.owner.delete(path)
    assert answer.json()["type"] == "urn:dayline:problem:not-your-explanation"
    await done(sam.delete(path))
    assert await wanted_of(sam) == []
    assert (await explain(sam))["is_wanted"] is True
    only = await explain(sam, "Something else")
    await done(sam.delete(f"/explanations/{only['explanation']['id']}"))
    listed = await done(sam.get("/subjects"))
    assert [len(each["explanations"]) for each in listed] == [3]


async def test_where_it_came_up_is_shown_to_those_who_see_it(team: Team) -> None:
    sam = await team.add("sam")
    eve = await team.add("eve")
    topic = await direct_topic(team.owner, sam)
    message = await post(sam, topic, "Reverse charge.\nAlways.")
    direct = await explain(team.owner, message_id=message["id"])
    assert (direct["explanation"]["topic_id"], direct["explanation"]["project_id"]) == (topic, None)
    assert "topic_id" not in (await recorded(team))[-1].data["explanation"]
    task = await task_topic(team.owner)
    noted = await explain(eve, topic_id=task)
    assert noted["explanation"]["project_id"] is not None
    shown = [each["topic_id"] for each in noted["subject"]["explanations"]]
    assert shown == [None, task]
    draft = f"/subjects/{noted['subject']['id']}/draft"
    to_eve, to_sam = (await done(eve.get(draft)))["body"], (await done(sam.get(draft)))["body"]
    assert to_sam.startswith("> Reverse charge.\n> Always.\n\nExplained by talking:\n\n- 18 May")
    assert f"in [ABC-1 A task](http://localhost:8080/w/{team.slug}/tasks/ABC-1)" in to_eve
    assert "Reverse" not in to_eve
    assert topic not in to_eve
    seen_by_none = await eve.post("/explanations", {"words": "VAT", "topic_id": topic})
    assert list(refused(seen_by_none)) == ["topic_id"]


async def test_projects_are_named_by_key(team: Team) -> None:
    await task_topic(team.owner)
    noted = await explain(team.owner, project="abc")
    assert noted["explanation"]["project_id"] is not None
    answer = await team.owner.post("/explanations", {"words": "VAT", "project": "NONE"})
    assert list(refused(answer)) == ["project"]


async def test_among_thousands_the_same_subject_is_found_and_the_server_waits_for_nothing(
    team: Team,
) -> None:
    """The watchdog fails this where all of them are compared on the event loop."""
    first = await explain(team.owner, "Restoring the nightly backup")
    await _explain_much(team, 2_500)
    found = await similar(team.owner, "how do we restore a nightly backup?")
    assert found["subject"] is None, "it lies further back than is looked"
    again = await explain(team.owner, "Restoring the nightly backup")
    assert again["subject"]["id"] != first["subject"]["id"]
    found = await similar(team.owner, "how do we restore a nightly backup?")
    assert found["subject"]["id"] == again["subject"]["id"]


async def _explain_much(team: Team, number: int) -> None:
    """Explanations of as many subjects, later than what there is; each in ten of 60 words."""
    async with team.app.state.sessions() as session, session.begin():
        await enter_workspace(session, Scope(team.workspace_id, team.clock.now, None))
        subjects = [Subject(workspace_id=team.workspace_id, id=new_id()) for _ in range(number)]
        session.add_all(subjects)
        await session.flush()
        team.clock.advance(seconds=1)
        for place, subject in enumerate(subjects):
            words = " ".join(f"topic{place * step % 61}" for step in range(1, 11))
            session.add(
                Explanation(
                    workspace_id=team.workspace_id,
                    subject_id=subject.id,
                    words=words,
                    letters=letters(words),
                    explained_by=team.owner.member_id,
                    explained_at=team.clock.now,
                )
            )
    team.clock.advance(seconds=1)
