"""Notices of a test's team: the consumer works when a test says so."""

from typing import Any

from dayline.notices.consumer import notices_consumer
from tests.failed_jobs.failing import failed_jobs
from tests.team import Person, Team
from tests.timers.desk import done

Json = dict[str, Any]


async def work(team: Team) -> None:
    """Turn all events so far into notices."""
    consumer = notices_consumer()
    while await consumer.handle_next(team.app.state.sessions, team.clock, team.workspace_id):
        pass
    assert await failed_jobs(team, queue="member_notices") == []


async def listed(person: Person, **wanted: Any) -> list[Json]:
    """The person's notices that match the filters, latest first."""
    found: list[Json] = await done(person.get("/notices", **wanted))
    return found


async def told(team: Team, person: Person, **wanted: Any) -> list[str]:
    """The kinds of the person's notices once all events are handled, the first event first.

    Asking for a signature is left out: everyone has such a notice.
    """
    await work(team)
    kinds = [notice["kind"] for notice in await listed(person, **wanted)]
    return [kind for kind in reversed(kinds) if kind != "agreement_to_sign"]


async def the(team: Team, person: Person, kind: str) -> Json:
    """The person's only notice of a kind, once all events are handled."""
    await work(team)
    (notice,) = await listed(person, kind=kind)
    return notice


async def counts(person: Person) -> tuple[int, int]:
    """How many are unread, and how many need the person."""
    found = await done(person.get("/notices/counts"))
    return found["unread"], found["needs_you"]
