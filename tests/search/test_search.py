"""What is found, in which order, by whom, and how it is shown."""

from uuid import uuid4

import pytest

from dayline.identity.models import Role
from tests.calendars.counting import statements
from tests.search.desk import search, shown, task, titles
from tests.team import Team
from tests.timers.desk import direct_topic, done, post, refused


async def test_a_task_says_where_it_matches(team: Team) -> None:
    made = await task(
        team.owner, "Deploy on Friday", context="Why we deploy:\n\n*deployments* rot."
    )
    (hit,) = await search(team.owner, "deploy")
    assert shown(hit["title"]) == "[Deploy] on Friday"
    assert shown(hit["excerpt"]) == "Why we [deploy]: [deployments] rot."
    assert (hit["kind"], hit["id"], hit["at"]) == ("task", made["id"], made["created_at"])
    assert (hit["task"]["key"], hit["project"]["key"]) == ("ABC-1", "ABC")
    assert hit["topic"]["id"] == made["topic_id"]


async def test_every_kind_is_found_with_its_place(team: Team) -> None:
    made = await task(team.owner, "Other", project="ABC")
    message = await post(team.owner, made["topic_id"], "The falcon has landed")
    await done(team.owner.post("/projects", {"key": "FAL", "name": "Falcon"}))
    topic = await done(team.owner.post("/projects/FAL/topics", {"title": "Which falcon"}))
    member = await team.add("falcon")
    found = {hit["kind"]: hit for hit in await search(team.owner, "falcon")}
    assert {kind: hit["id"] for kind, hit in found.items()} == {
        "message": message["id"],
        "project": found["project"]["project"]["id"],
        "topic": topic["id"],
        "member": str(member.member_id),
    }
    assert found["message"]["task"]["key"] == "ABC-1"
    assert found["message"]["author_id"] == str(team.owner.member_id)
    assert shown(found["message"]["title"]) == "Other"
    assert shown(found["message"]["excerpt"]) == "The [falcon] has landed"
    assert found["topic"]["project"]["key"] == "FAL"
    assert found["member"]["handle"] == "falcon"


@pytest.mark.parametrize(
    ("written", "q"),
    [
        ("Release the kraken", "KRAKEN release"),
        ("Release the kraken", "the krak"),
        ("Café Zoë", "cafe zoe"),
        ("Cafe", "café"),
        ("Перевірка Київ", "київ перев"),
        ("Ελληνικά", "ελλη"),
        ("see example.org/path/file_name.txt", "file name"),
        ("e-mail a.b@example.org", "example"),
        ("version 2.10", "2.10"),
        ("Straße", "STRAß"),
        ("ABC-12 blocks it", "abc 12"),
        ("数据库 迁移", "数据"),
        ("12e45 parts", "12e4"),
    ],
)
async def test_words_in_any_order_case_and_accent(team: Team, written: str, q: str) -> None:
    await task(team.owner, written)
    await task(team.owner, "Something else")
    assert await titles(team.owner, q) == [written]


@pytest.mark.parametrize("q", ["krakens", "releas the", "kr the", "r", "   ", "?!*", "&|!:", "''"])
async def test_all_words_must_occur_and_only_the_last_may_go_on(team: Team, q: str) -> None:
    await task(team.owner, "Release the kraken")
    assert await titles(team.owner, q) == []


async def test_a_key_finds_its_task_first(team: Team) -> None:
    first = await task(team.owner, "Mentioned by the other")
    await task(team.owner, "ABC-1 must wait", context="ABC-1 ABC-1 ABC-1")
    found = await search(team.owner, " abc-1 ")
    assert [hit["task"]["key"] for hit in found] == ["ABC-1", "ABC-2"]
    assert found[0]["id"] == first["id"]
    assert await titles(team.owner, "ABC-9") == []
    assert await titles(team.owner, "abc-1", kind="message") == []


async def test_titles_come_before_texts_and_the_newest_first(team: Team) -> None:
    for title, context in (("Old", "falcon"), ("Falcon", ""), ("New", "falcon")):
        await task(team.owner, title, context=context)
    assert await titles(team.owner, "falcon") == ["Falcon", "New", "Old"]


