"""Who sees an event: the predicate for PostgreSQL and the function for live events are one rule."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlmodel import col

from dayline.context.audience import (
    EventViewer,
    Participants,
    participants_of,
    sees,
    visible_to,
)
from dayline.conversations.models import TopicParticipant
from dayline.identity.models import Role
from dayline.kernel.db import events
from dayline.kernel.db.database import Scope, Sessions, enter_workspace
from dayline.kernel.db.events import Audience, AudienceKind, Event, EventRow, asker_id
from dayline.kernel.db.ids import new_id
from dayline.projects.models import Project
from tests.team import Team

NOT_WIDENED = {AudienceKind.TOPIC, AudienceKind.MEMBER}


class Told(Event):
    """Something that only these tests record."""

    kind: ClassVar[str] = "test.told"


@dataclass(frozen=True)
class World:
    """A workspace with an event for every audience that there can be in it."""

    sessions: Sessions
    scope: Scope
    members: list[UUID]
    projects: list[UUID]
    topics: Participants
    audiences: dict[int, Audience]


@pytest.fixture
async def world(team: Team) -> World:
    people = [team.owner] + [await team.add(handle) for handle in ("ann", "bo", "cy")]
    members = [person.member_id for person in people]
    for key in ("ABC", "DEF"):
        assert (await team.owner.post("/projects", {"key": key, "name": key})).status_code == 201
    for person, others in ((people[0], members[1:2]), (people[1], members[2:])):
        new = {"participants": [str(other) for other in others], "title": "Between us"}
        assert (await person.post("/direct-topics", new)).status_code == 201
    sessions: Sessions = team.app.state.sessions
    scope = Scope(team.workspace_id, team.clock.now, team.owner.member_id)
    async with sessions() as session, session.begin():
        await enter_workspace(session, scope)
        projects = list(await session.scalars(select(col(Project.id))))
        found = set(await session.scalars(select(col(TopicParticipant.topic_id))))
        topics = await participants_of(session, scope.workspace_id, found)
        told = [
            Audience.workspace(),
            Audience.team(),
            Audience.admins(),
            *(Audience.team(and_guest=member) for member in members),
            *(Audience.asker(project, member) for project in projects for member in members),
            *(Audience.discussion(topic) for topic in topics),
            *(Audience.project(project) for project in projects),
            *(Audience.topic(topic) for topic in topics),
            *(Audience.member(member) for member in members),
        ]
        assert {audience.kind for audience in told} == set(AudienceKind)
        for audience in told:
            events.record(session, Told(), audience)
    async with sessions() as session, session.begin():
        await enter_workspace(session, scope)
        rows = await session.scalars(
            select(EventRow).where(col(EventRow.kind) == Told.kind).order_by(col(EventRow.seq))
        )
        audiences = dict(zip([row.seq for row in rows], told, strict=True))
    return World(sessions, scope, members, projects, topics, audiences)


async def seen_by_sql(world: World, viewer: EventViewer) -> set[int]:
    async with world.sessions() as session, session.begin():
        await enter_workspace(session, world.scope)
        seen = select(col(EventRow.seq)).where(visible_to(viewer), col(EventRow.kind) == Told.kind)
        return set(await session.scalars(seen))


def seen_by_function(world: World, viewer: EventViewer) -> set[int]:
    return {seq for seq, told in world.audiences.items() if sees(viewer, told, world.topics)}


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
async def test_the_predicate_and_the_function_agree(world: World, data: st.DataObject) -> None:
    role = data.draw(st.sampled_from(Role))
    member = data.draw(st.sampled_from([*world.members, new_id()]))
    as_admin = data.draw(st.booleans()) and role.includes(Role.ADMIN)
    projects = data.draw(st.frozensets(st.sampled_from([*world.projects, new_id()])))
    read = data.draw(st.frozensets(st.sampled_from([*world.topics, new_id()])))
    viewer = EventViewer(world.scope.workspace_id, member, role, as_admin, projects, read)
    assert await seen_by_sql(world, viewer) == seen_by_function(world, viewer)


def of_kind(world: World, kind: AudienceKind, named: UUID | None = None) -> set[int]:
    return {seq for seq, told in world.audiences.items() if (told.kind, told.id) == (kind, named)}


def test_a_guest_sees_their_projects_and_what_names_them(world: World) -> None:
    (mine, _), me = world.projects, world.members[0]
    viewer = EventViewer(world.scope.workspace_id, me, Role.GUEST, False, frozenset({mine}))
    mine_to_read = (
        of_kind(world, AudienceKind.WORKSPACE)
        | of_kind(world, AudienceKind.TEAM, me)
        | of_kind(world, AudienceKind.TEAM, asker_id(mine, me))
        | of_kind(world, AudienceKind.MEMBER, me)
        | of_kind(world, AudienceKind.PROJECT, mine)
    )
    topics = {topic for topic, members in world.topics.items() if me in members}
    assert topics
    for topic in topics:
        mine_to_read |= of_kind(world, AudienceKind.TOPIC, topic)
    assert seen_by_function(world, viewer) == mine_to_read


def test_a_guest_sees_what_is_told_of_the_decisions_that_they_read(world: World) -> None:
    one, two = world.topics
    here, nobody = world.scope.workspace_id, new_id()
    viewer = EventViewer(here, nobody, Role.GUEST, False, frozenset(), frozenset({one}))
    seen = seen_by_function(world, viewer)
    assert of_kind(world, AudienceKind.TEAM, one) <= seen
    assert not of_kind(world, AudienceKind.TEAM, two) & seen


@pytest.mark.parametrize("role", Role)
def test_no_role_widens_a_direct_topic_or_what_is_told_to_one_member(
    world: World, role: Role
) -> None:
    is_admin = role.includes(Role.ADMIN)
    nobody = EventViewer(
        world.scope.workspace_id, new_id(), role, is_admin, frozenset(world.projects)
    )
    seen = {world.audiences[seq].kind for seq in seen_by_function(world, nobody)}
    assert not seen & NOT_WIDENED
    assert (AudienceKind.ADMINS in seen) is is_admin
    assert (AudienceKind.TEAM in seen) is role.includes(Role.MEMBER)


def test_what_admins_are_told_is_not_for_a_token_that_does_not_act_as_one(world: World) -> None:
    owner = world.members[0]
    reading = EventViewer(world.scope.workspace_id, owner, Role.OWNER, acts_as_admin=False)
    seen = {world.audiences[seq].kind for seq in seen_by_function(world, reading)}
    assert AudienceKind.ADMINS not in seen
    assert AudienceKind.TEAM in seen


async def test_another_workspaces_events_are_never_seen(world: World) -> None:
    elsewhere = EventViewer(new_id(), world.members[0], Role.OWNER, True)
    assert await seen_by_sql(world, elsewhere) == set()


def test_the_epoch_changes_with_the_history_and_with_what_one_sees(world: World) -> None:
    here, me, history = world.scope.workspace_id, world.members[0], new_id()
    one, two = world.projects
    epochs = {
        EventViewer(here, me, Role.MEMBER, False).epoch(history),
        EventViewer(here, me, Role.MEMBER, False).epoch(new_id()),
        EventViewer(here, me, Role.ADMIN, True).epoch(history),
        EventViewer(here, me, Role.ADMIN, False).epoch(history),
        EventViewer(here, world.members[1], Role.MEMBER, False).epoch(history),
        EventViewer(here, me, Role.GUEST, False).epoch(history),
        EventViewer(here, me, Role.GUEST, False, frozenset({one})).epoch(history),
        EventViewer(here, me, Role.GUEST, False, frozenset({two})).epoch(history),
        EventViewer(here, me, Role.GUEST, False, frozenset({one, two})).epoch(history),
        EventViewer(here, me, Role.GUEST, False, frozenset({one}), frozenset({new_id()})).epoch(
            history
        ),
    }
    assert len(epochs) == 10
    again = EventViewer(here, me, Role.GUEST, False, frozenset({two, one})).epoch(history)
    assert again in epochs
