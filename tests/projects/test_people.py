"""Who was added to a project, and what guests see by it."""

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select, text
from sqlmodel import col

from dayline.identity.models import Role
from dayline.kernel.db.database import Scope, Sessions, enter_workspace
from dayline.members import hooks
from dayline.members.members import edit_member
from dayline.members.models import Member
from dayline.members.schemas import MemberEdit
from dayline.projects import people
from dayline.projects.models import Project
from dayline.projects.queries import members_who_see
from tests.projects.test_projects import made
from tests.races import acting, meanwhile
from tests.recorded import head, kinds, recorded
from tests.team import Person, Team


async def add(person: Person, key: str, member: Person) -> Any:
    return await person.put(f"/projects/{key}/people/{member.member_id}")


async def access_rev(team: Team) -> int:
    sessions: Sessions = team.app.state.sessions
    async with sessions() as session, session.begin():
        await enter_workspace(session, Scope(team.workspace_id, team.clock.now, None))
        found: int = await session.scalar(text("SELECT access_rev FROM workspace_feed"))
        return found


async def test_people_are_listed_by_name_and_added_once(team: Team) -> None:
    sam, ann = await team.add("sam"), await team.add("ann")
    await made(team.owner)
    before, access = await head(team), await access_rev(team)
    for member in (sam, ann, sam):
        answer = await add(ann, "ABC", member)
        assert answer.status_code == 200
    project = answer.json()
    assert [person["handle"] for person in project["people"]] == ["ann", "sam"]
    assert project["people"][1] == {
        "id": str(sam.member_id),
        "handle": "sam",
        "name": "Sam",
        "role": "member",
    }
    assert answer.headers["ETag"] == '"3"'
    events = await recorded(team, before)
    assert [event.kind for event in events] == ["project.changed", "project.changed"]
    assert events[-1].data["project"] == project
    assert (await team.owner.get("/projects")).json() == [project]
    assert await access_rev(team) == access


async def test_a_person_is_taken_off_once(team: Team) -> None:
    sam = await team.add("sam")
    await made(team.owner)
    await add(team.owner, "ABC", sam)
    before = await head(team)
    for _ in range(2):
        answer = await team.owner.delete(f"/projects/ABC/people/{sam.member_id}")
        assert answer.json()["people"] == []
    assert await kinds(team, before) == ["project.changed"]


async def test_a_guest_sees_only_the_projects_that_they_were_added_to(team: Team) -> None:
    guest = await team.add("gail", Role.GUEST)
    await made(team.owner, "ABC")
    await made(team.owner, "DEF")
    assert (await guest.get("/projects")).json() == []
    access = await access_rev(team)
    await add(team.owner, "ABC", guest)
    assert await access_rev(team) == access + 1
    assert [project["key"] for project in (await guest.get("/projects")).json()] == ["ABC"]
    assert (await guest.get("/projects/ABC")).status_code == 200
    assert (await guest.get("/projects/DEF")).status_code == 404
    await team.owner.delete(f"/projects/ABC/people/{guest.member_id}")
    assert await access_rev(team) == access + 2
    assert (await guest.get("/projects/ABC")).status_code == 404
    assert (await guest.get("/projects")).json() == []


async def test_a_guest_changes_no_project(team: Team) -> None:
    guest = await team.add("gail", Role.GUEST)
    await made(team.owner)
    await add(team.owner, "ABC", guest)
    for answer in (
        await guest.post("/projects", {"key": "DEF", "name": "Mine"}),
        await guest.patch("/projects/ABC", {"name": "Mine"}, rev=2),
        await guest.put("/projects/ABC/archival"),
        await guest.delete("/projects/ABC/archival"),
        await add(guest, "ABC", guest),
        await guest.delete(f"/projects/ABC/people/{guest.member_id}"),
        await guest.post("/projects/ABC/updates", {"condition": "at_risk", "body": "Late"}),
    ):
        assert answer.status_code == 403


async def test_guests_are_let_in_by_the_lead_and_by_admins_only(team: Team) -> None:
    guest = await team.add("gail", Role.GUEST)
    lead, member = await team.add("lee"), await team.add("mira")
    admin = await team.add("ada", Role.ADMIN)
    await made(team.owner, lead_id=str(lead.member_id))
    refused = await add(member, "ABC", guest)
    assert refused.status_code == 403
    assert refused.json()["type"] == "urn:dayline:problem:guests-need-the-lead"
    for person in (lead, admin):
        assert (await add(person, "ABC", guest)).status_code == 200
        path = f"/projects/ABC/people/{guest.member_id}"
        assert (await member.delete(path)).status_code == 403
        assert (await person.delete(path)).status_code == 200


