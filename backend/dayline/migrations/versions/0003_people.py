"""People: calendars with their parts, and public holidays; a calendar for every member."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from dayline.migrations.walls import SYSTEM, system_function, system_reads, wall

revision = "0003"
down_revision = "0002"

WALLED = (
    "calendar_defaults",
    "calendars",
    "focus_blocks",
    "holiday_opt_outs",
    "holiday_sets",
    "holidays",
    "hours",
    "overrides",
    "time_off",
)

OFFICE_HOURS = {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}


def upgrade() -> None:
    _make_tables()
    for table in WALLED:
        wall(table)
    op.execute(f"GRANT CREATE ON SCHEMA public TO {SYSTEM}")
    system_reads("holiday_sets", ["workspace_id", "library_version", "last_year"])
    system_function(
        "workspaces_with_old_holidays(version text, last_year integer)",
        "TABLE (workspace_id uuid)",
        """
        SELECT DISTINCT h.workspace_id FROM public.holiday_sets h
        WHERE h.library_version <> $1 OR h.last_year < $2
        """,
    )
    op.execute(f"REVOKE CREATE ON SCHEMA public FROM {SYSTEM}")
    _give_calendars()


def _give_calendars() -> None:
    """Give every member who is there the calendar that a new one begins with.

    No event tells of them, because events are numbered by the server's own commits alone. So every
    feed gets a new epoch, by which clients read afresh.
    """
    weekly = sa.bindparam("weekly", OFFICE_HOURS, type_=postgresql.JSONB)
    op.execute(
        sa.text(
            "INSERT INTO calendar_defaults (workspace_id, weekly, rev) "
            "SELECT id, :weekly, 1 FROM workspaces"
        ).bindparams(weekly)
    )
    op.execute(
        """
        INSERT INTO calendars (workspace_id, id, zone, subdivision, stamp, rev)
        SELECT m.workspace_id, m.id, w.reference_zone, '', gen_random_uuid(), 1
        FROM members m JOIN workspaces w ON w.id = m.workspace_id
        """
    )
    op.execute(
        sa.text(
            "INSERT INTO hours (workspace_id, id, member_id, effective_from, weekly) "
            "SELECT workspace_id, gen_random_uuid(), id, "
            "CAST(joined_at AT TIME ZONE 'UTC' AS date), :weekly FROM members"
        ).bindparams(weekly)
    )
    op.execute("UPDATE workspace_feed SET epoch = gen_random_uuid()")


def _make_tables() -> None:
    op.create_table(
        "calendar_defaults",
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("zone", sa.String(64), nullable=True),
        sa.Column("weekly", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_calendar_defaults_workspace_id_workspaces"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", name=op.f("pk_calendar_defaults")),
    )
    op.create_table(
        "holiday_sets",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("country", sa.String(2), nullable=False),
        sa.Column("subdivision", sa.String(40), nullable=False),
        sa.Column("first_year", sa.Integer(), nullable=False),
        sa.Column("last_year", sa.Integer(), nullable=False),
        sa.Column("library_version", sa.String(40), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_holiday_sets_workspace_id_workspaces"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_holiday_sets")),
        sa.UniqueConstraint(
            "workspace_id",
            "country",
            "subdivision",
            name=op.f("uq_holiday_sets_workspace_id_country_subdivision"),
        ),
    )
    op.create_table(
        "holidays",
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("country", sa.String(2), nullable=False),
        sa.Column("subdivision", sa.String(40), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("library_name", sa.String(300), nullable=True),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_holidays_workspace_id_workspaces")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_holidays")),
        sa.UniqueConstraint(
            "workspace_id",
            "country",
            "subdivision",
            "on",
            name=op.f("uq_holidays_workspace_id_country_subdivision_on"),
        ),
    )
    op.create_table(
        "calendars",
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("country", sa.String(2), nullable=True),
        sa.Column("subdivision", sa.String(40), nullable=False),
        sa.Column("stamp", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "subdivision = '' OR country IS NOT NULL",
            name=op.f("ck_calendars_subdivision_of_a_country"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "id"],
            ["members.workspace_id", "members.id"],
            name=op.f("fk_calendars_workspace_id_id_members"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_calendars_workspace_id_workspaces")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_calendars")),
    )
    op.create_index(
        op.f("ix_calendars_workspace_id_country_subdivision"),
        "calendars",
        ["workspace_id", "country", "subdivision"],
        unique=False,
    )
    op.create_table(
        "focus_blocks",
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("days", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("on", sa.Date(), nullable=True),
        sa.Column("start", sa.String(5), nullable=False),
        sa.Column("end", sa.String(5), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["calendars.workspace_id", "calendars.id"],
            name=op.f("fk_focus_blocks_workspace_id_member_id_calendars"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_focus_blocks_workspace_id_workspaces"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_focus_blocks")),
    )
    op.create_index(
        op.f("ix_focus_blocks_workspace_id_member_id"),
        "focus_blocks",
        ["workspace_id", "member_id"],
        unique=False,
    )
    op.create_table(
        "holiday_opt_outs",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("holiday_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "holiday_id"],
            ["holidays.workspace_id", "holidays.id"],
            name=op.f("fk_holiday_opt_outs_workspace_id_holiday_id_holidays"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["calendars.workspace_id", "calendars.id"],
            name=op.f("fk_holiday_opt_outs_workspace_id_member_id_calendars"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_holiday_opt_outs_workspace_id_workspaces"),
        ),
        sa.PrimaryKeyConstraint(
            "workspace_id", "member_id", "holiday_id", name=op.f("pk_holiday_opt_outs")
        ),
    )
    op.create_index(
        op.f("ix_holiday_opt_outs_workspace_id_holiday_id"),
        "holiday_opt_outs",
        ["workspace_id", "holiday_id"],
        unique=False,
    )
    op.create_table(
        "hours",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("weekly", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["calendars.workspace_id", "calendars.id"],
            name=op.f("fk_hours_workspace_id_member_id_calendars"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_hours_workspace_id_workspaces")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_hours")),
        sa.UniqueConstraint(
            "workspace_id",
            "member_id",
            "effective_from",
            name=op.f("uq_hours_workspace_id_member_id_effective_from"),
        ),
    )
    op.create_table(
        "overrides",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("intervals", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["calendars.workspace_id", "calendars.id"],
            name=op.f("fk_overrides_workspace_id_member_id_calendars"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_overrides_workspace_id_workspaces")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_overrides")),
        sa.UniqueConstraint(
            "workspace_id", "member_id", "on", name=op.f("uq_overrides_workspace_id_member_id_on")
        ),
    )
    op.create_table(
        "time_off",
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("starts_time", sa.String(5), nullable=True),
        sa.Column("ends_time", sa.String(5), nullable=True),
        sa.Column("reason", sa.String(200), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(starts_time IS NULL) = (ends_time IS NULL)",
            name=op.f("ck_time_off_both_times_or_none"),
        ),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_time_off_ends_after_it_starts")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["calendars.workspace_id", "calendars.id"],
            name=op.f("fk_time_off_workspace_id_member_id_calendars"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_time_off_workspace_id_workspaces")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_time_off")),
    )
    op.create_index(
        op.f("ix_time_off_workspace_id_member_id_starts_on"),
        "time_off",
        ["workspace_id", "member_id", "starts_on"],
        unique=False,
    )


def downgrade() -> None:
    raise NotImplementedError("calendars are not thrown away; restore a backup instead")
