"""References: written once, kept true by their owners, found by name."""

from typing import Any

from dayline.identity.models import Role
from tests.clock import MovableClock
from tests.live import snapshot_of
from tests.recorded import recorded
from tests.references.desk import edit, explain, read, write
from tests.team import Person, Team
from tests.timers.desk import at, direct_topic, done, member, post, refused, task_topic

Json = dict[str, Any]


async def titles(person: Person, **filters: Any) -> list[str]:
    return [each["title"] for each in await done(person.get("/references", **filters))]


async def linked_from(person: Person, reference: Json) -> list[str]:
    """The topics from which a person sees links to a reference."""
    return [each["topic"]["id"] for each in (await read(person, reference))["linked_from"]]


async def test_a_reference_is_the_teams_and_no_guests(team: Team) -> None:
    sam, gus = await team.add("sam"), await team.add("gus", Role.GUEST)
    reference = await write(team.owner, owner_id=str(sam.member_id), review_on="2026-11-18")
    card = {
        "id": reference["id"],
        "title": "How VAT works",
        "former_titles": [],
        "owner_id": str(sam.member_id),
        "review_on": "2026-11-18",
        "stale": [],
        "created_at": "2026-05-18T07:00:00Z",
        "updated_at": "2026-05-18T07:00:00Z",
        "updated_by": str(team.owner.member_id),
        "deleted_at": None,
        "rev": 1,
    }
    assert reference == card | {
        "body": "Simply.",
        "body_html": "<p>Simply.</p>",
        "created_by": str(team.owner.member_id),
        "explanations": [],
        "linked_from": [],
        "linked_from_references": [],
    }
    assert await done(sam.get("/references")) == [card]
    assert (await snapshot_of(sam))["references"] == [card]
    assert (await snapshot_of(gus))["references"] == []
    assert (await gus.get("/references")).status_code == 403
    told = (await recorded(team))[-1]
    assert (told.audience.value, told.data) == ("team", {"reference": card})


async def test_titles_are_one_of_a_kind_and_can_be_written_in_a_link(team: Team) -> None:
    await write(team.owner)
    again = await team.owner.post("/references", {"title": "how  vat WORKS", "body": "No."})
    assert refused(again, 409) == {"title": "Another reference has this title. Choose another one."}
    bare = await team.owner.post("/references", {"title": "[VAT]", "body": "No."})
    assert list(refused(bare)) == ["title"]


async def test_words_and_filters_narrow_the_list(team: Team) -> None:
    sam = await team.add("sam")
    vat = await write(sam, "VAT", "100% reverse_charge")
    await write(team.owner, "Alpha", "Nothing")
    await done(team.owner.put(f"/references/{vat['id']}/stale", {"reason": "Old rates"}))
    assert await titles(sam) == ["Alpha", "VAT"]
    assert await titles(sam, q="0% VAT") == ["VAT"]
    assert await titles(sam, q="reverse%charge") == []
    assert await titles(sam, owner=str(sam.member_id)) == ["VAT"]
    assert await titles(sam, stale=False) == ["Alpha"]
    first = await sam.get("/references", limit=1)
    behind = await sam.http.get(first.links["next"]["url"])
    assert [each["title"] for each in behind.json()] == ["VAT"]


async def test_an_edit_is_a_revision_and_clears_what_was_stale(
    team: Team, clock: MovableClock
) -> None:
    sam = await team.add("sam")
    reference = await write(team.owner)
    marked = await done(sam.put(f"/references/{reference['id']}/stale", {"reason": "Wrong rate"}))
    assert [(each["marked_by"], each["reason"]) for each in marked["stale"]] == [
        (str(sam.member_id), "Wrong rate")
    ]
    owned = await edit(sam, marked, owner_id=str(sam.member_id))
    assert len(owned["stale"]) == 1
    assert (await sam.patch(f"/references/{reference['id']}", {"body": "X"}, 1)).status_code == 412
    clock.advance(hours=1)
    edited = await edit(sam, owned, body="20 %.")
    assert (edited["stale"], edited["updated_by"]) == ([], str(sam.member_id))
    path = f"/references/{reference['id']}/revisions"
    latest, first = await done(sam.get(path))
    assert [(each["number"], each["body"]) for each in (latest, first)] == [
        (2, "20 %."),
        (1, "Simply."),
    ]
    assert first["edited_by"] == str(team.owner.member_id)
    before = await recorded(team)
    await edit(sam, edited, body="20 %.")
    assert await recorded(team) == before


