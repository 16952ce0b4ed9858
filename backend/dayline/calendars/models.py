"""The tables of members' calendars, and of the public holidays that they follow."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, Column, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from dayline.kernel.db.columns import Revised, WorkspaceRow, points_to

Weekly = dict[str, list[list[str]]]
"""Stored intervals by weekday: `{"mon": [["09:00", "17:00"]]}`. Days off are absent."""


class CalendarDefaults(Revised, table=True):
    """The calendar that new members of a workspace get."""

    __tablename__ = "calendar_defaults"

    workspace_id: UUID = Field(primary_key=True, foreign_key="workspaces.id")
    zone: str | None = Field(default=None, max_length=64)
    """None for the workspace's team time zone."""
    weekly: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))


class Calendar(WorkspaceRow, Revised, table=True):
    """A member's calendar. Its id is the member's. `rev` grows with every change of any part.

    `stamp` changes with every change and is never reused, even after a backup is restored. So
    computed results may be cached by it.
    """

    __tablename__ = "calendars"
    __table_args__ = (
        points_to("id", "members"),
        Index(None, "workspace_id", "country", "subdivision"),
        CheckConstraint("subdivision = '' OR country IS NOT NULL", "subdivision_of_a_country"),
    )

    zone: str = Field(max_length=64)
    country: str | None = Field(default=None, max_length=2)
    """The country whose public holidays are days off. None for no holidays."""
    subdivision: str = Field(default="", max_length=40)
    """Empty for the holidays of the whole country only."""
    stamp: UUID = Field(default_factory=uuid4)


class Hours(WorkspaceRow, table=True):
    """Weekly hours from a date until the next ones. The earliest also apply before their date."""

    __tablename__ = "hours"
    __table_args__ = (
        points_to("member_id", "calendars"),
        UniqueConstraint("workspace_id", "member_id", "effective_from"),
    )

    member_id: UUID
    effective_from: date
    weekly: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))


class Override(WorkspaceRow, table=True):
    """The hours of one date instead of the weekly ones. No intervals make it a day off."""

    __tablename__ = "overrides"
    __table_args__ = (
        points_to("member_id", "calendars"),
        UniqueConstraint("workspace_id", "member_id", "on"),
    )

    member_id: UUID
    on: date
    intervals: list[Any] = Field(sa_column=Column(JSONB, nullable=False))


class TimeOff(WorkspaceRow, Revised, table=True):
    """Time in which a member doesn't work, in local dates, with or without times.

    Without times it covers whole days, from local midnight to midnight, both dates included. Only
    the member and admins see the reason.
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
    """The stand-in who is asked instead."""
    created_at: datetime


class FocusBlock(WorkspaceRow, Revised, table=True):
    """Working time without interruptions, on weekdays or on one date."""

    __tablename__ = "focus_blocks"
    __table_args__ = (
        points_to("member_id", "calendars"),
        Index(None, "workspace_id", "member_id"),
    )

    member_id: UUID
    days: list[Any] = Field(sa_column=Column(JSONB, nullable=False))
    """Weekdays. Empty if the block is on one date."""
    on: date | None = None
    start: str = Field(max_length=5)
    end: str = Field(max_length=5)


class HolidaySet(WorkspaceRow, table=True):
    """Which years of a place's public holidays are stored, and from which library version."""

    __tablename__ = "holiday_sets"
    __table_args__ = (UniqueConstraint("workspace_id", "country", "subdivision"),)

    country: str = Field(max_length=2)
    subdivision: str = Field(max_length=40)
    first_year: int
    last_year: int
    library_version: str = Field(max_length=40)
    written_at: datetime


class Holiday(WorkspaceRow, Revised, table=True):
    """A public holiday. Admins' changes survive updates from the library.

    `library_name` is the library's name for it. It is None if an admin added the holiday or the
    library no longer has it.
    """

    __tablename__ = "holidays"
    __table_args__ = (UniqueConstraint("workspace_id", "country", "subdivision", "on"),)

    country: str = Field(max_length=2)
    subdivision: str = Field(max_length=40)
    on: date
    name: str = Field(max_length=300)
    library_name: str | None = Field(default=None, max_length=300)
    edited_at: datetime | None = None
    """When an admin last changed it, if ever."""
    removed_at: datetime | None = None
    """When an admin removed it. The row stays, so that updates don't restore it."""


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
    """The link with which other apps subscribe to a member's hours. Its id is the member's."""

    __tablename__ = "calendar_links"
    __table_args__ = (points_to("id", "calendars"), UniqueConstraint("token_hash"))

    token_hash: bytes
    created_at: datetime
