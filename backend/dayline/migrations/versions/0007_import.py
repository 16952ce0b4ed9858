"""Imports: members who have not joined yet, and where imported rows came from."""

import sqlalchemy as sa
from alembic import op

from dayline.migrations.walls import SYSTEM, system_function, wall

revision = "0007"
down_revision = "0006"

REASONS = ("resolved", "withdrawn", "edited", "recipient_left", "imported")


def upgrade() -> None:
    _let_members_wait()
    _let_invites_name_them()
    _let_asks_be_of_the_past()
    _make_sources()
    op.execute(f"GRANT CREATE ON SCHEMA public TO {SYSTEM}")
    system_function(
        "find_workspace(slug text)",
        "uuid",
        "SELECT w.id FROM public.workspaces w WHERE w.slug = $1",
    )
    op.execute(f"REVOKE CREATE ON SCHEMA public FROM {SYSTEM}")


def _let_members_wait() -> None:
    op.alter_column("members", "account_id", nullable=True)
    op.alter_column("members", "joined_at", nullable=True)
    op.add_column("members", sa.Column("email_hint", sa.String(254), nullable=True))
    op.create_check_constraint(
        op.f("ck_members_joins_with_an_account"),
        "members",
        "(account_id IS NULL) = (joined_at IS NULL)",
    )
    op.create_check_constraint(
        op.f("ck_members_hint_until_they_join"),
        "members",
        "email_hint IS NULL OR joined_at IS NULL",
    )


def _let_invites_name_them() -> None:
    op.add_column("invites", sa.Column("member_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_invites_workspace_id_member_id_members"),
        "invites",
        "members",
        ["workspace_id", "member_id"],
        ["workspace_id", "id"],
    )


def _let_asks_be_of_the_past() -> None:
    named = ", ".join(f"'{reason}'" for reason in REASONS)
    op.drop_constraint(op.f("ck_timers_cancel_reason"), "timers")
    op.create_check_constraint(
        op.f("ck_timers_cancel_reason"), "timers", f"cancel_reason IN ({named})"
    )


def _make_sources() -> None:
    op.create_table(
        "import_sources",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("source", _enum("source", "slack"), nullable=False),
        sa.Column(
            "kind",
            _enum("source_kind", "person", "channel", "thread", "message"),
            nullable=False,
        ),
        sa.Column("source_id", sa.String(200), nullable=False),
        sa.Column("row_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_import_sources_workspace_id_workspaces"),
        ),
        sa.PrimaryKeyConstraint(
            "workspace_id", "source", "kind", "source_id", name=op.f("pk_import_sources")
        ),
    )
    # What was imported stays known as that, or it would come a second time.
    wall("import_sources", may="SELECT, INSERT")


def _enum(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def downgrade() -> None:
    raise NotImplementedError("what was imported is not thrown away; restore a backup instead")