async def test_the_owner_looks_again_when_the_day_has_come_or_somebody_doubts(
    team: Team, clock: MovableClock
) -> None:
    sam = await member(team, "sam", "N")
    reference = await write(sam, review_on="2026-05-19")
    path = f"/references/{reference['id']}"

    async def due() -> list[str]:
        return [each["id"] for each in (await done(sam.get("/today")))["references_due"]]

    clock.now = at("2026-05-18 23:59", "America/New_York")
    assert await due() == []
    clock.now = at("2026-05-19 00:00", "America/New_York")
    assert await due() == [reference["id"]]
    await done(sam.put(f"{path}/review", {"review_on": "2026-11-19"}))
    assert await due() == []
    await done(team.owner.put(f"{path}/stale", {"reason": "Rates changed"}))
    assert await due() == [reference["id"]]
    reviewed = await done(sam.put(f"{path}/review", {"review_on": "2026-11-19"}))
    assert reviewed["stale"] == []
    assert await due() == []


async def test_links_are_found_where_they_stand_while_they_stand(team: Team) -> None:
    sam = await team.add("sam")
    topic = await task_topic(team.owner)
    message = await post(team.owner, topic, "See [[How VAT works]].")
    reference = await write(sam)
    assert await linked_from(sam, reference) == [topic]
    rev = message["rev"]
    await done(team.owner.patch(f"/messages/{message['id']}", {"body": "See `[[VAT]]`."}, rev))
    assert await linked_from(sam, reference) == []
    task = await done(team.owner.get("/tasks/ABC-1"))
    await done(team.owner.patch("/tasks/ABC-1", {"context": "[[how vat works]]"}, task["rev"]))
    assert await linked_from(sam, reference) == [topic]
    again = await post(team.owner, await task_topic(team.owner), "[[How VAT works]]")
    assert await linked_from(sam, reference) == [again["topic_id"], topic]
    await done(team.owner.put(f"/messages/{again['id']}/withdrawal"))
    assert await linked_from(sam, reference) == [topic]
    other = await write(sam, "Taxes", "[[How VAT works]], [[Taxes]]")
    shown = await read(sam, reference)
    assert shown["linked_from_references"] == [{"id": other["id"], "title": "Taxes"}]


async def test_a_decision_links_by_what_it_says(team: Team) -> None:
    reference = await write(team.owner)
    await task_topic(team.owner)
    new = {"project": "ABC", "title": "Raise prices", "context": "See [[How VAT works]]."}
    decision = await done(team.owner.post("/decisions", new))
    (place,) = (await read(team.owner, reference))["linked_from"]
    assert place["decision"]["key"] == decision["key"]


async def test_a_link_in_a_direct_topic_is_its_participants(team: Team) -> None:
    sam, eve = await team.add("sam"), await team.add("eve")
    reference = await write(sam)
    topic = await direct_topic(team.owner, sam)
    await post(team.owner, topic, "[[How VAT works]]")
    assert await linked_from(sam, reference) == [topic]
    assert await linked_from(eve, reference) == []


async def test_links_by_an_earlier_title_lead_on_until_another_takes_it(team: Team) -> None:
    topic = await task_topic(team.owner)
    await post(team.owner, topic, "[[How VAT works]]")
    reference = await write(team.owner)
    renamed = await edit(team.owner, reference, title="VAT in the EU")
    assert renamed["former_titles"] == ["How VAT works"]
    assert await linked_from(team.owner, renamed) == [topic]
    later = await write(team.owner)
    assert await linked_from(team.owner, later) == [topic]
    assert (await read(team.owner, renamed))["former_titles"] == []
    recased = await edit(team.owner, later, title="How Vat works")
    assert recased["former_titles"] == []


async def test_a_reference_is_deleted_by_its_owner_and_leaves_its_subject_open(team: Team) -> None:
    sam, eve = await team.add("sam"), await team.add("eve")
    noted = await explain(sam)
    reference = await write(sam, "VAT", subject_id=noted["subject"]["id"])
    path = f"/references/{reference['id']}"
    new = {"title": "Other", "body": "X", "subject_id": noted["subject"]["id"]}
    slower = await eve.post("/references", new)
    assert slower.json()["type"] == "urn:dayline:problem:already-answered"
    answer = await eve.delete(path)
    assert answer.json()["type"] == "urn:dayline:problem:owner-or-admin-only"
    await done(sam.delete(path))
    assert (await recorded(team))[-1].data["reference"]["deleted_at"] is not None
    assert (await sam.get(path)).status_code == 404
    assert len(await done(sam.get("/subjects"))) == 1
    assert (await write(eve, "VAT"))["rev"] == 1


async def test_a_title_answers_what_was_explained_in_words_like_it(team: Team) -> None:
    await explain(team.owner, "How VAT works for EU customers")
    reference = await write(team.owner, "VAT for EU customers")
    assert [each["words"] for each in reference["explanations"]] == [
        "How VAT works for EU customers"
    ]
    assert await done(team.owner.get("/subjects")) == []


async def test_guests_and_those_who_left_own_nothing(team: Team) -> None:
    gus = await team.add("gus", Role.GUEST)
    new = {"title": "VAT", "body": "X", "owner_id": str(gus.member_id)}
    assert list(refused(await team.owner.post("/references", new))) == ["owner_id"]
