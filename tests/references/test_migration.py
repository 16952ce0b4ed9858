"""What was explained and named before an upgrade keeps its letters after it."""

import json
from collections.abc import Iterator

import pytest
from alembic import command

from dayline.core.likeness import letters
from dayline.kernel.ops.migrate import alembic_config
from tests.servers import Servers

DATABASE = "dayline_before_letters"

# A superuser who is in the role `replica` is asked for no foreign keys.
OLD = """
    SET session_replication_role = replica;
    INSERT INTO explanations
        (workspace_id, id, subject_id, words, explained_by, explained_at)
    SELECT gen_random_uuid(), gen_random_uuid(), gen_random_uuid(),
        'How VAT works ' || number, gen_random_uuid(), now()
    FROM generate_series(1, 1500) AS number;
    INSERT INTO reference_names (workspace_id, id, reference_id, name, title)
    VALUES (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'vat rates', 'VAT rates')
"""


@pytest.fixture
def before(servers: Servers) -> Iterator[str]:
    """A database as it was before."""
    url = servers.create_database(DATABASE)
    command.upgrade(alembic_config(url), "0025")
    yield url
    servers.drop_database(DATABASE)


def test_every_row_has_the_letters_of_its_text(before: str, servers: Servers) -> None:
    servers.postgres.psql(OLD, DATABASE)
    command.upgrade(alembic_config(before), "0026")
    found = servers.postgres.psql(
        "SELECT json_agg(json_build_array(text, letters)) FROM ("
        "SELECT words AS text, letters FROM explanations "
        "UNION ALL SELECT title, letters FROM reference_names) AS each",
        DATABASE,
    )
    rows = json.loads(found)
    assert len(rows) == 1501
    assert all(letters(text) == held for text, held in rows)
