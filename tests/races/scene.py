"""A workspace in which somebody is about to lose access while something else happens."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx
from sqlalchemy import text

from dayline.identity.models import Account
from dayline.kernel.db.database import Scope, Sessions, enter_workspace
from dayline.members.models import Member
from tests.decisions.desk import Json
from tests.races.gate import Action
from tests.team import Person, Team
from tests.timers.desk import at, done

DUE = at("2026-05-20 18:00")
"""The deadline of the decisions here."""

Preparing = Callable[["Scene"], Awaitable[Action]]
"""Makes what an action needs, and returns the action."""


@dataclass
class Scene:
    """`xan` is about to lose access; `ada` is a colleague who stays."""

    team: Team
    xan: Person
    ada: Person

    @classmethod
    async def create(cls, team: Team) -> "Scene":
        await done(team.owner.post("/projects", {"key": "ABC", "name": "Alpha"}))
        scene = cls(team, await team.add("xan"), await team.add("ada"))
        await done(team.owner.put(f"/projects/ABC/people/{scene.xan_id}"))
        return scene

    @property
    def olena(self) -> Person:
        return self.team.owner

    @property
    def sessions(self) -> Sessions:
        sessions: Sessions = self.team.app.state.sessions
        return sessions

    @property
    def xan_id(self) -> str:
        return str(self.xan.member_id)

    def move_to(self, now: datetime) -> None:
        self.team.clock.now = now

    async def topic(self, by: Person | None = None) -> str:
        """The topic of a new task."""
        task = await done((by or self.olena).post("/tasks", {"project": "ABC", "title": "A task"}))
        topic: str = task["topic_id"]
        return topic

    async def address_of(self, person: Person) -> str:
        async with self.sessions() as session, session.begin():
            return (await session.get_one(Account, person.account_id)).email

    async def unjoin(self) -> None:
        """Make `xan` a member who was imported and has not joined yet."""
        async with self.sessions() as session, session.begin():
            scope = Scope(self.team.workspace_id, self.team.clock.now, None)
            await enter_workspace(session, scope)
            member = await session.get_one(Member, (scope.workspace_id, self.xan.member_id))
            member.account_id = member.joined_at = None

    async def visit(self, path: str, body: Json) -> httpx.Response:
        """A request of somebody who is not signed in."""
        transport = httpx.ASGITransport(app=self.team.app, raise_app_exceptions=False)
        origin = self.team.app.state.settings.origin
        async with httpx.AsyncClient(transport=transport, base_url=origin) as client:
            return await client.post(path, json=body, headers={"Origin": origin})

    async def is_wrong(self) -> list[Json]:
        """What still waits for, or can be done by, somebody who has no access or is a guest."""
        async with self.sessions() as session, session.begin():
            scope = Scope(self.team.workspace_id, self.team.clock.now, None)
            await enter_workspace(session, scope)
            return [dict(row) for row in (await session.execute(_WRONG)).mappings()]


_WRONG = text(
    """
    WITH without AS (SELECT * FROM members WHERE disabled_at IS NOT NULL OR role = 'guest')
    SELECT 'a timer that runs' AS what, t.kind AS which FROM timers t
    JOIN without w ON w.id = t.recipient_id WHERE t.ended_at IS NULL
    UNION ALL
    SELECT 'a decision that waits for nobody who can answer', d.title FROM decisions d
    WHERE d.status = 'open' AND d.closed_at IS NULL AND NOT EXISTS (
        SELECT FROM decision_stakeholders s
        WHERE s.decision_id = d.id AND s.member_id NOT IN (SELECT id FROM without)
            AND NOT EXISTS (
                SELECT FROM decision_inputs i WHERE i.decision_id = d.id
                    AND i.member_id = s.member_id AND i.replaced_at IS NULL
            )
    )
    UNION ALL
    SELECT 'a token that is good', k.name FROM access_tokens k
    JOIN without w ON w.id = k.member_id AND w.disabled_at IS NOT NULL WHERE k.revoked_at IS NULL
    UNION ALL
    SELECT 'an invite that is open', i.email FROM invites i
    JOIN without w ON w.id = i.invited_by WHERE i.accepted_at IS NULL AND i.revoked_at IS NULL
    """
)


def refused_or_done(answer: Any) -> bool:
    """Whether a request was answered by our rules: no fault, and no two that waited in a circle."""
    if not isinstance(answer, httpx.Response):
        return True
    return answer.status_code < 500 and "Conflicting changes" not in answer.text
