"""Timers from before are by an upgrade what they were before it."""

import json
from collections.abc import Iterator

import pytest
from alembic import command

from dayline.kernel.ops.migrate import alembic_config
from tests.servers import Servers

DATABASE = "dayline_before_walls"
SOMETHING = "00000000-0000-7000-8000-000000000001"

# A superuser who is in the role `replica` is asked for no foreign keys.
OLD_TIMER = f"""
    SET session_replication_role = replica;
    INSERT INTO timers (workspace_id, id, rev, message_id, topic_id, recipient_id, author_id,
        kind, urgent, agreement_version, allowance_s, warn_share, first_check_minutes,
        sent_at, warn_at, due_at, paused_s, pauses, counted, zone, tz_version)
    VALUES ('{SOMETHING}', '{SOMETHING}', 1, '{SOMETHING}', '{SOMETHING}', '{SOMETHING}',
        gen_random_uuid(), 'urgent', true, 1, 60, 75, 60,
        '2026-03-07T20:00:00.5Z', '2026-03-08T15:00Z', '2026-03-08T16:00Z',
        0, '[]', '[]', 'America/New_York', '2026.1')
"""  # noqa: S608 -- SQL of this test


@pytest.fixture
def before(servers: Servers) -> Iterator[str]:
    """A database as it was before."""
    url = servers.create_database(DATABASE)
    command.upgrade(alembic_config(url), "0007")
    yield url
    servers.drop_database(DATABASE)


def test_every_timer_keeps_what_its_wall_shows(before: str, servers: Servers) -> None:
    servers.postgres.psql(OLD_TIMER, DATABASE)
    command.upgrade(alembic_config(before), "0008")
    assert json.loads(servers.postgres.psql("SELECT local FROM timers", DATABASE)) == {
        "sent_at": "2026-03-07T15:00:00.500000-05:00",
        "first_check_at": None,
        "warn_at": "2026-03-08T11:00:00-04:00",
        "due_at": "2026-03-08T12:00:00-04:00",
    }


# A promise, and the timer that it ended.
OLD_PROMISE = f"""
    SET session_replication_role = replica;
    INSERT INTO timers (workspace_id, id, rev, message_id, topic_id, recipient_id, author_id,
        kind, urgent, agreement_version, allowance_s, warn_share, first_check_minutes,
        sent_at, ended_at, end_reason, acknowledged_at, promised_at, follows,
        paused_s, pauses, counted, local, zone, tz_version)
    SELECT '{SOMETHING}', gen_random_uuid(), 1, '{SOMETHING}', '{SOMETHING}', '{SOMETHING}',
        gen_random_uuid(), 'urgent', true, 1, 60, 75, 60, now(),
        ended_at, end_reason, ended_at, ended_at, follows, 0, '[]', '[]', '{{}}', 'UTC', '2026.1'
    FROM (VALUES (now(), 'acknowledged', NULL), (NULL, NULL, '{SOMETHING}'::uuid))
        AS old (ended_at, end_reason, follows)
"""  # noqa: S608 -- SQL of this test


def test_what_keeps_a_promise_stays_where_calendars_do_not_move_it(
    before: str, servers: Servers
) -> None:
    command.upgrade(alembic_config(before), "0016")
    servers.postgres.psql(OLD_PROMISE, DATABASE)
    command.upgrade(alembic_config(before), "0017")
    fixed = "SELECT json_agg(is_fixed ORDER BY follows NULLS FIRST) FROM timers"
    assert json.loads(servers.postgres.psql(fixed, DATABASE)) == [False, True]
