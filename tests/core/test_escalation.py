"""What follows an overdue answer: each step in the working time of the person it goes to."""

from datetime import datetime, timedelta
from itertools import pairwise
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dayline.core.agreement import Step, StepKind
from dayline.core.escalation import Candidate, PlannedStep, SkipReason, plan
from dayline.core.worktime import Calendar, epoch, epoch_after, moment
from tests.core.calendars import calendar, week
from tests.core.drawn import schedules

HOUR = 3600
COVER, LEAD, OWNER = UUID(int=1), UUID(int=2), UUID(int=3)
KYIV = calendar("Europe/Kyiv", week("09:00-18:00"))
NEW_YORK = calendar("America/New_York", week("09:00-17:00"))
DUBAI = calendar("Asia/Dubai", week("09:00-18:00"))
ALL = (Step(StepKind.COVER, 2 * HOUR), Step(StepKind.LEAD, HOUR), Step(StepKind.OWNER, HOUR))


def utc(written: str) -> datetime:
    return datetime.fromisoformat(written + "+00:00")


def planned(
    overdue_at: datetime, allowance_s: int = 4 * HOUR, **candidates: list[Candidate]
) -> list[PlannedStep]:
    return list(plan(overdue_at, ALL, allowance_s, lambda to: candidates.get(to.value, [])))


def test_the_worked_case_over_a_weekend_in_three_zones() -> None:
    """Worked out by hand.

    Overdue Fri 2026-05-22 17:00 in Kyiv (14:00Z), with 4 h to answer.
    The stand-in works in Kyiv, 09 to 18. 2 h are Fri 17 to 18 and Mon 09 to 10, so they are asked
    Mon 10:00 and due Mon 14:00 (11:00Z).
    The lead works in Dubai (+04), 09 to 18, where that is Mon 15:00. 1 h later is 16:00 (12:00Z),
    and 4 h are Mon 16 to 18 and Tue 09 to 11, due Tue 11:00 (07:00Z).
    The owner works in New York (-04), 09 to 17, where that is Tue 03:00. They are asked Tue 10:00
    (14:00Z), and due Tue 14:00 (18:00Z).
    """
    steps = planned(
        utc("2026-05-22T14:00"),
        cover=[Candidate(COVER, KYIV, during=(utc("2026-05-24T21:00"), utc("2026-05-31T21:00")))],
        lead=[Candidate(LEAD, DUBAI)],
        owner=[Candidate(OWNER, NEW_YORK)],
    )
    assert steps == [
        PlannedStep(StepKind.COVER, COVER, utc("2026-05-25T07:00"), utc("2026-05-25T11:00")),
        PlannedStep(StepKind.LEAD, LEAD, utc("2026-05-25T12:00"), utc("2026-05-26T07:00")),
        PlannedStep(StepKind.OWNER, OWNER, utc("2026-05-26T14:00"), utc("2026-05-26T18:00")),
    ]


def test_a_skipped_step_takes_no_time_and_says_why() -> None:
    cover, lead, owner = planned(
        utc("2026-05-18T07:00"),
        lead=[Candidate(LEAD, DUBAI, SkipReason.IS_AUTHOR)],
        owner=[Candidate(OWNER, KYIV)],
    )
    assert cover == PlannedStep(StepKind.COVER, None, skipped=SkipReason.NO_ONE)
    assert lead == PlannedStep(StepKind.LEAD, LEAD, skipped=SkipReason.IS_AUTHOR)
    assert (owner.member_id, owner.asked_at) == (OWNER, utc("2026-05-18T08:00"))


def test_a_stand_in_is_asked_only_during_the_leave() -> None:
    leave = utc("2026-05-20T00:00"), utc("2026-05-21T00:00")
    (cover, *_) = planned(utc("2026-05-18T07:00"), cover=[Candidate(COVER, KYIV, during=leave)])
    assert cover == PlannedStep(StepKind.COVER, None, skipped=SkipReason.NO_ONE)


def test_of_several_owners_the_one_who_can_be_asked_first_is_asked() -> None:
    *_, owner = planned(
        utc("2026-05-18T07:00"), owner=[Candidate(LEAD, NEW_YORK), Candidate(OWNER, KYIV)]
    )
    assert owner.member_id == OWNER


def test_no_one_is_asked_twice() -> None:
    _, lead, owner = planned(
        utc("2026-05-18T07:00"), lead=[Candidate(LEAD, KYIV)], owner=[Candidate(LEAD, KYIV)]
    )
    assert lead.skipped is None
    assert owner == PlannedStep(StepKind.OWNER, LEAD, skipped=SkipReason.ALREADY_ASKED)


def test_who_never_works_is_skipped() -> None:
    never = calendar("UTC", week("09:00-18:00", on="none"))
    _, lead, _ = planned(utc("2026-05-18T07:00"), lead=[Candidate(LEAD, never)])
    assert lead.skipped is SkipReason.NO_WORKING_TIME


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    schedules(),
    schedules(),
    st.lists(st.integers(300, 30 * HOUR), min_size=2, max_size=2),
    st.integers(300, 30 * HOUR),
)
def test_each_step_waits_for_the_one_before_in_its_own_working_time(
    one: tuple[object, int], other: tuple[object, int], waits: list[int], allowance_s: int
) -> None:
    people = {
        StepKind.LEAD: (LEAD, Calendar(one[0])),  # type: ignore[arg-type]
        StepKind.OWNER: (OWNER, Calendar(other[0])),  # type: ignore[arg-type]
    }
    steps = [Step(to, wait) for to, wait in zip(people, waits, strict=True)]
    overdue_at = moment(one[1])
    found = list(plan(overdue_at, steps, allowance_s, lambda to: [Candidate(*people[to])]))
    since, waited = overdue_at, dict(zip(people, waits, strict=True))
    for step in found:
        if step.asked_at is None:
            assert step.skipped is SkipReason.NO_WORKING_TIME
            continue
        own = people[step.to][1]
        assert own.between(epoch_after(since), epoch(step.asked_at)) == waited[step.to]
        if step.due_at is not None:
            assert own.between(epoch(step.asked_at), epoch(step.due_at)) == allowance_s
            since = step.due_at
    taken = [step.asked_at for step in found if step.asked_at is not None]
    assert all(later - earlier >= timedelta(0) for earlier, later in pairwise(taken))
