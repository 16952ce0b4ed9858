"""Timers as rows, many at once, for tests of what fires them."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from dayline.kernel.db.database import Scope, Sessions, enter_workspace
from dayline.kernel.text import zones
from tests.team import Team

_INSERT = text(
    """
    WITH asked AS MATERIALIZED (
        SELECT gen_random_uuid() AS message_id, gen_random_uuid() AS id,
            CAST(:due_at AS timestamptz) + number * CAST(:apart AS interval) AS due_at
        FROM generate_series(0, CAST(:count AS integer) - 1) AS number
    ),
    sent AS (
        INSERT INTO messages (workspace_id, id, rev, topic_id, author_id, body, body_html,
            urgent, asks_listed, sent_at)
        SELECT :workspace, message_id, 1, :topic, :author, 'Ready?', '<p>Ready?</p>',
            false, false, due_at - interval '4 hours'
        FROM asked
    )
    INSERT INTO timers (workspace_id, id, rev, message_id, topic_id, project_id, recipient_id,
        author_id, kind, urgent, agreement_version, allowance_s, warn_share, first_check_minutes,
        sent_at, warn_at, due_at, paused_s, pauses, counted, local, zone, tz_version)
    SELECT :workspace, id, 1, message_id, :topic, :project, :recipient,
        :author, 'task_comment', false, 1, 14400, 75, 60,
        due_at - interval '4 hours', due_at - CAST(:warned AS interval), due_at,
        0, '[]', '[]', CAST(:local AS jsonb), 'Europe/Kyiv', :tz_version
    FROM asked
    RETURNING id, due_at
    """
)
LOCAL = json.dumps(
    {
        "sent_at": "2026-05-18T06:00:00+03:00",
        "first_check_at": None,
        "warn_at": "2026-05-18T09:00:00+03:00",
        "due_at": "2026-05-18T10:00:00+03:00",
    }
)
"""What a wall shows: the sweep passes it on, and looks at no zone."""


@dataclass
class Asked:
    """A task of a team, where the owner asks Sam."""

    team: Team
    project: str
    topic: str
    recipient: UUID

    @classmethod
    async def create(cls, team: Team) -> "Asked":
        sam = await team.add("sam")
        project = await team.owner.post("/projects", {"key": "ASK", "name": "Questions"})
        assert project.status_code == 201, project.text
        task = await team.owner.post("/tasks", {"project": "ASK", "title": "A question"})
        assert task.status_code == 201, task.text
        return cls(team, project.json()["id"], task.json()["topic_id"], sam.member_id)

    @property
    def sessions(self) -> Sessions:
        sessions: Sessions = self.team.app.state.sessions
        return sessions

    async def timers(
        self,
        count: int,
        due_at: datetime,
        *,
        apart: timedelta = timedelta(),
        warned: timedelta = timedelta(hours=1),
    ) -> list[UUID]:
        """So many timers, the first due at an instant and each next one later, warned before."""
        values = {
            "workspace": self.team.workspace_id,
            "topic": self.topic,
            "project": self.project,
            "author": self.team.owner.member_id,
            "recipient": self.recipient,
            "count": count,
            "due_at": due_at,
            "apart": apart,
            "warned": warned,
            "local": LOCAL,
            "tz_version": zones.VERSION,
        }
        async with self.inside() as session:
            rows = (await session.execute(_INSERT, values)).all()
        return [row.id for row in sorted(rows, key=attrgetter("due_at"))]

    @asynccontextmanager
    async def inside(self) -> AsyncIterator[AsyncSession]:
        """A transaction in the workspace, committed at the end of the block."""
        async with self.sessions() as session, session.begin():
            scope = Scope(self.team.workspace_id, self.team.clock.now, None)
            await enter_workspace(session, scope)
            yield session
