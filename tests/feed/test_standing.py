"""Whose access stands: the digest says the same as the rows that it saves reading."""

from uuid import UUID, uuid4

from sqlalchemy import text

from dayline.feed.live_access import NOBODY, Digest, Judged, digests_of, enter, live_access_of
from dayline.identity.models import Role
from tests.feed.steps import done
from tests.team import Person, Team


async def credentials(team: Team) -> dict[UUID, UUID]:
    """Each member's token, by member."""
    async with team.app.state.hub.snapshots() as session, session.begin():
        await session.execute(
            text("SELECT set_config('app.workspace_id', :id, true)"), {"id": str(team.workspace_id)}
        )
        rows = await session.execute(text("SELECT member_id, id FROM access_tokens"))
        return {row.member_id: row.id for row in rows}


async def found(team: Team, those: set[UUID]) -> Digest:
    """What both ways find, which is the same."""
    when = Judged(team.clock.now, 14)
    async with team.app.state.hub.snapshots() as session, session.begin():
        rows = await live_access_of(session, team.workspace_id, those, when)
        moment = await enter(session, team.workspace_id, those, when)
        of_all = await digests_of(session, {team.workspace_id: those}, when)
    assert moment is not None
    assert moment.standing == Digest.of({standing.mark for standing in rows.values()})
    assert of_all.get(team.workspace_id, NOBODY) == moment.standing
    return moment.standing


async def change_role(team: Team, person: Person, role: Role) -> None:
    path = f"/members/{person.member_id}"
    rev = (await done(team.owner.get(path)))["rev"]
    await done(team.owner.patch(path, {"role": role}, rev=rev))


async def test_a_digest_changes_with_whatever_changes_access(team: Team) -> None:
    ann, bo = await team.add("ann"), await team.add("bo")
    tokens = await credentials(team)
    those = set(tokens.values())
    seen = [await found(team, those), await found(team, those - {tokens[bo.member_id]})]
    await change_role(team, ann, Role.ADMIN)
    seen.append(await found(team, those))
    await done(team.owner.put(f"/members/{bo.member_id}/disablement"))
    seen.append(await found(team, those))
    team.clock.advance(days=4000)
    seen.append(await found(team, those))
    assert [digest.live for digest in seen] == [3, 2, 3, 2, 0]
    assert len(set(seen)) == len(seen)


async def test_an_unknown_credential_is_nobody(team: Team) -> None:
    assert await found(team, {uuid4()}) == NOBODY
    assert await found(team, set()) == NOBODY


async def test_a_credential_counts_only_where_it_is_held(team: Team) -> None:
    other = await Team.create(team.app, team.clock)
    mine, theirs = [set((await credentials(each)).values()) for each in (team, other)]
    held = {team.workspace_id: theirs, other.workspace_id: theirs}
    async with team.app.state.hub.snapshots() as session, session.begin():
        digests = await digests_of(session, held, Judged(team.clock.now, 14))
    assert set(digests) == {other.workspace_id}
    assert digests[other.workspace_id] == await found(other, theirs) != await found(team, mine)
    await other.close()