async def test_one_kind_one_project_so_many(team: Team) -> None:
    for project in ("ABC", "DEF"):
        made = await task(team.owner, f"Falcon of {project}", project)
        await post(team.owner, made["topic_id"], "A falcon")
    direct = await direct_topic(team.owner, await team.add("sam"))
    await post(team.owner, direct, "Our falcon")
    assert await titles(team.owner, "falcon", kind="task") == ["Falcon of DEF", "Falcon of ABC"]
    here = await search(team.owner, "falcon", kind=["task", "message"], project="abc")
    assert [(hit["kind"], hit["project"]["key"]) for hit in here] == [
        ("task", "ABC"),
        ("message", "ABC"),
    ]
    assert len(await search(team.owner, "falcon", limit=2)) == 2
    assert len(await search(team.owner, "falcon")) == 5
    assert refused(await team.owner.get("/search", q="a", kind="person")).keys() == {"kind.0"}
    assert (await team.owner.get("/search", q="a", project="NONE")).status_code == 404


async def test_what_changed_is_found_as_it_is(team: Team) -> None:
    made = await task(team.owner, "Falcon")
    message = await post(team.owner, made["topic_id"], "A sparrow")
    await done(team.owner.patch("/tasks/ABC-1", {"title": "Eagle"}, 1))
    await done(team.owner.put(f"/messages/{message['id']}/withdrawal"))
    assert await titles(team.owner, "falcon") == await titles(team.owner, "sparrow") == []
    assert await titles(team.owner, "eagle") == ["Eagle"]


async def test_direct_topics_stay_with_those_who_take_part(team: Team) -> None:
    sam, eve = await team.add("sam"), await team.add("eve")
    direct = await done(
        sam.post("/direct-topics", {"participants": [str(eve.member_id)], "title": "Falcon talk"})
    )
    await post(sam, direct["id"], "The falcon is ours")
    assert [hit["kind"] for hit in await search(eve, "falcon")] == ["topic", "message"]
    assert await search(team.owner, "falcon") == []


async def test_a_guest_finds_what_they_see(team: Team) -> None:
    gus, other = await team.add("gus", Role.GUEST), await team.add("falcon", Role.GUEST)
    for project in ("ABC", "DEF"):
        made = await task(team.owner, f"Falcon of {project}", project, context="falcon")
        await post(team.owner, made["topic_id"], "falcon")
    assert await search(gus, "falcon") == []
    await done(team.owner.put(f"/projects/ABC/people/{gus.member_id}"))
    found = await search(gus, "falcon")
    assert [(hit["kind"], hit["project"]["key"]) for hit in found] == [
        ("task", "ABC"),
        ("message", "ABC"),
    ]
    assert (await gus.get("/search", q="falcon", project="DEF")).status_code == 404
    assert await titles(gus, "DEF-1") == []
    assert str(other.member_id) in [hit["id"] for hit in await search(team.owner, "falcon")]


async def test_nothing_of_another_workspace_is_found(team: Team) -> None:
    other = await Team.create(team.app, team.clock)
    word = f"w{uuid4().hex}"
    made = await task(other.owner, word)
    await post(other.owner, made["topic_id"], word)
    assert len(await search(other.owner, word)) == 2
    assert await search(team.owner, word) == []
    await other.close()


async def test_long_texts_are_kept_and_found_up_to_their_fifty_thousandth_character(
    team: Team,
) -> None:
    many = " ".join(chr(code) for code in range(0x4E00, 0x4E00 + 9990))
    points = dict.fromkeys(("context", "request", "deadline", "options", "authority"), many)
    await task(team.owner, "Long", **points)
    assert await titles(team.owner, chr(0x4E00)) == ["Long"]


async def test_the_number_of_statements_does_not_grow_with_the_hits(team: Team) -> None:
    counts = []
    for count in (1, 5):
        for _ in range(count):
            made = await task(team.owner, "Falcon")
            await post(team.owner, made["topic_id"], "falcon")
        with statements(team) as sent:
            await search(team.owner, "falcon")
        counts.append(len(sent))
    assert counts[0] == counts[1] <= 7
