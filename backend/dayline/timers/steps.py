"""The steps of an escalation as people see them: those that were taken, and those to come."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.agreements.queries import agreements, steps_of
from dayline.calendars.locking import read_people
from dayline.calendars.queries import zone_of
from dayline.calendars.schemas import TwoClocks
from dayline.core.escalation import PlannedStep, SkipReason
from dayline.core.phrase import Phrase
from dayline.identity.caller import Caller
from dayline.kernel.db.database import scope_of
from dayline.kernel.http.language import say
from dayline.timers.escalating import clause_of, questions_of
from dayline.timers.models import Timer
from dayline.timers.next_in_line import NextInLine, next_in_line
from dayline.timers.schemas import HandedOver, SkippedStep, StepOut

_REASONS = {
    SkipReason.IS_AUTHOR: "explanations.step-is-author",
    SkipReason.ALREADY_ASKED: "explanations.step-already-asked",
    SkipReason.NO_ACCESS: "explanations.step-no-access",
    SkipReason.IS_GUEST: "explanations.step-is-guest",
    SkipReason.CANNOT_SEE: "explanations.step-cannot-see",
    SkipReason.NO_WORKING_TIME: "explanations.step-no-working-time",
}


async def steps_after(caller: Caller, timer: Timer) -> list[StepOut]:
    """Return the steps that followed a timer, and those that follow if no one answers.

    Guests get none: they don't see the hours of others.
    """
    if caller.is_guest:
        return []
    yours = await zone_of(caller)
    later = await _later(caller.session, timer)
    taken = await _taken(caller.session, later, yours)
    last = later[-1] if later else timer
    if last.ended_at is not None:
        last = await _promised(caller.session, last) or last
    return [*taken, *await _ahead(caller, last, yours)]


async def _later(session: AsyncSession, timer: Timer) -> list[Timer]:
    """Return the timers to which the ask was handed over after this one, in order."""
    first_id = timer.first_timer_id or timer.id
    statement = select(Timer).where(
        col(Timer.workspace_id) == scope_of(session).workspace_id,
        col(Timer.first_timer_id) == first_id,
        col(Timer.follows).is_(None),
        col(Timer.id) != timer.id,
        col(Timer.sent_at) > timer.sent_at,
    )
    order = (col(Timer.sent_at), col(Timer.id))
    return list(await session.scalars(statement.order_by(*order)))


async def _promised(session: AsyncSession, timer: Timer) -> Timer | None:
    """Return the open timer of a promise that follows this one, or None."""
    found: Timer | None = await session.scalar(
        select(Timer).where(
            col(Timer.workspace_id) == timer.workspace_id,
            col(Timer.message_id) == timer.message_id,
            col(Timer.recipient_id) == timer.recipient_id,
            col(Timer.follows).is_not(None),
            col(Timer.ended_at).is_(None),
        )
    )
    return found


async def _taken(session: AsyncSession, timers: Sequence[Timer], yours: ZoneInfo) -> list[StepOut]:
    found = [(timer, HandedOver(**timer.handed_over)) for timer in timers if timer.handed_over]
    ids = {timer.recipient_id for timer in timers}
    skipped = {each.member_id for _, origin in found for each in origin.skipped if each.member_id}
    people = await read_people(session, ids | skipped)
    names = {id_: person.name for id_, person in people.items()}
    steps: list[StepOut] = []
    for timer, origin in found:
        steps += [_skipped(each, names) for each in origin.skipped]
        zone = ZoneInfo(timer.zone)
        steps.append(
            StepOut(
                to=origin.step,
                member_id=timer.recipient_id,
                name=names.get(timer.recipient_id),
                zone=timer.zone,
                asked=TwoClocks.of(timer.sent_at, zone, yours),
                due=timer.due_at and TwoClocks.of(timer.due_at, zone, yours),
                timer_id=timer.id,
                skipped=None,
                reason=None,
            )
        )
    return steps


async def _ahead(caller: Caller, timer: Timer, yours: ZoneInfo) -> list[StepOut]:
    """Return the steps to come after a timer. None if it ended, or will never be overdue."""
    overdue_at = timer.breached_at or timer.due_at
    if timer.ended_at is not None or overdue_at is None or not timer.escalation:
        return []
    session = caller.session
    question = (await questions_of(session, [timer]))[timer.id]
    people = await next_in_line(session, [question], overdue_at)
    versions = {
        held.version: held for held in await agreements(session, scope_of(session).workspace_id)
    }
    clause = versions[timer.agreement_version].clause(clause_of(timer))
    steps = steps_of(timer.escalation)
    planned = people.plan(question, overdue_at, steps, clause.allowance_s)
    return StepView(people, yours).shown(planned)


@dataclass(frozen=True, slots=True)
class StepView:
    """Shows planned steps to a viewer in the zone `yours`."""

    people: NextInLine
    yours: ZoneInfo

    def shown(self, steps: Iterable[PlannedStep]) -> list[StepOut]:
        """Return the steps with names and times."""
        return [self._shown(step) for step in steps]

    def _shown(self, step: PlannedStep) -> StepOut:
        names = {id_: person.name for id_, person in self.people.people.items()}
        if step.skipped is not None or step.member_id is None or step.asked_at is None:
            reason = step.skipped or SkipReason.NO_ONE
            return _skipped(SkippedStep(to=step.to, member_id=step.member_id, reason=reason), names)
        zone = self.people.calendars[step.member_id].zone
        return StepOut(
            to=step.to,
            member_id=step.member_id,
            name=names[step.member_id],
            zone=zone.key,
            asked=TwoClocks.of(step.asked_at, zone, self.yours),
            due=step.due_at and TwoClocks.of(step.due_at, zone, self.yours),
            timer_id=None,
            skipped=None,
            reason=None,
        )


def _skipped(step: SkippedStep, names: dict[UUID, str]) -> StepOut:
    name = None if step.member_id is None else names.get(step.member_id)
    reason = Phrase("explanations.step-no-one", to=step.to.value)
    if name is not None and step.reason in _REASONS:
        reason = Phrase(_REASONS[step.reason], name=name)
    return StepOut(
        to=step.to,
        member_id=step.member_id,
        name=name,
        zone=None,
        asked=None,
        due=None,
        timer_id=None,
        skipped=step.reason,
        reason=say(reason),
    )
