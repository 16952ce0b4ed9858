"""Search finds decisions, and references before everything else."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from dayline.migrations.walls import SYSTEM, system_function, system_reads

revision = "0019"
down_revision = "0018"

WORDS = {
    "decisions": (
        "'DEC-' || number::text || ' ' || title",
        "context || ' ' || recommendation || ' ' || outcome || ' ' || rationale",
    ),
    "reference_pages": ("title", "body"),
}
"""By table: its title, and its text."""


def upgrade() -> None:
    for table, (title, body) in WORDS.items():
        vector = f"search_vector(workspace_id, {title}, {body})"
        op.add_column(
            table, sa.Column("words", postgresql.TSVECTOR(), sa.Computed(vector, persisted=True))
        )
        op.create_index(op.f(f"ix_{table}_words"), table, ["words"], postgresql_using="gin")
    system_reads("decisions", ["project_id", "words"], walled=False)
    system_reads("reference_pages", ["workspace_id", "id", "words"])
    op.execute(f"GRANT CREATE ON SCHEMA public TO {SYSTEM}")
    op.execute("DROP FUNCTION search_hits")
    _make_search()
    op.execute(f"REVOKE CREATE ON SCHEMA public FROM {SYSTEM}")


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
        reference AS (
            SELECT r.id, r.words FROM asked, public.reference_pages r
            WHERE r.workspace_id = asked.workspace_id AND r.words @@ asked.words
                AND 'reference' = ANY ($2)
            ORDER BY r.id DESC LIMIT 500
        ),
        task AS (
            SELECT t.id, t.words FROM asked, public.tasks t
            WHERE t.workspace_id = asked.workspace_id AND t.words @@ asked.words
                AND 'task' = ANY ($2) AND ($3 IS NULL OR t.project_id = ANY ($3))
            ORDER BY t.id DESC LIMIT 500
        ),
        decision AS (
            SELECT d.id, d.words FROM asked, public.decisions d
            WHERE d.workspace_id = asked.workspace_id AND d.words @@ asked.words
                AND 'decision' = ANY ($2) AND ($3 IS NULL OR d.project_id = ANY ($3))
            ORDER BY d.id DESC LIMIT 500
        ),
        topic AS (
            SELECT t.id, t.words FROM asked, public.topics t
            WHERE t.workspace_id = asked.workspace_id AND t.words @@ asked.words
                AND 'topic' = ANY ($2) AND t.kind NOT IN ('task', 'decision')
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
            SELECT 'reference' AS kind, reference.* FROM reference
            UNION ALL SELECT 'task', task.* FROM task
            UNION ALL SELECT 'decision', decision.* FROM decision
            UNION ALL SELECT 'topic', topic.* FROM topic
            UNION ALL SELECT 'message', message.* FROM message
            UNION ALL SELECT 'project', project.* FROM project
        )
        SELECT found.kind, found.id, ts_rank(found.words, asked.words) AS rank
        FROM found, asked
        ORDER BY found.kind = 'reference' DESC, rank DESC, found.id DESC LIMIT 50
        """,
    )


def downgrade() -> None:
    raise NotImplementedError("the walls stay up; restore a backup instead")
