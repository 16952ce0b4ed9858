"""Versions of the agreement: the first one, the draft of the next, publishing it."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from dayline.agreements import default
from dayline.agreements.actions import LONGEST_NOTICE, publish_draft
from dayline.agreements.queries import ClauseKind, agreement_at
from dayline.agreements.schemas import AgreementCard, Clauses
from dayline.identity.models import Role
from dayline.kernel.text.catalogs import render
from tests.agreements.desk import (
    clauses,
    done,
    draft,
    fields,
    post_draft,
    publish,
    read,
)
from tests.clock import MovableClock
from tests.races import acting, meanwhile
from tests.recorded import head, kinds, recorded
from tests.team import Team


async def test_a_new_workspace_has_version_1_from_its_first_commit(team: Team) -> None:
    (published,) = [row for row in await recorded(team) if row.kind == "agreement.published"]
    assert published.actor_id == team.owner.member_id
    found = await read(team.owner)
    assert found == {
        "id": found["id"],
        "version": 1,
        "title": "Response-time agreement",
        "text": render(default.TEXT),
        "text_html": found["text_html"],
        "clauses": clauses(),
        "warn_share": 75,
        "first_check_minutes": 60,
        "published_at": "2026-05-18T07:00:00Z",
        "published_by": str(team.owner.member_id),
        "in_force_from": "2026-05-18T07:00:00Z",
        "superseded_from": None,
        "signatures": [],
        "unsigned": [{"member_id": str(team.owner.member_id), "name": "Olena"}],
        "unsigned_by_me": True,
    }
    assert "<h2>What we promise</h2>" in found["text_html"]
    assert published.data["agreement"] == {name: found[name] for name in AgreementCard.model_fields}


def test_there_is_a_clause_for_each_kind() -> None:
    kinds_of_clause = [kind.value for kind in ClauseKind]
    assert list(Clauses.model_fields) == kinds_of_clause
    assert list(default.ALLOWANCES) == kinds_of_clause


async def test_the_draft_says_what_the_newest_version_says(team: Team) -> None:
    answer = await team.owner.get("/agreement/draft")
    assert answer.headers["ETag"] == 'W/"1"'  # it is long enough to be compressed
    version = await read(team.owner)
    assert answer.json() == {
        **{name: version[name] for name in ("title", "text", "text_html", "clauses")},
        "warn_share": 75,
        "first_check_minutes": 60,
        "rev": 1,
    }


async def test_a_change_of_the_draft_changes_no_version(team: Team) -> None:
    before, number = await read(team.owner), await head(team)
    change = {
        "title": "  How we answer ",
        "text": "*Soon* <script>",
        "clauses": clauses(urgent=300, decision_input=2_592_000),
        "warn_share": 50,
        "first_check_minutes": 30,
    }
    answer = await team.owner.patch("/agreement/draft", change, rev=1)
    changed = done(answer)
    assert answer.headers["ETag"] == '"2"'
    assert changed == {
        **change,
        "title": "How we answer",
        "text_html": "<p><em>Soon</em> &lt;script&gt;</p>",
        "rev": 2,
    }
    assert await draft(team.owner) == changed
    assert await read(team.owner) == before
    (drafted,) = await recorded(team, number)
    assert (drafted.kind, drafted.data) == ("agreement.drafted", {"rev": 2})
    assert drafted.audience == "admins"


async def test_a_change_of_nothing_is_none(team: Team) -> None:
    number = await head(team)
    for same in ({}, {"warn_share": 75, "clauses": clauses()}):
        assert done(await team.owner.patch("/agreement/draft", same, rev=1))["rev"] == 1
    assert await head(team) == number


async def test_a_change_names_the_revision_it_was_made_from(team: Team) -> None:
    absent = await team.owner.patch("/agreement/draft", {"warn_share": 50})
    assert absent.status_code == 428
    done(await team.owner.patch("/agreement/draft", {"warn_share": 50}, rev=1))
    stale = await team.owner.patch("/agreement/draft", {"warn_share": 60}, rev=1)
    assert (stale.status_code, stale.json()["rev"]) == (412, 2)
    unread = await team.owner.post("/agreement/versions")
    assert unread.status_code == 428
    assert (await post_draft(team.owner, 1)).status_code == 412


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": None}, "title"),
        ({"text": ""}, "text"),
        ({"text": "x" * 20_001}, "text"),
        ({"text": "nul\x00"}, "text"),
        ({"warn_share": 0}, "warn_share"),
        ({"warn_share": 100}, "warn_share"),
        ({"warn_share": None}, "warn_share"),
        ({"first_check_minutes": 0}, "first_check_minutes"),
        ({"first_check_minutes": 1441}, "first_check_minutes"),
        ({"clauses": None}, "clauses"),
        ({"clauses": clauses(urgent=299)}, "clauses.urgent.allowance_s"),
        ({"clauses": clauses(urgent=2_592_001)}, "clauses.urgent.allowance_s"),
        ({"clauses": clauses(email=300)}, "clauses.email"),
        ({"clauses": {**clauses(), "urgent": None}}, "clauses.urgent"),
        ({"clauses": {k: v for k, v in clauses().items() if k != "urgent"}}, "clauses.urgent"),
        ({"clauses": {**clauses(), "urgent": {}}}, "clauses.urgent.allowance_s"),
        ({"version": 7}, "version"),
    ],
)
async def test_a_bad_field_is_refused_by_name(
    team: Team, change: dict[str, Any], field: str
) -> None:
    assert fields(await team.owner.patch("/agreement/draft", change, rev=1)) == [field]


async def test_what_is_published_is_in_force_at_once(team: Team, clock: MovableClock) -> None:
    clock.advance(days=1)
    number = await head(team)
    done(await team.owner.patch("/agreement/draft", {"clauses": clauses(urgent=1800)}, rev=1))
    answer = await post_draft(team.owner, 2)
    card = done(answer, 201)
    assert answer.headers["Location"].endswith(f"/{team.slug}/agreement/versions/2")
    assert (card["version"], card["in_force_from"]) == (2, "2026-05-19T07:00:00Z")
    assert card["clauses"] == clauses(urgent=1800)
    events = await recorded(team, number)
    assert [event.kind for event in events] == ["agreement.drafted", "agreement.published"]
    assert (events[1].data, events[1].audience) == ({"agreement": card}, "workspace")
    assert (await read(team.owner))["version"] == 2
    first = await read(team.owner, 1)
    assert first["clauses"] == clauses()
    assert first["superseded_from"] == card["in_force_from"]
    listed = done(await team.owner.get("/agreement/versions"))
    assert [version["version"] for version in listed] == [2, 1]
    assert listed[0] == card


async def test_a_version_to_come_supersedes_at_its_instant(team: Team, clock: MovableClock) -> None:
    """A message of Friday keeps version 1, though version 2 holds from Monday on."""
    monday = clock.now + timedelta(days=14)
    await publish(team.owner, monday, clauses=clauses(task_comment=3 * 3600), warn_share=50)
    assert (await read(team.owner))["version"] == 1
    friday = monday - timedelta(days=3)
    async with acting(team, team.owner) as caller:
        for at, version, seconds, share in (
            (clock.now - timedelta(days=1), 1, 14400, 75),
            (friday, 1, 14400, 75),
            (monday - timedelta(microseconds=1), 1, 14400, 75),
            (monday, 2, 10800, 50),
            (monday + timedelta(days=3650), 2, 10800, 50),
        ):
            held = await agreement_at(caller.session, team.workspace_id, at)
            assert (held.version, held.warn_share, held.first_check_minutes) == (version, share, 60)
            assert held.clause(ClauseKind.TASK_COMMENT).allowance_s == seconds
    clock.now = monday
    assert (await read(team.owner))["version"] == 2


@pytest.mark.parametrize(
    ("hours", "reason"),
    [
        (-1, "Pick a time that isn’t in the past."),
        (24 * 9, "Pick a time that isn’t before version 2 starts (2026-05-28T07:00:00Z)."),
        (LONGEST_NOTICE.days * 24 + 1, "Pick a time within a year from now."),
    ],
)
async def test_versions_come_into_force_in_their_order(
    team: Team, clock: MovableClock, hours: int, reason: str
) -> None:
    await publish(team.owner, clock.now + timedelta(days=10))
    at = clock.now + timedelta(hours=hours)
    refused = await post_draft(team.owner, 2, at)
    assert fields(refused) == ["in_force_from"]
    assert refused.json()["errors"][0]["reason"] == reason


async def test_a_version_to_come_is_replaced_by_one_of_the_same_instant(
    team: Team, clock: MovableClock
) -> None:
    at = clock.now + timedelta(days=10)
    assert fields(await post_draft(team.owner, 1, "2026-05-28T10:00:00")) == ["in_force_from"]
    await publish(team.owner, at)
    assert fields(await post_draft(team.owner, 2)) == ["in_force_from"]
    await publish(team.owner, at, title="Better")
    clock.now = at
    found = await read(team.owner)
    assert (found["version"], found["title"]) == (3, "Better")


async def test_of_two_racing_publications_one_wins(team: Team) -> None:
    """The other one would publish what nobody has read since."""
    number = await head(team)
    async with acting(team, team.owner, Role.OWNER) as held:
        await publish_draft(held, 1, None)
        racing = await meanwhile(held, post_draft(team.owner, 1))
    assert (await racing).status_code == 412
    assert await kinds(team, number) == ["agreement.published"]
    assert len(done(await team.owner.get("/agreement/versions"))) == 2


async def test_sent_twice_with_one_key_a_version_is_published_once(team: Team) -> None:
    names = {"If_Match": '"1"', "Idempotency_Key": "once"}
    first, again = [await team.owner.post("/agreement/versions", **names) for _ in range(2)]
    assert done(first, 201) == done(again, 201)
    assert len(done(await team.owner.get("/agreement/versions"))) == 2


async def test_the_list_goes_on_behind_its_page(team: Team) -> None:
    for _ in range(2):
        await publish(team.owner)
    page = await team.owner.get("/agreement/versions", limit=2)
    assert [version["version"] for version in done(page)] == [3, 2]
    link = page.headers["Link"].partition(">")[0].removeprefix("<")
    rest = await team.owner.http.get(link)
    assert [version["version"] for version in done(rest)] == [1]
    assert "Link" not in rest.headers


@pytest.mark.parametrize("version", ["2", "0", "-1", "one", "2147483648", "1" * 40])
async def test_a_version_that_is_not_there_is_not_found(team: Team, version: str) -> None:
    for answer in (
        await team.owner.get(f"/agreement/versions/{version}"),
        await team.owner.get("/agreement/export", version=version),
    ):
        assert answer.status_code == (404 if version == "2" else 422)


async def test_only_admins_see_and_change_the_draft(team: Team) -> None:
    admin, member = await team.add("ada", Role.ADMIN), await team.add("mel")
    assert (await member.get("/agreement/draft")).status_code == 403
    assert (await member.patch("/agreement/draft", {"title": "No"}, rev=1)).status_code == 403
    assert (await post_draft(member, 1)).status_code == 403
    assert (await publish(admin, title="Yes"))["published_by"] == str(admin.member_id)


async def test_another_workspace_has_an_agreement_of_its_own(team: Team) -> None:
    other = await Team.create(team.app, team.clock)
    await publish(team.owner, title="Ours")
    assert (await read(other.owner))["title"] == render(default.TITLE)
    assert (await other.owner.get("/agreement/versions/2")).status_code == 404
    async with acting(team, team.owner) as caller:
        with pytest.raises(ValueError, match="no agreement"):
            await agreement_at(caller.session, other.workspace_id, team.clock.now)
    await other.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE agreement_versions SET title = 'Other'",
        "DELETE FROM agreement_versions",
        "UPDATE agreement_clauses SET allowance_s = 300",
        "DELETE FROM agreement_clauses",
        "UPDATE agreement_signatures SET signed_at = now()",
        "DELETE FROM agreement_signatures",
        "DELETE FROM agreement_drafts",
        "TRUNCATE agreement_versions CASCADE",
    ],
)
async def test_the_server_cannot_change_what_is_published(team: Team, statement: str) -> None:
    async with acting(team, team.owner) as caller:
        savepoint = await caller.session.begin_nested()
        with pytest.raises(ProgrammingError, match="permission denied"):
            await caller.session.execute(text(statement))
        await savepoint.rollback()


async def test_a_version_holds_from_a_date_of_the_reference_zone(team: Team) -> None:
    at = "/agreement/versions"
    both = {"in_force_from": "2026-05-28T10:00:00Z", "in_force_on": "2026-05-28"}
    assert (await team.owner.post(at, both, If_Match='"1"')).status_code == 422
    past = await team.owner.post(at, {"in_force_on": "2026-05-17"}, If_Match='"1"')
    assert fields(past) == ["in_force_from"]
    card = done(await team.owner.post(at, {"in_force_on": "2026-05-18"}, If_Match='"1"'), 201)
    assert card["in_force_from"] == card["published_at"]
    card = done(await team.owner.post(at, {"in_force_on": "2026-11-02"}, If_Match='"2"'), 201)
    assert card["in_force_from"] == "2026-11-01T22:00:00Z"
