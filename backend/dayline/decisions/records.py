"""The record of a decision: who has read it, and its history."""

from typing import Annotated

from pydantic import Field
from sqlalchemy import func, literal, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import col

from dayline.calendars.queries import zone_of
from dayline.decisions.events import InputReminded, RecordRead, audience_of
from dayline.decisions.models import Decision, DecisionStatus
from dayline.decisions.problems import NotDecided, StakeholderOnly
from dayline.decisions.queries import card_of, get_decision, stakeholders_of
from dayline.decisions.schemas import DecisionHistoryEntry
from dayline.identity.caller import Caller
from dayline.kernel.db import events
from dayline.kernel.db.events import EventRow
from dayline.kernel.http.paging import Key, Page, PageRequest, cut, paged


async def confirm_read(caller: Caller, key: str) -> Decision:
    """Confirm that the caller, a stakeholder, has read the record. Repeating it changes nothing.

    Raises NotDecided, StakeholderOnly.
    """
    decision = await get_decision(caller, key, for_update=True)
    if decision.status is not DecisionStatus.DECIDED:
        raise NotDecided
    own = [
        each
        for each in await stakeholders_of(caller.session, decision.id)
        if each.member_id == caller.member_id
    ]
    if not own:
        raise StakeholderOnly
    if own[0].read_at is None:
        own[0].read_at = caller.now
        await caller.session.flush()
        card = await card_of(caller.session, decision)
        read = RecordRead(decision=card, member_id=caller.member_id)
        events.record(caller.session, read, audience_of(decision))
    return decision


_ORDER = [Key(col(EventRow.seq), Annotated[int, Field(ge=0, le=2**63 - 1)], descending=True)]


async def decision_history(
    caller: Caller, key: str, page: PageRequest
) -> Page[DecisionHistoryEntry]:
    """A page of the decision's events, newest first. Raises NotFound if the caller can't see it."""
    decision = await get_decision(caller, key)
    data = col(EventRow.data)
    statement = select(
        col(EventRow.seq),
        col(EventRow.id),
        col(EventRow.kind),
        col(EventRow.at),
        col(EventRow.actor_id),
        data["member_id"].astext.label("member_id"),
        func.coalesce(data["changed"], literal([], JSONB)).label("changed"),
    ).where(
        col(EventRow.workspace_id) == caller.workspace_id,
        col(EventRow.subject_id) == decision.id,
        col(EventRow.kind) != InputReminded.kind,  # only the stakeholder sees it
    )
    rows = await caller.session.execute(paged(statement, _ORDER, page, "decision history"))
    yours = await zone_of(caller)
    entries = [
        DecisionHistoryEntry(**row._mapping, at_local=row.at.astimezone(yours).isoformat())
        for row in rows
    ]
    return cut(entries, page, "decision history", lambda entry: [entry.seq])
