"""Reviews of decided decisions: due on a day, in the decider's working hours."""

from datetime import UTC, date, datetime, time
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.calendars.compiling import MemberCalendar
from dayline.calendars.queries import member_calendars
from dayline.core.boundaries import Boundaries
from dayline.core.phrase import Phrase
from dayline.core.response import next_working
from dayline.core.schedule import DAY
from dayline.core.worktime import epoch, moment
from dayline.decisions.events import DecisionChanged, ReviewDue, audience_of
from dayline.decisions.models import Decision, DecisionStatus
from dayline.decisions.problems import NotDecided, NotYourReview
from dayline.decisions.queries import card_of, get_decision
from dayline.decisions.request_schemas import DecisionReviewIn
from dayline.identity.caller import Caller
from dayline.kernel.db import events
from dayline.kernel.db.database import scope_of
from dayline.kernel.db.finding import locked
from dayline.kernel.errors import Invalid
from dayline.kernel.jobs.due_queue import Handler
from dayline.kernel.jobs.failed_jobs import Queue, held_back

_QUEUE = Queue.DECISION_REVIEWS


async def set_review(caller: Caller, key: str, said: DecisionReviewIn) -> Decision:
    """Record that a decided decision was reviewed, and set or clear the day of the next review.

    Raises NotDecided, NotYourReview, and Invalid for a day that has begun.
    """
    decision = await get_decision(caller, key, for_update=True)
    if decision.status is not DecisionStatus.DECIDED:
        raise NotDecided
    reviewers = {decision.decider_id, decision.proposed_by}
    if caller.member_id not in reviewers and not caller.acts_as_admin:
        raise NotYourReview
    on = said.review_on
    due_at = None if on is None else await plan_review(caller, decision, on)
    if (on, due_at) == (decision.review_on, decision.review_due_at):
        return decision
    decision.review_on, decision.review_due_at = on, due_at
    decision.review_told_at = None
    decision.rev += 1
    decision.updated_at = caller.now
    await caller.session.flush()
    card = await card_of(caller.session, decision)
    changed = DecisionChanged(decision=card, changed=["review_on"])
    events.record(caller.session, changed, audience_of(decision))
    return decision


async def plan_review(caller: Caller, decision: Decision, on: date) -> datetime:
    """The first working instant of the reviewer on this day or after it.

    Raises Invalid if the day has begun in the reviewer's zone.
    """
    calendar = await _calendar(caller.session, decision)
    day = epoch(datetime.combine(on, time(), UTC)) // DAY
    begins = Boundaries(calendar.zone, range(day, day + 1)).start(day * DAY)
    if moment(begins) <= caller.now:
        raise Invalid.field("review_on", Phrase("fields.future-date"))
    return _first_working(calendar, begins)


def _first_working(calendar: MemberCalendar, at: int) -> datetime:
    """The first working instant from `at` (epoch s) on, or `at` itself if there is none."""
    return next_working(calendar.compiled, moment(at)) or moment(at)


async def _calendar(session: AsyncSession, decision: Decision) -> MemberCalendar:
    reviewer = _reviewer(decision)
    found = await member_calendars(session, decision.workspace_id, [reviewer])
    return found[reviewer]


def _reviewer(decision: Decision) -> UUID:
    return decision.decider_id or decision.proposed_by


async def _claim(session: AsyncSession, workspace_id: UUID, now: datetime) -> UUID | None:
    """The decision whose review has been due for the longest time."""
    decision_id: UUID | None = await session.scalar(
        locked(
            select(col(Decision.id))
            .where(
                col(Decision.workspace_id) == workspace_id,
                col(Decision.status) == DecisionStatus.DECIDED,
                col(Decision.review_due_at) <= now,
                col(Decision.review_told_at).is_(None),
                col(Decision.id).not_in(held_back(_QUEUE, workspace_id, now)),
            )
            .order_by(col(Decision.review_due_at), col(Decision.id))
            .limit(1)
        ).with_for_update(key_share=True, of=Decision, skip_locked=True)
    )
    return decision_id


async def _record_due(session: AsyncSession, decision_id: UUID, now: datetime) -> None:
    """Record that a review is due, or postpone it to the reviewer's next working instant."""
    here = scope_of(session).workspace_id
    decision = await session.get_one(Decision, (here, decision_id))
    at = _first_working(await _calendar(session, decision), epoch(now))
    if at > now:
        decision.review_due_at = at
        return
    decision.review_told_at = now
    await session.flush()
    due = ReviewDue(decision=await card_of(session, decision))
    events.record(session, due, audience_of(decision))


REVIEWS = Handler(_QUEUE, _claim, _record_due)
