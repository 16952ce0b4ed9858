"""The demo: a story that shows the product, told the same way each time, up to now."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from dayline.demo import filling, story
from dayline.demo.script import Script
from dayline.demo.stage import Stage
from dayline.demo.story.people import ZONES
from dayline.hooks import register_hooks
from dayline.identity.caller import Caller
from dayline.kernel.db.database import create_engine, create_sessions
from dayline.kernel.ops.settings import Settings
from dayline.members.actions import create_account
from tests.clock import MovableClock
from tests.conftest import TEMPLATE
from tests.feed.kinds import declared
from tests.servers import Servers

WEDNESDAY = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
SUNDAY = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
MONDAY_NIGHT = datetime(2026, 3, 30, 0, 30, tzinfo=UTC)

_TIMERS = """
SELECT m.body, r.handle, t.sent_at, t.warn_at, t.due_at, t.breached_at, t.warned_at,
    t.first_response_at, t.end_reason, t.cancel_reason,
    t.handed_over ->> 'step' AS step
FROM timers t JOIN messages m USING (workspace_id) JOIN members r USING (workspace_id)
WHERE m.id = t.message_id AND r.id = t.recipient_id ORDER BY t.sent_at, r.handle
"""
_BOARD = """
SELECT p.key, t.number, t.title, t.state, t.priority, t.due_on, t.created_at, t.updated_at
FROM tasks t JOIN projects p USING (workspace_id) WHERE p.id = t.project_id
ORDER BY p.key, t.number
"""

_DECISIONS = """
SELECT d.number, d.title, d.status, d.opened_at, d.closed_at, d.decided_at, d.input_due_at,
    (SELECT count(*) FROM decision_inputs i WHERE i.decision_id = d.id) AS inputs,
    (SELECT count(*) FROM decision_stakeholders k
        WHERE k.decision_id = d.id AND k.read_at IS NULL) AS unread,
    (SELECT count(*) FROM decision_relations r
        WHERE r.earlier_id = d.id AND r.kind = 'supersedes') AS later
FROM decisions t JOIN decisions d USING (workspace_id, id)
WHERE true ORDER BY d.number
"""

_WANTED = """
SELECT m.handle, (SELECT count(*) FROM explanations e WHERE e.subject_id = s.id) AS times
FROM subjects s JOIN members m USING (workspace_id)
WHERE m.id = s.wanted_of AND s.reference_id IS NULL
"""
_REFERENCES = """
SELECT (SELECT count(*) FROM explanations e JOIN subjects s ON s.id = e.subject_id
        WHERE s.reference_id = r.id) AS times,
    (SELECT count(*) FROM stale_marks k WHERE k.reference_id = r.id) AS stale,
    (SELECT count(*) FROM reference_links l WHERE l.name = lower(r.title)) AS links
