"""Locking members before they are asked.

Whether a member can be asked, and how long they have, must stay true until the commit. So asking
locks members and their calendars for share. Ending a member's access or changing their role locks
the member exclusively, before anything else of theirs. Changing a calendar locks the calendar. So
one of the two waits, and then sees the other's changes.
"""

from collections.abc import Collection
from dataclasses import fields
from uuid import UUID

from sqlalchemy import Select, Uuid, any_, bindparam, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.calendars.models import Calendar
from dayline.kernel.db.database import scope_of
from dayline.kernel.db.prepared import Prepared
from dayline.members.access import Person
from dayline.members.models import Member


async def read_people(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, Person]:
    """Return members by id, without locks."""
    return await _run(_READ, session, ids)


async def lock_people(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, Person]:
    """Lock members and their calendars for share, and return the members by id.

    Rows are locked in the order of their ids, so lock all that a transaction needs in one call.
    """
    return await _run(_LOCK, session, ids)


async def lock_calendars(session: AsyncSession, ids: Collection[UUID]) -> None:
    """Lock the calendars of these members for share.

    This suffices for timers that run already: ending a member's access cancels them.
    """
    here = scope_of(session).workspace_id
    await _CALENDARS.run(session, workspace_id=here, ids=list(ids))


async def _run(
    statement: Prepared, session: AsyncSession, ids: Collection[UUID]
) -> dict[UUID, Person]:
    here = scope_of(session).workspace_id
    rows = await statement.run(session, workspace_id=here, ids=list(ids))
    return {row["id"]: Person.of(row) for row in rows}


def _of(kind: type[Member | Calendar], *columns: str) -> Select[UUID]:
    wanted = [col(getattr(kind, name)) for name in columns]
    return (
        select(*wanted)
        .where(
            col(kind.workspace_id) == bindparam("workspace_id", type_=Uuid),
            col(kind.id) == any_(bindparam("ids", type_=ARRAY(Uuid))),
        )
        .order_by(col(kind.id))
    )


_PERSON = _of(Member, *(field.name for field in fields(Person)))
_READ = Prepared(_PERSON)
_LOCK = Prepared(
    _PERSON.join(
        Calendar,
        (col(Calendar.workspace_id) == col(Member.workspace_id))
        & (col(Calendar.id) == col(Member.id)),
    ).with_for_update(read=True)
)
_CALENDARS = Prepared(_of(Calendar, "id").with_for_update(read=True))
