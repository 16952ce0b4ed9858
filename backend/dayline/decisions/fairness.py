"""Fairness: whether a deadline leaves every stakeholder the agreed time for input."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from dayline.agreements.queries import agreement_at
from dayline.calendars.compiling import MemberCalendar
from dayline.calendars.queries import member_calendars, zone_of
from dayline.core.agreement import ClauseKind
from dayline.core.ahead import refusal_of_instant
from dayline.core.decision import left_to
from dayline.decisions.fairness_schemas import Clocks, FairnessOut, StakeholderFairness
from dayline.decisions.queries import get_decision, stakeholders_of
from dayline.identity.caller import Caller
from dayline.kernel.errors import Invalid
from dayline.members.queries import get_workspace


@dataclass(frozen=True, slots=True)
class _Question:
    """The deadline to judge (None: none set), and the working time (in s) needed from `now` on."""

    now: datetime
    due_at: datetime | None
    allowance_s: int
    yours: ZoneInfo
    reference: ZoneInfo

    def answer(self, member_id: UUID, calendar: MemberCalendar) -> StakeholderFairness:
        """How much working time the deadline leaves a member, and their earliest fair deadline."""
        left = left_to(calendar.compiled, self.now, self.due_at, self.allowance_s)
        return StakeholderFairness(
            member_id=member_id,
            zone=calendar.zone.key,
            working_s=left.working_s,
            is_enough=None if left.working_s is None else left.working_s >= self.allowance_s,
            due=self.due_at and self._clocks(self.due_at, calendar.zone),
            earliest=left.earliest and self._clocks(left.earliest, calendar.zone),
        )

    def _clocks(self, at: datetime, theirs: ZoneInfo) -> Clocks:
        return Clocks.of(at, theirs, self.yours, self.reference)


async def fairness_of(caller: Caller, key: str, proposed: datetime | None) -> FairnessOut:
    """How much working time the decision's deadline, or a proposed one, leaves each stakeholder.

    Time is counted from now. Raises NotFound, and Invalid for a proposed deadline out of range.
    """
    decision = await get_decision(caller, key)
    if proposed is not None and (reason := refusal_of_instant(proposed, caller.now)):
        raise Invalid.field("input_due_at", reason)
    ids = [each.member_id for each in await stakeholders_of(caller.session, decision.id)]
    calendars = await member_calendars(caller.session, caller.workspace_id, ids)
    question = await _question(caller, proposed or decision.input_due_at)
    found = [question.answer(id_, calendars[id_]) for id_ in ids]
    return FairnessOut(
        at=caller.now,
        allowance_s=question.allowance_s,
        input_due_at=question.due_at,
        is_fair=None if question.due_at is None else all(each.is_enough for each in found),
        earliest=_last(each.earliest for each in found),
        stakeholders=found,
    )


async def _question(caller: Caller, due_at: datetime | None) -> _Question:
    agreement = await agreement_at(caller.session, caller.workspace_id, caller.now)
    return _Question(
        now=caller.now,
        due_at=due_at,
        allowance_s=agreement.clause(ClauseKind.DECISION_INPUT).allowance_s,
        yours=await zone_of(caller),
        reference=ZoneInfo((await get_workspace(caller)).reference_zone),
    )


def _last(earliest: Iterable[Clocks | None]) -> Clocks | None:
    """The latest of these instants. None if there are none, or one of them is None."""
    found = list(earliest)
    known = [each for each in found if each is not None]
    return max(known, key=lambda each: each.at) if known and len(known) == len(found) else None
