"""People: each member's calendar, and the public holidays that calendars follow."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, Column, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from dayline.kernel.db.columns import Revised, WorkspaceRow, points_to

Weekly = dict[str, list[list[str]]]
"""Intervals by weekday as they are kept: `{"mon": [["09:00", "17:00"]]}`; free days are absent."""


class CalendarDefaults(Revised, table=True):
    """The calendar that new members of a workspace begin with."""

    __tablename__ = "calendar_defaults"

    workspace_id: UUID = Field(primary_key=True, foreign_key="workspaces.id")
    zone: str | None = Field(default=None, max_length=64)
    """None: the workspace's reference zone."""
    weekly: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))


class Calendar(WorkspaceRow, Revised, table=True):
    """A member's calendar; its id is the member's. `rev` grows with every change of any part.

    `stamp` is new with every change and never comes back, not even when a backup is restored: what
    was computed from a calendar may be kept under it.
    """

    __tablename__ = "calendars"
    __table_args__ = (
        points_to("id", "members"),
        Index(None, "workspace_id", "country", "subdivision"),
        CheckConstraint("subdivision = '' OR country IS NOT NULL", "subdivision_of_a_country"),
    )

    zone: str = Field(max_length=64)
    country: str | None = Field(default=None, max_length=2)
    """Whose public holidays are free; None: no holidays."""
    subdivision: str = Field(default="", max_length=40)
    """Empty: the holidays of the whole country alone."""
    stamp: UUID = Field(default_factory=uuid4)


class Hours(WorkspaceRow, table=True):
    """Weekly hours from a date until the next ones; the earliest also hold before their date."""

    __tablename__ = "hours"
    __table_args__ = (
        points_to("member_id", "calendars"),
        UniqueConstraint("workspace_id", "member_id", "effective_from"),
    )

    member_id: UUID
    effective_from: date
    weekly: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))


class Override(WorkspaceRow, table=True):
    """The hours of one date instead of the weekly ones; none: a free day."""

    __tablename__ = "overrides"
    __table_args__ = (
        points_to("member_id", "calendars"),
        UniqueConstraint("workspace_id", "member_id", "on"),
    )

    member_id: UUID
    on: date
    intervals: list[Any] = Field(sa_column=Column(JSONB, nullable=False))


class TimeOff(WorkspaceRow, Revised, table=True):
    """Time in which a member does not work, in local dates, or local times where it has some.

    Without times it is whole days, local midnight to midnight, both dates included. The reason is
    between the member and the admins.
    """

    __tablename__ = "time_off"
    __table_args__ = (
        points_to("member_id", "calendars"),
        points_to("cover_id", "members"),
        Index(None, "workspace_id", "member_id", "starts_on"),
        CheckConstraint("ends_on >= starts_on", "ends_after_it_starts"),
        CheckConstraint("(starts_time IS NULL) = (ends_time IS NULL)", "both_times_or_none"),
    )

    member_id: UUID
    starts_on: date
    ends_on: date
    starts_time: str | None = Field(default=None, max_length=5)
    ends_time: str | None = Field(default=None, max_length=5)
    reason: str | None = Field(default=None, max_length=200)
    cover_id: UUID | None = None
    """Who is asked instead meanwhile."""
    created_at: datetime


class FocusBlock(WorkspaceRow, Revised, table=True):
    """Working time in which nobody should be interrupted: on weekdays, or on one date."""

    __tablename__ = "focus_blocks"
    __table_args__ = (
        points_to("member_id", "calendars"),
        Index(None, "workspace_id", "member_id"),
    )

    member_id: UUID
    days: list[Any] = Field(sa_column=Column(JSONB, nullable=False))
    """Weekdays; empty where the block is on one date."""
    on: date | None = None
    start: str = Field(max_length=5)
    end: str = Field(max_length=5)


class HolidaySet(WorkspaceRow, table=True):
    """Which years of a country's public holidays were written down, by which library version."""

    __tablename__ = "holiday_sets"
    __table_args__ = (UniqueConstraint("workspace_id", "country", "subdivision"),)

    country: str = Field(max_length=2)
    subdivision: str = Field(max_length=40)
    first_year: int
    last_year: int
    library_version: str = Field(max_length=40)
    written_at: datetime


class Holiday(WorkspaceRow, Revised, table=True):
    """A public holiday. What admins changed in it stays when the library writes it anew.

    `library_name` is the library's; None: an admin added it, or the library has dropped it.
    """

    __tablename__ = "holidays"
    __table_args__ = (UniqueConstraint("workspace_id", "country", "subdivision", "on"),)

    country: str = Field(max_length=2)
    subdivision: str = Field(max_length=40)
    on: date
    name: str = Field(max_length=300)
    library_name: str | None = Field(default=None, max_length=300)
    edited_at: datetime | None = None
    """Since when it is as an admin wants it."""
    removed_at: datetime | None = None
    """Since when nobody has it free, though the library has it."""


class HolidayOptOut(SQLModel, table=True):
    """A member who works on a public holiday."""

    __tablename__ = "holiday_opt_outs"
    __table_args__ = (
        points_to("member_id", "calendars"),
        points_to("holiday_id", "holidays", ondelete="CASCADE"),
        Index(None, "workspace_id", "holiday_id"),
    )

    workspace_id: UUID = Field(primary_key=True, foreign_key="workspaces.id")
    member_id: UUID = Field(primary_key=True)
    holiday_id: UUID = Field(primary_key=True)


class CalendarLink(WorkspaceRow, table=True):
    """The secret by which programs subscribe to a member's hours; its id is the member's."""

    __tablename__ = "calendar_links"
    __table_args__ = (points_to("id", "calendars"), UniqueConstraint("token_hash"))

    token_hash: bytes
    created_at: datetime
