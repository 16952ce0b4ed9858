"""Later decisions supersede and amend earlier ones: both ways, and once they are decided."""

from typing import Any

from tests.clock import MovableClock
from tests.decisions.desk import answer, decided, draft, opened, seen
from tests.recorded import head, recorded
from tests.team import Team
from tests.timers.desk import at, done, member, refused

Json = dict[str, Any]


def shown(relations: list[Json]) -> list[tuple[str, bool]]:
    return [(each["key"], each["is_in_force"]) for each in relations]


async def test_a_later_decision_takes_the_place_of_an_earlier_one_once_it_is_decided(
    team: Team,
) -> None:
    olena, ada = team.owner, await member(team, "ada")
    first = await decided(olena, ada)
    second = await opened(
        olena, ada, due=at("2026-05-20 22:00"), title="Elsewhere", supersedes=[first["key"]]
    )
    proposed = await seen(ada, first["key"])
    assert proposed["superseded_by"] is None
    assert shown(proposed["superseded_by_all"]) == [(second["key"], False)]
    await answer(ada, second["key"])
    before = await head(team)
    said = {"outcome": "Elsewhere.", "rationale": "It is full."}
    made = await done(olena.post(f"/decisions/{second['key']}/decide", said))
    assert shown(made["supersedes"]) == [(first["key"], True)]
    replaced = await seen(ada, first["key"])
    assert replaced["superseded_by"] == second["key"]
    assert shown(replaced["superseded_by_all"]) == [(second["key"], True)]
    assert replaced["rev"] == proposed["rev"]
    (told,) = [row for row in await recorded(team, before) if row.kind == "decision.changed"]
    assert (told.data["decision"]["key"], told.data["changed"]) == (first["key"], ["superseded_by"])


async def test_a_chain_is_followed_step_by_step_both_ways(team: Team) -> None:
    olena, ada = team.owner, await member(team, "ada")
    first = await decided(olena, ada)
    second = await decided(olena, ada, supersedes=[first["key"]])
    third = await decided(olena, ada, supersedes=[second["key"]], amends=[first["key"]])
    one, two, three = [await seen(ada, each["key"]) for each in (first, second, third)]
    assert (one["superseded_by"], two["superseded_by"]) == (second["key"], third["key"])
    assert three["superseded_by"] is None
    assert shown(one["amended_by"]) == shown(two["superseded_by_all"]) == [(third["key"], True)]
    assert shown(three["supersedes"]) == [(second["key"], True)]
    assert shown(three["amends"]) == [(first["key"], True)]


async def test_only_what_is_decided_and_seen_can_be_superseded(team: Team) -> None:
    olena, ada = team.owner, await member(team, "ada")
    undecided = await draft(olena, ada)
    new = {"project": "ABC", "title": "Later", "supersedes": [undecided["key"], "DEC-999"]}
    assert refused(await olena.post("/decisions", new)) == {
        "supersedes.0": "Pick a decision that’s already made.",
        "supersedes.1": "Enter the key of a decision you have access to.",
    }


async def test_a_withdrawn_one_leaves_the_earlier_one_in_force(
    team: Team, clock: MovableClock
) -> None:
    olena, ada = team.owner, await member(team, "ada")
    first = await decided(olena, ada)
    second = await draft(olena, ada, supersedes=[first["key"]])
    await done(olena.post(f"/decisions/{second['key']}/withdraw", {"reason": "Too early."}))
    still = await seen(ada, first["key"])
    assert (still["superseded_by"], still["superseded_by_all"]) == (None, [])
