"""Matching the users of an export to members, or creating members who have not joined yet."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel, col

from dayline.calendars.models import Calendar, Hours, Weekly
from dayline.calendars.queries import get_defaults
from dayline.calendars.times import OFFICE_HOURS, week_of
from dayline.core.schedule import DAY, WEEKDAYS, Shift, Week
from dayline.identity.addresses import read_address
from dayline.identity.models import Account, Role
from dayline.kernel.db.database import scope_of
from dayline.kernel.db.ids import new_id
from dayline.members.models import Member, Workspace
from dayline.members.reserved import HANDLES
from dayline.transfer.models import SourceKind
from dayline.transfer.rows import write
from dayline.transfer.slack.export import Export, User
from dayline.transfer.slack.hours import WorkingHours, hours_of
from dayline.transfer.sources import Sources
from dayline.transfer.text import line

LONGEST_HANDLE = 40
_NO_PART_OF_A_HANDLE = re.compile(r"[^a-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Person:
    """The data of a member that the import of messages and asks needs."""

    id: UUID
    handle: str
    name: str
    is_guest: bool
    is_disabled: bool


@dataclass(frozen=True, slots=True)
class People:
    """The member of each user by id, and counts of new and matched ones."""

    by_user: Mapping[str, Person]
    handles: Mapping[str, str]
    """The members' handles by user id."""
    new: int
    matched: int
    """The number of existing members found by their email."""
    hours: Mapping[str, int]
    """The number of new members by source of their hours: `zone`, `inferred`, `default`."""


async def bring_people(session: AsyncSession, export: Export, sources: Sources) -> People:
    """Create a member with a calendar for each user without one. No one is invited by this."""
    zone, weekly = await _defaults(session)
    hours = hours_of(export, zone, week_of(weekly))
    here = await _members(session)
    desk = _MemberMatcher(here, scope_of(session).now, scope_of(session).workspace_id)
    by_user: dict[str, Person] = {}
    noted: list[SQLModel] = []
    matched, new = 0, list[User]()
    for user in export.users:
        known = sources.find(SourceKind.PERSON, user.id)
        person = desk.person(known) if known else desk.found(user)
        if known is None and person is not None:
            matched += 1
        if person is None:
            person = desk.make(user, hours[user.id])
            new.append(user)
        if known is None:
            noted.append(sources.note(SourceKind.PERSON, user.id, person.id))
        by_user[user.id] = person
    await write(session, [*desk.members, *desk.calendars, *desk.hours, *noted])
    counted = Counter(hours[user.id].source.value for user in new)
    handles = {id_: person.handle for id_, person in by_user.items()}
    return People(by_user, handles, len(new), matched, counted)


async def _defaults(session: AsyncSession) -> tuple[str, Weekly]:
    """The zone and weekly hours that new members of the workspace get."""
    workspace = await session.get_one(Workspace, scope_of(session).workspace_id)
    defaults = await get_defaults(session, workspace.id)
    if defaults is None:
        return workspace.reference_zone, OFFICE_HOURS
    return defaults.zone or workspace.reference_zone, defaults.weekly


async def _members(session: AsyncSession) -> list[tuple[Person, str | None]]:
    """All members, with their email if known."""
    rows = await session.execute(
        select(Member, col(Account.email))
        .outerjoin(Account, col(Account.id) == col(Member.account_id))
        .where(col(Member.workspace_id) == scope_of(session).workspace_id)
    )
    return [(_person(member), email or member.email_hint) for member, email in rows]


def _person(member: Member) -> Person:
    return Person(
        id=member.id,
        handle=member.handle,
        name=member.name,
        is_guest=member.is_guest,
        is_disabled=not member.is_active,
    )


class _MemberMatcher:
    """Finds existing members and creates new ones."""

    def __init__(
        self, here: Iterable[tuple[Person, str | None]], now: datetime, workspace_id: UUID
    ) -> None:
        self._now, self._workspace_id = now, workspace_id
        self._by_id = {person.id: person for person, _ in here}
        self._by_email = {email: person for person, email in here if email}
        self._handles = {person.handle for person in self._by_id.values()}
        self.members: list[Member] = []
        self.calendars: list[Calendar] = []
        self.hours: list[Hours] = []

    def person(self, id_: UUID) -> Person:
        return self._by_id[id_]

    def found(self, user: User) -> Person | None:
        """The existing member with the user's email. Each is matched at most once."""
        return self._by_email.pop(_address(user) or "", None)

    def make(self, user: User, hours: WorkingHours) -> Person:
        member = self._member(user)
        self.members.append(member)
        self.calendars.append(
            Calendar(workspace_id=self._workspace_id, id=member.id, zone=hours.zone)
        )
        self.hours.append(
            Hours(
                workspace_id=self._workspace_id,
                member_id=member.id,
                effective_from=self._now.date(),
                weekly=weekly_of(hours.week),
            )
        )
        return _person(member)

    def _member(self, user: User) -> Member:
        """A new member. It is disabled if the user left, is a bot or is unlisted."""
        has_left = user.is_deleted or user.is_bot or not user.is_listed
        return Member(
            workspace_id=self._workspace_id,
            id=new_id(),
            handle=self._free_handle(user),
            name=line(user.name, 200) or user.id,
            role=Role.GUEST if user.is_guest else Role.MEMBER,
            email_hint=_address(user),
            disabled_at=self._now if has_left else None,
        )

    def _free_handle(self, user: User) -> str:
        """The user's handle in a valid form, with a number added if it is taken."""
        wanted = _plain(user.handle) or _plain(user.id)
        number, handle = 1, wanted
        while handle in self._handles or handle in HANDLES:
            number += 1
            handle = f"{wanted[: LONGEST_HANDLE - len(str(number)) - 1]}-{number}"
        self._handles.add(handle)
        return handle


def _plain(text: str) -> str:
    ascii_ = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return _NO_PART_OF_A_HANDLE.sub("-", ascii_).strip("._-")[:LONGEST_HANDLE].strip("._-")


def _address(user: User) -> str | None:
    try:
        return None if user.email is None else read_address(user.email)
    except ValueError:
        return None


def weekly_of(week: Week) -> Weekly:
    """A week in the format of calendars. Days off are left out."""
    days = zip(WEEKDAYS, week, strict=True)
    return {day: [_written(shift) for shift in shifts] for day, shifts in days if shifts}


def _written(shift: Shift) -> list[str]:
    start, end = shift
    ends = "24:00" if end == DAY else _clock(end % DAY)
    return [_clock(start), ends]


def _clock(second: int) -> str:
    return f"{second // 3600:02}:{second % 3600 // 60:02}"
