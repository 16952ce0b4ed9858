"""Whom the steps of an escalation may go to, and when that would be.

Only members who see the question are asked. In a direct topic these are its participants.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.calendars.compiling import MemberCalendar
from dayline.calendars.cover import Leave, covered_leaves
from dayline.calendars.locking import lock_people, read_people
from dayline.calendars.queries import member_calendars
from dayline.core.agreement import Step, StepKind
from dayline.core.escalation import Candidate, PlannedStep, SkipReason, plan
from dayline.identity.models import Role
from dayline.kernel.db.database import scope_of
from dayline.members.access import Person
from dayline.members.models import Member
from dayline.projects.models import Project


@dataclass(frozen=True, slots=True)
class Question:
    """A question whose answer is, or may become, overdue.

    `taking_part` has the participants of a direct topic, and is None elsewhere. `asked` has all
    whom the message has asked already, and those they stand in for.
    """

    recipient_id: UUID
    author_id: UUID
    project_id: UUID | None
    taking_part: Collection[UUID] | None
    asked: Collection[UUID]


@dataclass(frozen=True, slots=True)
class NextInLine:
    """The members to whom questions may be handed over, with their calendars."""

    leads: Mapping[UUID, UUID]
    """The leads of projects, by project id."""
    owners: Sequence[UUID]
    leaves: Mapping[UUID, Sequence[Leave]]
    """The time off of recipients for which they named a stand-in, by recipient."""
    people: Mapping[UUID, Person]
    calendars: Mapping[UUID, MemberCalendar]

    def plan(
        self, question: Question, overdue_at: datetime, steps: Sequence[Step], allowance_s: int
    ) -> Iterator[PlannedStep]:
        """Yield what follows if the answer isn't there at `overdue_at`."""
        return plan(overdue_at, steps, allowance_s, lambda to: self._candidates(question, to))

    def _candidates(self, question: Question, to: StepKind) -> list[Candidate]:
        if to is StepKind.COVER:
            return [
                self._candidate(question, leave.cover_id, leave)
                for leave in self.leaves.get(question.recipient_id, ())
            ]
        if to is StepKind.OWNER:
            return [self._candidate(question, owner_id) for owner_id in self.owners]
        lead_id = question.project_id and self.leads.get(question.project_id)
        return [self._candidate(question, lead_id)] if lead_id else []

    def _candidate(
        self, question: Question, member_id: UUID, leave: Leave | None = None
    ) -> Candidate:
        return Candidate(
            member_id,
            self.calendars[member_id].compiled,
            _refusal(question, self.people[member_id]),
            None if leave is None else (leave.start, leave.end),
        )


def _refusal(question: Question, member: Person) -> SkipReason | None:
    """Return why the question can't be handed over to a member, or None."""
    if not member.is_active:
        return SkipReason.NO_ACCESS
    if member.is_guest:
        return SkipReason.IS_GUEST
    if question.taking_part is not None and member.id not in question.taking_part:
        return SkipReason.CANNOT_SEE
    if member.id == question.author_id:
        return SkipReason.IS_AUTHOR
    if member.id == question.recipient_id or member.id in question.asked:
        return SkipReason.ALREADY_ASKED
    return None


async def next_in_line(
    session: AsyncSession,
    questions: Collection[Question],
    since: datetime,
    *,
    lock: bool = False,
) -> NextInLine:
    """Return to whom these questions may be handed over after an instant.

    With `lock`, these members and their calendars stay as they are until the commit.
    """
    here = scope_of(session).workspace_id
    recipients = {question.recipient_id for question in questions}
    projects = {question.project_id for question in questions if question.project_id is not None}
    leads = await _leads(session, projects)
    owners = await _owners(session)
    leaves = await covered_leaves(session, here, recipients, since)
    covers = {leave.cover_id for found in leaves.values() for leave in found}
    ids = {*leads.values(), *owners, *covers}
    people = await (lock_people if lock else read_people)(session, ids)
    return NextInLine(leads, owners, leaves, people, await member_calendars(session, here, ids))


async def _leads(session: AsyncSession, project_ids: Collection[UUID]) -> dict[UUID, UUID]:
    if not project_ids:
        return {}
    rows = await session.execute(
        select(col(Project.id), col(Project.lead_id)).where(
            col(Project.workspace_id) == scope_of(session).workspace_id,
            col(Project.id).in_(project_ids),
        )
    )
    return {project_id: lead_id for project_id, lead_id in rows if lead_id is not None}


async def _owners(session: AsyncSession) -> list[UUID]:
    owners = select(col(Member.id)).where(
        col(Member.workspace_id) == scope_of(session).workspace_id,
        col(Member.role) == Role.OWNER,
        Member.is_active,
    )
    return list(await session.scalars(owners.order_by(col(Member.id))))
