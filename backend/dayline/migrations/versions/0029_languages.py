"""Languages: the account's choice, the workspace's default, and a channel's own."""

import sqlalchemy as sa
from alembic import op

from dayline.migrations.walls import SYSTEM, system_function, system_reads

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    op.add_column("accounts", sa.Column("language", sa.String(35), nullable=True))
    op.add_column("subscriptions", sa.Column("language", sa.String(35), nullable=True))
    op.add_column(
        "workspaces", sa.Column("language", sa.String(35), nullable=False, server_default="en")
    )
    op.alter_column("workspaces", "language", server_default=None)
    system_reads("accounts", ["id", "language"], walled=False)
    system_reads("workspaces", ["language"], walled=False)
    op.execute(f"GRANT CREATE ON SCHEMA public TO {SYSTEM}")
    _find_callers_with_their_languages()
    op.execute(f"REVOKE CREATE ON SCHEMA public FROM {SYSTEM}")


def _find_callers_with_their_languages() -> None:
    op.execute("DROP FUNCTION find_caller_by_session(bytea, text, timestamptz, interval)")
    op.execute("DROP FUNCTION find_caller_by_token(bytea, text, timestamptz)")
    found = (
        "TABLE (account_id uuid, credential_id uuid, last_used_at timestamptz, "
        "workspace_id uuid, member_id uuid, role text, scopes text[], "
        "account_language text, workspace_language text)"
    )
    system_function(
        "find_caller_by_session(secret_hash bytea, slug text, at timestamptz, idle interval)",
        found,
        """
        SELECT s.account_id, s.id, s.last_used_at, m.workspace_id, m.id, m.role, NULL::text[],
            a.language, CASE WHEN m.id IS NOT NULL THEN w.language END
        FROM public.sessions s
        JOIN public.accounts a ON a.id = s.account_id
        LEFT JOIN public.workspaces w ON w.slug = $2
        LEFT JOIN public.members m ON m.workspace_id = w.id AND m.account_id = s.account_id
            AND m.disabled_at IS NULL
        WHERE s.token_hash = $1 AND s.expires_at > $3 AND s.last_used_at > $3 - $4
        """,
    )
    system_function(
        "find_caller_by_token(secret_hash bytea, slug text, at timestamptz)",
        found,
        """
        SELECT m.account_id, t.id, coalesce(t.last_used_at, t.created_at - interval '1 day'),
            w.id, m.id, m.role, t.scopes, a.language, w.language
        FROM public.access_tokens t
        JOIN public.members m ON m.workspace_id = t.workspace_id AND m.id = t.member_id
            AND m.disabled_at IS NULL
        JOIN public.accounts a ON a.id = m.account_id
        LEFT JOIN public.workspaces w ON w.id = t.workspace_id AND w.slug = $2
        WHERE t.token_hash = $1 AND t.revoked_at IS NULL AND t.expires_at > $3
        """,
    )


def downgrade() -> None:
    raise NotImplementedError("the walls stay up; restore a backup instead")
