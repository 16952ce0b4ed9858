"""Extending the deadline for input, with a reason."""

from datetime import datetime

from dayline.calendars.locking import lock_calendars
from dayline.calendars.queries import member_calendars
from dayline.core.ahead import refusal_of_instant
from dayline.core.phrase import Phrase
from dayline.core.response import runs_out_before, working_before
from dayline.decisions.drafts import touch
from dayline.decisions.events import DecisionExtended, audience_of
from dayline.decisions.models import Decision, DecisionStatus
from dayline.decisions.problems import InputClosed, NotOpen, ProposerOrDeciderOnly
from dayline.decisions.queries import answered_ids, card_of, get_decision, stakeholders_of
from dayline.decisions.reminding import REMINDS_AT
from dayline.decisions.request_schemas import ExtendIn
from dayline.decisions.schemas import ExtensionOut
from dayline.identity.caller import Caller
from dayline.kernel.db import events
from dayline.kernel.errors import Invalid
from dayline.timers import deciding as timers


async def extend(caller: Caller, key: str, wanted: ExtendIn) -> Decision:
    """Move the deadline for input to a later time, for those who have not answered.

    Raises ProposerOrDeciderOnly, NotOpen, InputClosed once the deadline has passed or everyone has
    answered, and Invalid for a deadline that is not later.
    """
    decision = await get_decision(caller, key, for_update=True)
    if caller.member_id not in {decision.proposed_by, decision.decider_id}:
        raise ProposerOrDeciderOnly
    old = _running_deadline(caller, decision)
    _check(caller, old, wanted.input_due_at)
    decision.input_due_at = wanted.input_due_at
    extension = ExtensionOut(
        at=caller.now,
        by=caller.member_id,
        old=old,
        new=wanted.input_due_at,
        reason=wanted.reason,
    )
    decision.extensions = [*decision.extensions, extension.model_dump(mode="json")]
    touch(caller, decision)
    await _move(caller, decision, wanted.input_due_at)
    told = DecisionExtended(
        decision=await card_of(caller.session, decision), old=old, new=wanted.input_due_at
    )
    events.record(caller.session, told, audience_of(decision))
    return decision


def _running_deadline(caller: Caller, decision: Decision) -> datetime:
    if decision.status is not DecisionStatus.OPEN or decision.input_due_at is None:
        raise NotOpen
    if decision.closed_at is not None or decision.input_due_at <= caller.now:
        raise InputClosed
    return decision.input_due_at


def _check(caller: Caller, old: datetime, new: datetime) -> None:
    reason = refusal_of_instant(new, caller.now)
    if new <= old:
        reason = Phrase("fields.later-than-due")
    if reason is not None:
        raise Invalid.field("input_due_at", reason)


async def _move(caller: Caller, decision: Decision, due_at: datetime) -> None:
    """Move the timers and reminders of those who have not answered to the new deadline."""
    answered = await answered_ids(caller.session, decision.id)
    asked = await stakeholders_of(caller.session, decision.id)
    waiting = [each for each in asked if each.member_id not in answered]
    ids = [each.member_id for each in waiting]
    await lock_calendars(caller.session, ids)
    calendars = await member_calendars(caller.session, caller.workspace_id, ids)
    for each in waiting:
        calendar = calendars[each.member_id].compiled
        half = runs_out_before(calendar, decision.opened_at or caller.now, due_at, REMINDS_AT)
        each.remind_at = half and working_before(calendar, max(half, caller.now), due_at)
    await caller.session.flush()
    if decision.message_id is not None:
        await timers.move_deadline(caller.session, decision.message_id, due_at)
