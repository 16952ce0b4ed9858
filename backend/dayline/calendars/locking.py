"""Locking members before something is asked of them.

Whether a member can be asked, and how long they have, must stay true until the commit. So whoever
asks locks members and their calendars for share. Whoever ends a member's access, or changes their
role, locks the member exclusively before anything else of theirs; whoever changes a calendar
locks the calendar. One of the two waits, and then sees what the other one did.
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
    """Members by their ids, to show them. They may change meanwhile."""
    return await _run(_READ, session, ids)


async def lock_people(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, Person]:
    """Members by their ids, who stay as they are until the commit, as their calendars do.

    Lock all that a transaction needs at once: the rows are locked in the order of the ids.
    """
    return await _run(_LOCK, session, ids)


async def lock_calendars(session: AsyncSession, ids: Collection[UUID]) -> None:
    """Let no calendar of these members change until the commit.

    It is enough for what runs already: whoever ends a member's access ends that too.
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