async def test_a_token_without_the_admin_scope_lets_no_guest_in(team: Team) -> None:
    guest = await team.add("gail", Role.GUEST)
    await made(team.owner)
    sessions: Sessions = team.app.state.sessions
    async with sessions() as session, session.begin():
        await enter_workspace(session, Scope(team.workspace_id, team.clock.now, None))
        await session.execute(
            text("UPDATE access_tokens SET scopes = '{read,write}' WHERE member_id = :id"),
            {"id": team.owner.member_id},
        )
    assert (await add(team.owner, "ABC", guest)).status_code == 403


async def test_nobody_without_access_is_added(team: Team) -> None:
    sam = await team.add("sam")
    await made(team.owner)
    await disable(team, sam)
    answer = await add(team.owner, "ABC", sam)
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:dayline:problem:no-access")
    assert (await team.owner.put(f"/projects/ABC/people/{uuid4()}")).status_code == 404


async def disable(team: Team, person: Person) -> None:
    sessions: Sessions = team.app.state.sessions
    async with sessions() as session, session.begin():
        await enter_workspace(session, Scope(team.workspace_id, team.clock.now, None))
        member = await session.get_one(Member, (team.workspace_id, person.member_id))
        member.disabled_at = team.clock.now


async def rename(person: Person, name: str) -> None:
    answer = await person.patch(f"/members/{person.member_id}", {"name": name}, 1)
    assert answer.status_code == 200, answer.text


async def test_a_changed_card_is_told_with_every_project_that_shows_it(team: Team) -> None:
    sam = await team.add("sam")
    for key in ("ABC", "DEF", "GHI"):
        await made(team.owner, key)
    await add(team.owner, "ABC", sam)
    await add(team.owner, "DEF", sam)
    before = await head(team)
    await rename(sam, "Samuel")
    card, *events = await recorded(team, before)
    assert card.kind == "member.changed"
    assert [event.kind for event in events] == ["project.changed", "project.changed"]
    shown = (await team.owner.get("/projects", sort="name")).json()
    assert [event.data["project"] for event in events] == shown[:2]
    assert shown[0]["people"][0]["name"] == "Samuel"


async def last_told(team: Team) -> Any:
    changes = [row for row in await recorded(team) if row.kind == "project.changed"]
    return changes[-1].data["project"]


async def test_a_card_that_changes_while_people_are_added_is_told_last_as_it_is(
    team: Team,
) -> None:
    sam, ann = await team.add("sam"), await team.add("ann")
    await made(team.owner)
    await add(team.owner, "ABC", ann)
    async with acting(team, team.owner) as caller:
        await people.add_person(caller, "ABC", sam.member_id)
        renaming = await meanwhile(caller, rename(ann, "Anna"))
    await renaming
    assert await last_told(team) == (await team.owner.get("/projects/ABC")).json()


async def test_a_member_who_is_added_while_their_card_changes_is_told_last_as_they_are(
    team: Team,
) -> None:
    sam = await team.add("sam")
    await made(team.owner)
    async with acting(team, sam) as caller:
        await edit_member(caller, sam.member_id, 1, MemberEdit(name="Samuel"))
        adding = await meanwhile(caller, add(team.owner, "ABC", sam))
    assert (await adding).status_code == 200
    assert await last_told(team) == (await team.owner.get("/projects/ABC")).json()


async def test_an_accepted_invite_adds_the_guest_to_the_projects_that_remain(team: Team) -> None:
    guest = await team.add("gail", Role.GUEST)
    ids = [UUID((await made(team.owner, key))["id"]) for key in ("ABC", "DEF")]
    before = await head(team)
    sessions: Sessions = team.app.state.sessions
    async with sessions() as session, session.begin():
        scope = Scope(team.workspace_id, team.clock.now, guest.member_id)
        await enter_workspace(session, scope)
        member = await session.get_one(Member, (team.workspace_id, guest.member_id))
        await hooks.invite_accepted(session, member, [*ids, uuid4()])
    assert [project["key"] for project in (await guest.get("/projects")).json()] == ["ABC", "DEF"]
    assert await kinds(team, before) == ["project.changed", "project.changed"]


async def test_a_project_is_seen_by_the_team_and_its_guests(team: Team) -> None:
    sam, gone = await team.add("sam"), await team.add("gone")
    guest = await team.add("gail", Role.GUEST)
    await team.add("other", Role.GUEST)
    project = await made(team.owner)
    await add(team.owner, "ABC", guest)
    await disable(team, gone)
    sessions: Sessions = team.app.state.sessions
    async with sessions() as session, session.begin():
        await enter_workspace(session, Scope(team.workspace_id, team.clock.now, None))
        project_id = await session.scalar(
            select(col(Project.id)).where(col(Project.key) == project["key"])
        )
        assert project_id is not None
        seeing = await members_who_see(session, team.workspace_id, project_id)
    assert seeing == {team.owner.member_id, sam.member_id, guest.member_id}
