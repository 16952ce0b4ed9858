"""Search: the words of tasks, topics, messages and projects, and the function that finds them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from dayline.migrations.walls import SYSTEM, system_function, system_reads

revision = "0013"
down_revision = "0012"

POINTS = ("context", "request", "deadline", "options", "authority")
WORDS = {
    "tasks": ("title", " || ' ' || ".join(POINTS)),
    "topics": ("title", "''"),
    "messages": ("''", "body"),
    "projects": ("key || ' ' || name", "purpose"),
}
"""By table: its title, and its text."""


def upgrade() -> None:
    _make_folding()
    for table, (title, body) in WORDS.items():
        vector = f"search_vector(workspace_id, {title}, {body})"
        op.add_column(
            table, sa.Column("words", postgresql.TSVECTOR(), sa.Computed(vector, persisted=True))
        )
        op.create_index(op.f(f"ix_{table}_words"), table, ["words"], postgresql_using="gin")
    system_reads("tasks", ["workspace_id", "id", "project_id", "words"])
    system_reads("topics", ["workspace_id", "id", "project_id", "kind", "words"])
    system_reads("messages", ["workspace_id", "id", "topic_id", "words"])
    system_reads("projects", ["workspace_id", "id", "words"])
    op.execute(f"GRANT CREATE ON SCHEMA public TO {SYSTEM}")
    _make_search()
    op.execute(f"REVOKE CREATE ON SCHEMA public FROM {SYSTEM}")


def _make_folding() -> None:
    """What two spellings of a word share, with the workspace before it.

    The words of each workspace are its own in the index: how long a search takes says nothing of
    what others wrote, and their words do not make it longer. Letters alone stand before them, so
    that the parser never sees a number.
    """
    op.execute(
        r"""
        CREATE FUNCTION search_words(workspace uuid, written text) RETURNS text
        LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
            SELECT pg_catalog.regexp_replace(
                pg_catalog.regexp_replace(
                    pg_catalog.lower(
                        pg_catalog.regexp_replace(
                            normalize(written, NFKD), '[\u0300-\u036f]', '', 'g'
                        )
                    ),
                    '[^[:alnum:]]+', ' ', 'g'
                ),
                '[[:alnum:]]+',
                pg_catalog.translate(
                    pg_catalog.right(workspace::pg_catalog.text, 12), '0123456789', 'ghijklmnop'
                ) || '\&',
                'g'
            )
        $$
        """
    )
    op.execute(
        """
        CREATE FUNCTION search_vector(workspace uuid, title text, body text) RETURNS tsvector
        LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
            SELECT pg_catalog.setweight(
                pg_catalog.to_tsvector(
                    'pg_catalog.simple', public.search_words(workspace, title)
                ), 'A'
            ) || pg_catalog.setweight(
                pg_catalog.to_tsvector(
                    'pg_catalog.simple',
                    public.search_words(workspace, pg_catalog.left(body, 50000))
                ), 'C'
            )
        $$
        """
    )


def _make_search() -> None:
    """Of each kind the newest rows that match, ranked: what is common costs no more."""
    system_function(
        "search_hits(written text, kinds text[], projects uuid[], direct uuid[])",
        "TABLE (kind text, id uuid, rank real)",
        """
        WITH asked AS (
            SELECT here.workspace_id, to_tsquery('simple', split.words || split.goes_on) AS words
            FROM (
                SELECT nullif(current_setting('app.workspace_id', true), '')::uuid AS workspace_id
            ) AS here,
            LATERAL (
                SELECT replace(folded, ' ', ' & ') AS words,
                    CASE WHEN folded ~ '[^ ]{14}$' THEN ':*' ELSE '' END AS goes_on
                FROM btrim(public.search_words(here.workspace_id, left($1, 200))) AS folded
                WHERE folded <> ''
            ) AS split
        ),
        task AS (
            SELECT t.id, t.words FROM asked, public.tasks t
            WHERE t.workspace_id = asked.workspace_id AND t.words @@ asked.words
                AND 'task' = ANY ($2) AND ($3 IS NULL OR t.project_id = ANY ($3))
            ORDER BY t.id DESC LIMIT 500
        ),
        topic AS (
            SELECT t.id, t.words FROM asked, public.topics t
            WHERE t.workspace_id = asked.workspace_id AND t.words @@ asked.words
                AND 'topic' = ANY ($2) AND t.kind <> 'task'
                AND CASE WHEN t.project_id IS NULL THEN t.id = ANY ($4)
                    ELSE $3 IS NULL OR t.project_id = ANY ($3) END
            ORDER BY t.id DESC LIMIT 500
        ),
        message AS (
            SELECT m.id, m.words FROM asked, public.messages m
            JOIN public.topics t ON t.workspace_id = m.workspace_id AND t.id = m.topic_id
            WHERE m.workspace_id = asked.workspace_id AND m.words @@ asked.words
                AND 'message' = ANY ($2)
                AND CASE WHEN t.project_id IS NULL THEN t.id = ANY ($4)
                    ELSE $3 IS NULL OR t.project_id = ANY ($3) END
            ORDER BY m.id DESC LIMIT 500
        ),
        project AS (
            SELECT p.id, p.words FROM asked, public.projects p
            WHERE p.workspace_id = asked.workspace_id AND p.words @@ asked.words
                AND 'project' = ANY ($2) AND ($3 IS NULL OR p.id = ANY ($3))
            ORDER BY p.id DESC LIMIT 500
        ),
        found AS (
            SELECT 'task' AS kind, task.* FROM task
            UNION ALL SELECT 'topic', topic.* FROM topic
            UNION ALL SELECT 'message', message.* FROM message
            UNION ALL SELECT 'project', project.* FROM project
        )
        SELECT found.kind, found.id, ts_rank(found.words, asked.words) AS rank
        FROM found, asked ORDER BY rank DESC, found.id DESC LIMIT 50
        """,
    )


def downgrade() -> None:
    raise NotImplementedError("the walls stay up; restore a backup instead")
