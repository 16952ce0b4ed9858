"""Examples of the agreement in force: when the caller would have to answer, if asked now."""

from dayline.agreements.queries import agreement_at
from dayline.agreements.schemas import ClauseExample
from dayline.calendars.compiling import MemberCalendar
from dayline.calendars.queries import member_calendars
from dayline.core.agreement import ClauseKind
from dayline.identity.caller import Caller
from dayline.timers.due import Terms, compute_due_if_any
from dayline.timers.starting import pin


async def examples_for(caller: Caller) -> list[ClauseExample]:
    """Return an example for each kind, in the order of `ClauseKind`, as if asked now."""
    agreement = await agreement_at(caller.session, caller.workspace_id, caller.now)
    me = caller.member_id
    calendar = (await member_calendars(caller.session, caller.workspace_id, [me]))[me]
    local_now = caller.now.replace(microsecond=0).astimezone(calendar.zone).isoformat()
    return [
        ClauseExample(
            kind=kind,
            local_now=local_now,
            local_due=_due(caller, calendar, pin(agreement, kind)),
        )
        for kind in ClauseKind
    ]


def _due(caller: Caller, calendar: MemberCalendar, terms: Terms) -> str | None:
    due_at = compute_due_if_any(calendar, caller.now, terms).due_at
    return None if due_at is None else due_at.astimezone(calendar.zone).isoformat()
