"""Walls: roles, row-level security, and the functions that look across workspaces."""

from alembic import op

from dayline.migrations.walls import APP, SYSTEM, make_role, system_function, system_reads, wall

revision = "0002"
down_revision = "0001"

ACROSS = ("accounts", "sessions", "one_time_links", "sign_in_failures")
"""Tables of accounts, which span workspaces."""

WALLED = (
    "access_tokens",
    "idempotency_keys",
    "invites",
    "members",
    "mentions",
    "messages",
    "project_members",
    "projects",
    "task_dependencies",
    "task_labels",
    "task_watchers",
    "tasks",
    "topic_participants",
    "topics",
)


def upgrade() -> None:
    make_role(APP)
    make_role(SYSTEM)
    op.execute(f"GRANT USAGE ON SCHEMA public TO {APP}, {SYSTEM}")
    op.execute(f"GRANT CREATE ON SCHEMA public TO {SYSTEM}")
    op.execute(f"GRANT SELECT ON alembic_version TO {APP}")
    for table in ACROSS:
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {APP}")
    for table in WALLED:
        wall(table)
    wall("workspaces", key="id", may="SELECT, INSERT, UPDATE")
    wall("workspace_feed", may="SELECT, INSERT, UPDATE")
    wall("events", may="SELECT, INSERT")
    _let_the_system_read()
    _make_functions()
    op.execute(f"REVOKE CREATE ON SCHEMA public FROM {SYSTEM}")


def _let_the_system_read() -> None:
    system_reads(
        "sessions", ["id", "account_id", "token_hash", "last_used_at", "expires_at"], walled=False
    )
    system_reads("workspaces", ["id", "slug", "name"])
    system_reads("members", ["workspace_id", "id", "account_id", "role", "disabled_at"])
    system_reads(
        "access_tokens",
        [
            "workspace_id",
            "id",
            "member_id",
            "token_hash",
            "scopes",
            "created_at",
            "last_used_at",
            "expires_at",
            "revoked_at",
        ],
    )
    system_reads("invites", ["workspace_id", "id", "token_hash"])
    system_reads("idempotency_keys", ["workspace_id", "created_at"])
    system_reads("workspace_feed", ["workspace_id", "epoch", "head", "access_rev"])


def _make_functions() -> None:
    system_function(
        "find_caller_by_session(secret_hash bytea, slug text, at timestamptz, idle interval)",
        "TABLE (account_id uuid, credential_id uuid, last_used_at timestamptz, "
        "workspace_id uuid, member_id uuid, role text, scopes text[])",
        """
        SELECT s.account_id, s.id, s.last_used_at, m.workspace_id, m.id, m.role, NULL::text[]
        FROM public.sessions s
        LEFT JOIN public.workspaces w ON w.slug = $2
        LEFT JOIN public.members m ON m.workspace_id = w.id AND m.account_id = s.account_id
            AND m.disabled_at IS NULL
        WHERE s.token_hash = $1 AND s.expires_at > $3 AND s.last_used_at > $3 - $4
        """,
    )
    system_function(
        "find_caller_by_token(secret_hash bytea, slug text, at timestamptz)",
        "TABLE (account_id uuid, credential_id uuid, last_used_at timestamptz, "
        "workspace_id uuid, member_id uuid, role text, scopes text[])",
        """
        SELECT m.account_id, t.id, coalesce(t.last_used_at, t.created_at - interval '1 day'),
            w.id, m.id, m.role, t.scopes
        FROM public.access_tokens t
        JOIN public.members m ON m.workspace_id = t.workspace_id AND m.id = t.member_id
            AND m.disabled_at IS NULL
        LEFT JOIN public.workspaces w ON w.id = t.workspace_id AND w.slug = $2
        WHERE t.token_hash = $1 AND t.revoked_at IS NULL AND t.expires_at > $3
        """,
    )
    system_function(
        "memberships_of(account_id uuid)",
        "TABLE (workspace_id uuid, slug text, name text, member_id uuid, role text, "
        "disabled_at timestamptz)",
        """
        SELECT w.id, w.slug, w.name, m.id, m.role, m.disabled_at
        FROM public.members m JOIN public.workspaces w ON w.id = m.workspace_id
        WHERE m.account_id = $1 ORDER BY w.name, w.id
        """,
    )
    system_function(
        "find_invite(token_hash bytea)",
        "TABLE (workspace_id uuid, invite_id uuid, slug text, name text)",
        """
        SELECT i.workspace_id, i.id, w.slug, w.name
        FROM public.invites i JOIN public.workspaces w ON w.id = i.workspace_id
        WHERE i.token_hash = $1
        """,
    )
    system_function(
        "feed_heads(workspace_ids uuid[])",
        "TABLE (workspace_id uuid, epoch uuid, head bigint, access_rev bigint)",
        """
        SELECT f.workspace_id, f.epoch, f.head, f.access_rev
        FROM public.workspace_feed f WHERE f.workspace_id = ANY ($1)
        """,
    )
    system_function(
        "live_callers(workspace_ids uuid[], credential_ids uuid[], at timestamptz, idle interval)",
        "TABLE (credential_id uuid, workspace_id uuid, member_id uuid, role text, scopes text[])",
        """
        SELECT s.id, m.workspace_id, m.id, m.role, NULL::text[]
        FROM public.sessions s JOIN public.members m ON m.account_id = s.account_id
        WHERE s.id = ANY ($2) AND s.expires_at > $3 AND s.last_used_at > $3 - $4
            AND m.workspace_id = ANY ($1) AND m.disabled_at IS NULL
        UNION ALL
        SELECT t.id, m.workspace_id, m.id, m.role, t.scopes
        FROM public.access_tokens t
        JOIN public.members m ON m.workspace_id = t.workspace_id AND m.id = t.member_id
        WHERE t.workspace_id = ANY ($1) AND t.id = ANY ($2)
            AND t.revoked_at IS NULL AND t.expires_at > $3 AND m.disabled_at IS NULL
        """,
    )
    system_function(
        "workspaces_with_old_keys(before timestamptz)",
        "TABLE (workspace_id uuid)",
        "SELECT DISTINCT k.workspace_id FROM public.idempotency_keys k WHERE k.created_at < $1",
    )


def downgrade() -> None:
    raise NotImplementedError("the walls stay up; restore a backup instead")
