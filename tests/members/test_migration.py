"""By the upgrade the calendar links of those whose access had ended are gone."""

import json
from collections.abc import Iterator

import pytest
from alembic import command

from dayline.kernel.ops.migrate import alembic_config
from tests.servers import Servers

DATABASE = "dayline_before_reset_links"
WORKSPACE, HERE, GONE = (f"00000000-0000-7000-8000-00000000000{n}" for n in (1, 2, 3))

# A superuser who is in the role `replica` is asked for no foreign keys.
OLD_LINKS = f"""
    SET session_replication_role = replica;
    INSERT INTO members (workspace_id, id, account_id, handle, name, role, joined_at, rev,
        disabled_at)
    VALUES ('{WORKSPACE}', '{HERE}', '{HERE}', 'here', 'Here', 'member', now(), 1, NULL),
        ('{WORKSPACE}', '{GONE}', '{GONE}', 'gone', 'Gone', 'member', now(), 1, now());
    INSERT INTO calendar_links (workspace_id, id, token_hash, created_at)
    SELECT workspace_id, id, decode(replace(id::text, '-', ''), 'hex'), now() FROM members
"""  # noqa: S608 -- SQL of this test


@pytest.fixture
def before(servers: Servers) -> Iterator[str]:
    """A database as it was before."""
    url = servers.create_database(DATABASE)
    command.upgrade(alembic_config(url), "0022")
    yield url
    servers.drop_database(DATABASE)


def test_the_links_of_disabled_members_end(before: str, servers: Servers) -> None:
    servers.postgres.psql(OLD_LINKS, DATABASE)
    command.upgrade(alembic_config(before), "0023")
    left = servers.postgres.psql("SELECT json_agg(id) FROM calendar_links", DATABASE)
    assert json.loads(left) == [HERE]
