"""What was decided and what was written down is found: references before everything else."""

from dayline.identity.models import Role
from tests.decisions.desk import decided, draft
from tests.search.desk import search, shown, task, titles
from tests.team import Team
from tests.timers.desk import done, member


async def test_a_decision_is_found_by_its_texts_and_first_by_its_key(team: Team) -> None:
    olena, ada = team.owner, await member(team, "ada")
    made = await decided(olena, ada, title="Where to keep falcons")
    await draft(olena, title="Falcons again", context="See DEC-1.", recommendation="Move.")
    (hit,) = await search(ada, "we know it", kind="decision")
    assert (hit["kind"], hit["decision"]["key"]) == ("decision", made["key"])
    assert (hit["decision"]["status"], hit["project"]["key"]) == ("decided", "ABC")
    assert shown(hit["excerpt"]).startswith("[We] [know] [it].")
    assert (await titles(ada, "dec-1"))[0] == "Where to keep falcons"
    kinds = [found["kind"] for found in await search(ada, "falcons")]
    assert kinds.count("decision") == 2
    assert "topic" not in kinds


async def test_a_guest_finds_the_public_decisions_of_their_projects_alone(team: Team) -> None:
    gus, ada = await team.add("gus", Role.GUEST), await member(team, "ada")
    await decided(team.owner, ada, title="Where to keep falcons", is_public=True)
    await decided(team.owner, ada, title="What falcons may cost")
    assert await search(gus, "falcons", kind="decision") == []
    await done(team.owner.put(f"/projects/ABC/people/{gus.member_id}"))
    assert await titles(gus, "falcons", kind="decision") == ["Where to keep falcons"]
    assert await search(gus, "DEC-1") != []
    assert await search(gus, "DEC-2") == []


async def test_references_come_before_everything_else_and_guests_find_none(team: Team) -> None:
    gus = await team.add("gus", Role.GUEST)
    await task(team.owner, "Falcon falcon falcon")
    new = {"title": "How we fly", "body": "A long text in which a falcon occurs once."}
    await done(team.owner.post("/references", new))
    falcon = await member(team, "falcon")
    found = await search(falcon, "falcon")
    assert [hit["kind"] for hit in found][:2] == ["reference", "member"]
    assert shown(found[0]["excerpt"]).endswith("a [falcon] occurs once.")
    assert found[0]["project"] is None
    in_project = await search(falcon, "falcon", project="ABC")
    assert "reference" not in [hit["kind"] for hit in in_project]
    assert await search(gus, "falcon", kind="reference") == []
