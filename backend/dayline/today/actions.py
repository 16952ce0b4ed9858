"""Storing how far a member has looked. It is private, so no event is recorded."""

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from dayline.core.phrase import Phrase
from dayline.identity.caller import Caller
from dayline.kernel.db.events import WorkspaceFeed
from dayline.kernel.errors import Invalid
from dayline.today.models import LastSeen
from dayline.today.schemas import LookOut


async def look(caller: Caller, seq: int) -> LookOut:
    """Store that the caller has seen the events up to `seq`. The stored number never decreases.

    Raises Invalid for a number beyond the latest event.
    """
    head = await caller.session.scalar(
        select(col(WorkspaceFeed.head)).where(
            col(WorkspaceFeed.workspace_id) == caller.workspace_id
        )
    )
    if head is None or seq > head:
        raise Invalid.field("seq", Phrase("fields.event-unknown"))
    added = insert(LastSeen).values(
        workspace_id=caller.workspace_id, id=caller.member_id, seq=seq, looked_at=caller.now
    )
    noted = added.on_conflict_do_update(
        index_elements=["workspace_id", "id"],
        set_={
            "seq": func.greatest(col(LastSeen.seq), added.excluded.seq),
            "looked_at": added.excluded.looked_at,
        },
    ).returning(col(LastSeen.seq), col(LastSeen.looked_at))
    return LookOut.model_validate((await caller.session.execute(noted)).one())