FROM reference_pages r ORDER BY r.created_at
"""


@pytest.fixture(scope="module")
async def told(servers: Servers) -> AsyncIterator[Settings]:
    """An installation in which the story was told on a Sunday."""
    register_hooks()
    url = servers.create_database("dayline_demo", template=TEMPLATE)
    settings = Settings(database_url=url, redis_url=servers.redis_url)
    await fill(settings, SUNDAY)
    yield settings
    servers.drop_database("dayline_demo")


async def rows(settings: Settings, statement: str, **values: Any) -> list[Any]:
    """What a statement finds in every workspace."""
    engine = create_async_engine(settings.database_url or "")
    async with engine.begin() as connection:
        await connection.execute(text("SELECT set_config('app.all_workspaces', 'on', true)"))
        found = list(await connection.execute(text(statement), values))
    await engine.dispose()
    return found


async def fill(settings: Settings, now: datetime, slug: str = "demo", seed: int = 1) -> Any:
    return await filling.fill(settings, MovableClock(now), slug=slug, seed=seed)


async def check_that_it_ends(settings: Settings, now: datetime) -> None:
    """What happened lies in the three weeks before now, and all that was due by now fired."""
    (found,) = await rows(settings, "SELECT min(at) AS first, max(at) AS last FROM events")
    assert timedelta(days=18) < now - found.first < timedelta(days=24)
    assert now - timedelta(days=4) < found.last <= now
    late = "SELECT id FROM timers WHERE due_at <= :now AND breached_at IS NULL AND ended_at IS NULL"
    assert await rows(settings, late, now=now) == []


async def test_the_story_ends_now(told: Settings) -> None:
    await check_that_it_ends(told, SUNDAY)


async def test_it_shows_every_state_of_a_timer(told: Settings) -> None:
    kinds = {row.kind for row in await rows(told, "SELECT DISTINCT kind FROM events")}
    assert {kind for kind in declared() if kind.startswith("timer.")} <= kinds
    timers = await rows(told, _TIMERS)
    answered = [row for row in timers if row.first_response_at is not None]
    assert any(row.first_response_at <= row.due_at for row in answered), "one is kept"
    assert any(row.first_response_at > row.due_at for row in answered), "one is answered late"
    waiting = [row for row in timers if row.end_reason is None]
    assert any(row.breached_at for row in waiting), "one is late now"
    assert any(row.step for row in timers), "one is handed over"
    assert any(row.breached_at is None for row in waiting), "one is due later"
    assert {row.handle for row in waiting} >= {"olena", "maya", "hana"}


async def test_it_shows_decisions_made_superseded_unread_and_open(told: Settings) -> None:
    decisions = await rows(told, _DECISIONS)
    made = [row for row in decisions if row.status == "decided"]
    assert [row.later for row in made] == [1, 0, 0]
    assert made[-1].unread == 1
    (taking_input,) = [row for row in decisions if row.status == "open"]
    assert (taking_input.inputs, taking_input.unread) == (1, 3)
    assert taking_input.input_due_at > SUNDAY


async def test_it_shows_what_was_written_down_what_is_wanted_and_what_is_doubted(
    told: Settings,
) -> None:
    (wanted,) = await rows(told, _WANTED)
    assert (wanted.handle, wanted.times) == ("olena", 3)
    answers = [(row.times, row.stale, row.links) for row in await rows(told, _REFERENCES)]
    assert answers == [(4, 0, 1), (0, 1, 0)]


async def test_the_client_is_invited_as_a_guest_of_their_project(told: Settings) -> None:
    (invited,) = await rows(
        told, "SELECT role, project_ids FROM invites WHERE email = 'captain@skargard.example'"
    )
    (project,) = await rows(told, "SELECT id FROM projects WHERE key = 'BOOK'")
    assert (invited.role, invited.project_ids) == ("guest", [project.id])


async def test_it_tells_how_far_it_is(told: Settings) -> None:
    heard: list[tuple[int, int]] = []
    await filling.fill(
        told,
        MovableClock(SUNDAY),
        slug="heard",
        seed=1,
        played=lambda *so_far: heard.append(so_far),
    )
    (total,) = {total for _, total in heard}
    assert [done for done, _ in heard] == list(range(total))


async def test_the_same_seed_tells_the_same_story(told: Settings) -> None:
    await fill(told, SUNDAY, slug="twin")
    here = "AND t.workspace_id = (SELECT id FROM workspaces WHERE slug = :slug) ORDER BY"
    for statement, least in ((_TIMERS, 30), (_BOARD, 30), (_DECISIONS, 3)):
        one = statement.replace("ORDER BY", here)
        first = await rows(told, one, slug="demo")
        assert len(first) > least
        assert await rows(told, one, slug="twin") == first


def test_another_seed_tells_another_story() -> None:
    kyiv = ZoneInfo("Europe/Kyiv")
    zones = {handle: ZoneInfo(zone) for handle, zone in ZONES.items()}
    scripts = [Script(zones, WEDNESDAY, Random(seed), kyiv) for seed in (7, 7, 8)]  # noqa: S311
    for script in scripts:
        story.tell(script)
    one, twin, other = ([(beat.at, beat.who) for beat in s.in_order()] for s in scripts)
    assert one == twin
    assert one != other


async def test_the_founder_takes_the_leads_part(fresh_settings: Settings) -> None:
    engine = create_engine(fresh_settings.database_url or "", pool_size=1)
    async with create_sessions(engine)() as session, session.begin():
        pat = await create_account(
            session, email="pat@example.org", name="Pat", password_hash="none", now=SUNDAY
        )
        pat.founder_at = SUNDAY
    await engine.dispose()
    filled = await fill(fresh_settings, MONDAY_NIGHT)
    await check_that_it_ends(fresh_settings, MONDAY_NIGHT)
    assert filled.founder_email == "pat@example.org"
    assert "olena@demo.example" not in filled.people.values()
    assert len(filled.people) == 8
    owners = await rows(fresh_settings, "SELECT name, handle FROM members WHERE role = 'owner'")
    assert [tuple(row) for row in owners] == [("Pat", "pat")]
    named = await rows(fresh_settings, "SELECT body FROM messages WHERE body ~ '@(pat|olena)\\M'")
    assert named
    assert all("@olena" not in row.body for row in named)
    briefs = "SELECT title FROM tasks WHERE concat(context, request, options, authority) ~ 'Olena'"
    assert await rows(fresh_settings, briefs) == [], "the lead has the founder's name"


async def test_a_taken_name_changes_nothing(told: Settings) -> None:
    before = await rows(
        told, "SELECT slug FROM workspaces JOIN events ON workspace_id = workspaces.id"
    )
    with pytest.raises(filling.SlugTaken):
        await fill(told, SUNDAY)
    after = await rows(
        told, "SELECT slug FROM workspaces JOIN events ON workspace_id = workspaces.id"
    )
    assert after == before


async def test_an_accident_leaves_nothing(
    fresh_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def accident(_stage: Stage, _caller: Caller) -> None:
        raise InterruptedError

    told = story.tell

    def tell(script: Script) -> None:
        told(script)
        script.ago(1, "sam", accident)

    monkeypatch.setattr(story, "tell", tell)
    with pytest.raises(InterruptedError):
        await fill(fresh_settings, SUNDAY)
    for everything in (
        "SELECT 1 FROM workspaces",
        "SELECT 1 FROM accounts",
        "SELECT 1 FROM events",
    ):
        assert await rows(fresh_settings, everything) == []


async def test_a_bad_name_is_refused(fresh_settings: Settings) -> None:
    with pytest.raises(ValidationError, match=r"fields\.short-name"):
        await fill(fresh_settings, SUNDAY, slug="A demo")


def test_working_days_are_counted_around_weekends() -> None:
    kyiv = ZoneInfo("Europe/Kyiv")
    script = Script({"olena": kyiv}, SUNDAY, Random(1), kyiv)  # noqa: S311 -- a story
    days = {day: script.date_of(day).isoformat() for day in (-5, -4, 0, 1)}
    assert days == {-5: "2026-11-13", -4: "2026-11-16", 0: "2026-11-20", 1: "2026-11-23"}
    assert script.instant(0, "olena", "09:30") == datetime(2026, 11, 20, 7, 30, tzinfo=UTC)
    assert script.weekday(1) == "Monday"
