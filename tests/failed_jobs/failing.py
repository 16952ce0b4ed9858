"""Items that PostgreSQL refuses to change, and failed jobs as admins see them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import make_url

from dayline.kernel.db.database import Scope, enter_workspace
from dayline.kernel.jobs.failed_jobs import MOST_ATTEMPTS, Queue, count_failure
from dayline.kernel.ops.settings import Settings
from tests.servers import Servers
from tests.team import Team

Json = dict[str, Any]

_REFUSED = {
    "scheduled_messages": ("DELETE", "OLD.id"),
    "decisions": ("UPDATE", "NEW.id"),
    "decision_stakeholders": ("UPDATE", "NEW.id"),
    "timers": ("UPDATE", "NEW.id"),
    "deliveries": ("INSERT", "NEW.event_id"),
    "attachments": ("DELETE", "OLD.id"),
    "notices": ("INSERT", "NEW.message_id"),
}
"""What is not done to an item that is refused, and where its id stands in the row."""

_SETUP = """
    CREATE TABLE IF NOT EXISTS refused (item uuid PRIMARY KEY);
    GRANT SELECT ON refused TO PUBLIC;
    CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE wanted uuid;
    BEGIN
        EXECUTE format('SELECT ($1).%I', TG_ARGV[0]) INTO wanted
            USING CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
        IF EXISTS (SELECT FROM refused r WHERE r.item = wanted) THEN
            RAISE EXCEPTION 'the private words of an item' USING ERRCODE = 'check_violation';
        END IF;
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END $$;
"""


@dataclass(frozen=True)
class Refusals:
    """A database that refuses to do anything with the items that a test names."""

    servers: Servers
    database: str

    @classmethod
    def of(cls, servers: Servers, settings: Settings) -> "Refusals":
        """The database of these settings, prepared."""
        refusals = cls(servers, make_url(settings.database_url or "").database or "")
        triggers = [
            f"CREATE OR REPLACE TRIGGER refuse BEFORE {what} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION refuse('{row.partition('.')[2]}');"
            for table, (what, row) in _REFUSED.items()
        ]
        refusals._run("\n".join([_SETUP, *triggers]))
        return refusals

    def refuse(self, item: str | UUID) -> None:
        """From now on nothing is done with this item."""
        self._run(f"INSERT INTO refused VALUES ('{item}')")  # noqa: S608

    def allow_all(self) -> None:
        self._run("DELETE FROM refused")

    def _run(self, sql: str) -> None:
        self.servers.postgres.psql(sql, self.database)


async def failed_jobs(team: Team, **wanted: str) -> list[Json]:
    """The failed jobs that the owner sees."""
    answer = await team.owner.get("/failed-jobs", **wanted)
    assert answer.status_code == 200, answer.text
    found: list[Json] = answer.json()
    return found


async def given_up(team: Team, item: UUID, queue: Queue = Queue.SCHEDULED_MESSAGES) -> Json:
    """A job of this team that failed to the end."""
    sessions = team.app.state.sessions
    for _ in range(MOST_ATTEMPTS):
        async with sessions() as session, session.begin():
            await enter_workspace(session, Scope(team.workspace_id, team.clock.now, None))
            await count_failure(session, queue, item, RuntimeError("broken"))
    (job,) = [job for job in await failed_jobs(team) if job["item_id"] == str(item)]
    return job
