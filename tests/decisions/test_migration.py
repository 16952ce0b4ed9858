"""After the upgrade, the topic of a decision says itself whether guests see it."""

import json
from collections.abc import Iterator

import pytest
from alembic import command

from dayline.kernel.ops.migrate import alembic_config
from tests.servers import Servers

DATABASE = "dayline_before_topics_for_guests"

# A superuser who is in the role `replica` is asked for no foreign keys.
OLD = """
    SET session_replication_role = replica;
    INSERT INTO topics (workspace_id, id, rev, kind, project_id, title, main, created_at,
        message_count)
    SELECT '01970e30-0000-7000-8000-000000000000', gen_random_uuid(), 1, kind, gen_random_uuid(),
        title, false, now(), 0
    FROM (VALUES ('decision', 'public'), ('decision', 'hidden'), ('task', 'work'))
        AS old (kind, title);
    INSERT INTO decisions (workspace_id, id, rev, number, project_id, topic_id, title, status,
        is_public, proposed_by, created_at, updated_at, context, recommendation, outcome, rationale,
        extensions, sections, meeting_minutes)
    SELECT workspace_id, gen_random_uuid(), 1, row_number() OVER (), project_id, id, title, 'draft',
        title = 'public', gen_random_uuid(), now(), now(), '', '', '', '', '[]', '[]', 0
    FROM topics WHERE kind = 'decision'
"""


@pytest.fixture
def before(servers: Servers) -> Iterator[str]:
    """A database as it was before."""
    url = servers.create_database(DATABASE)
    command.upgrade(alembic_config(url), "0027")
    yield url
    servers.drop_database(DATABASE)


def test_only_topics_of_hidden_decisions_are_not_for_guests(before: str, servers: Servers) -> None:
    servers.postgres.psql(OLD, DATABASE)
    command.upgrade(alembic_config(before), "0028")
    found = servers.postgres.psql("SELECT json_object_agg(title, for_guests) FROM topics", DATABASE)
    assert json.loads(found) == {"public": True, "hidden": False, "work": True}
