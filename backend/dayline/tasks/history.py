"""The history of a task, read from its events."""

from typing import Annotated

from pydantic import Field
from sqlalchemy import func, literal, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import col

from dayline.calendars.queries import zone_of
from dayline.identity.caller import Caller
from dayline.kernel.db.events import EventRow
from dayline.kernel.http.paging import Key, Page, PageRequest, cut, paged
from dayline.tasks.queries import find_task_id
from dayline.tasks.schemas import HistoryEntry

_NOTHING = literal({}, JSONB)
_ORDER = [Key(col(EventRow.seq), Annotated[int, Field(ge=0, le=2**63 - 1)], descending=True)]


async def task_history(caller: Caller, key: str, page: PageRequest) -> Page[HistoryEntry]:
    """A page of the task's events, newest first. Raises NotFound if the caller can't see it."""
    task_id = await find_task_id(caller, key)
    statement = select(
        col(EventRow.seq),
        col(EventRow.id),
        col(EventRow.kind),
        col(EventRow.at),
        col(EventRow.actor_id),
        col(EventRow.data)["task"]["state"].astext.label("state"),
        func.coalesce(col(EventRow.data)["changes"], _NOTHING).label("changes"),
    ).where(col(EventRow.workspace_id) == caller.workspace_id, col(EventRow.subject_id) == task_id)
    rows = await caller.session.execute(paged(statement, _ORDER, page, "history"))
    yours = await zone_of(caller)
    entries = [
        HistoryEntry(**row._mapping, at_local=row.at.astimezone(yours).isoformat()) for row in rows
    ]
    return cut(entries, page, "history", lambda entry: [entry.seq])
