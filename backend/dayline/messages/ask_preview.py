"""The preview of an ask: when each recipient works, and who else is working now."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import col

from dayline.agreements.queries import agreement_at
from dayline.calendars.compiling import MemberCalendar
from dayline.calendars.queries import member_calendars, zone_of
from dayline.calendars.schemas import TwoClocks
from dayline.conversations.models import Topic
from dayline.conversations.queries import get_topic, participants_of
from dayline.core.agreement import Clause, ClauseKind
from dayline.core.response import next_working
from dayline.core.worktime import epoch
from dayline.identity.caller import Caller
from dayline.members.access import Person
from dayline.members.models import Member
from dayline.messages.ask_preview_schemas import (
    AskedOut,
    AskPreviewOut,
    AwayOut,
    ColleagueOut,
    WorkingState,
)
from dayline.messages.problems import RecipientNotWorking
from dayline.messages.reach import Mentions, find_mentions_at
from dayline.messages.recipients import KINDS, look_up_recipients
from dayline.projects.queries import get_project, members_who_see, people_of
from dayline.timers.due import Terms, compute_due_if_any
from dayline.timers.next_in_line import Question, next_in_line
from dayline.timers.starting import Recipient, pin
from dayline.timers.steps import StepView

MOST_COLLEAGUES = 20


@dataclass(frozen=True, slots=True)
class AskQuery:
    """Who would be asked by a message, and where: in a topic, a project, or a new conversation."""

    recipient_ids: Sequence[UUID]
    handles: Collection[str]
    topic_id: UUID | None
    project_key: str | None
    kind: ClauseKind | None
    urgent: bool


async def preview_asks(caller: Caller, question: AskQuery) -> AskPreviewOut:
    """Return what asking now would mean.

    Raises NotFound, and Invalid with an error for each member who can't be asked.
    """
    topic, project_id = await _place(caller, question)
    taking_part = None if topic is None else await participants_of(caller.session, topic)
    asked = await look_up_recipients(caller, question.recipient_ids, taking_part)
    asked_ids = {member.id for member, _ in asked}
    others = await _others(caller, project_id, taking_part, asked_ids.union(question.recipient_ids))
    clause = ClauseKind.URGENT if question.urgent else question.kind or _kind(topic, project_id)
    agreement = await agreement_at(caller.session, caller.workspace_id, caller.now)
    terms = pin(agreement, clause)
    everybody = {caller.member_id, *asked_ids, *others}
    calendars = await member_calendars(caller.session, caller.workspace_id, everybody)
    view = CalendarsNow(caller.now, calendars[caller.member_id].zone, calendars)
    mentions = await _mentions(caller, question, topic, project_id)
    recipients = [view.asked(*each, terms, urgent=question.urgent) for each in asked]
    here = taking_part
    if topic is None and project_id is None:
        here = [caller.member_id, *question.recipient_ids]
    return AskPreviewOut(
        at=caller.now,
        clause=clause,
        agreement_version=terms.agreement_version,
        allowance_s=terms.allowance_s,
        recipients=await _with_steps(
            caller, recipients, agreement.clause(clause), project_id, here
        ),
        working_now=view.colleagues(others.values()),
        unreached=mentions.unreached,
    )


async def _with_steps(
    caller: Caller,
    recipients: Sequence[AskedOut],
    clause: Clause,
    project_id: UUID | None,
    taking_part: Collection[UUID] | None,
) -> list[AskedOut]:
    """Return the recipients with what follows if they don't answer. Guests aren't told."""
    if caller.is_guest or not clause.escalation:
        return list(recipients)
    asked = {id_ for each in recipients for id_ in (each.member_id, *each.covers)}
    questions = {
        each.member_id: Question(each.member_id, caller.member_id, project_id, taking_part, asked)
        for each in recipients
    }
    people = await next_in_line(caller.session, questions.values(), caller.now)
    view = StepView(people, await zone_of(caller))
    found = []
    for each in recipients:
        due, question = each.due, questions[each.member_id]
        steps = due and people.plan(question, due.at, clause.escalation, clause.allowance_s)
        found.append(each.model_copy(update={"escalation": view.shown(steps or ())}))
    return found


async def _mentions(
    caller: Caller, question: AskQuery, topic: Topic | None, project_id: UUID | None
) -> Mentions:
    """Return whom the text would mention. A new conversation is with those who are asked."""
    topic_id = None if topic is None else topic.id
    is_new = topic_id is None and project_id is None
    taking_part = {caller.member_id, *question.recipient_ids} if is_new else ()
    return await find_mentions_at(caller, topic_id, project_id, question.handles, taking_part)


async def _place(caller: Caller, question: AskQuery) -> tuple[Topic | None, UUID | None]:
    if question.topic_id is not None:
        topic = await get_topic(caller, question.topic_id)
        return topic, topic.project_id
    if question.project_key is not None:
        return None, (await get_project(caller, question.project_key)).id
    return None, None


def _kind(topic: Topic | None, project_id: UUID | None) -> ClauseKind:
    if topic is not None:
        return KINDS[topic.kind]
    is_direct = project_id is None
    return ClauseKind.DIRECT_MESSAGE if is_direct else ClauseKind.PROJECT_DISCUSSION


async def _others(
    caller: Caller,
    project_id: UUID | None,
    taking_part: Collection[UUID] | None,
    recipient_ids: Collection[UUID],
) -> dict[UUID, Member]:
    """Return who else might answer, by id. Guests get no one: they can't see others' hours."""
    ids = set(taking_part or ())
    if caller.is_guest:
        return {}
    if project_id is not None:
        here = caller.session, caller.workspace_id, project_id
        ids = await people_of(*here) or await members_who_see(*here)
    found = select(Member).where(
        col(Member.workspace_id) == caller.workspace_id,
        col(Member.id).in_(ids - {caller.member_id, *recipient_ids}),
        Member.is_teammate,
    )
    return {member.id: member for member in await caller.session.scalars(found)}


class Urgency(Protocol):
    """Whether a message is urgent, and why it can't wait."""

    @property
    def urgent(self) -> bool:
        """Whether the urgent clause applies to its asks."""

    @property
    def urgent_reason(self) -> str | None:
        """The reason for asking someone who isn't working."""


async def check_urgency(caller: Caller, message: Urgency, recipients: Sequence[Recipient]) -> None:
    """Refuse an urgent message without a reason if a recipient isn't working now.

    Recipients who have no working time ahead are left to `start`, which refuses them.
    Raises RecipientNotWorking.
    """
    if not message.urgent or message.urgent_reason is not None:
        return
    ids = {recipient.id for recipient in recipients}
    calendars = await member_calendars(
        caller.session, caller.workspace_id, {caller.member_id, *ids}
    )
    view = CalendarsNow(caller.now, calendars[caller.member_id].zone, calendars)
    away = [found for each in recipients if (found := view.away(each)) is not None]
    if away:
        raise RecipientNotWorking(recipients=[each.model_dump(mode="json") for each in away])


@dataclass(frozen=True, slots=True)
class CalendarsNow:
    """The calendars of members at one instant, shown to a viewer in the zone `yours`."""

    now: datetime
    yours: ZoneInfo
    calendars: Mapping[UUID, MemberCalendar]

    def asked(self, member: Person, covers: list[UUID], terms: Terms, *, urgent: bool) -> AskedOut:
        """Return a recipient, the members they stand in for, and when their answer would be due."""
        calendar = self.calendars[member.id]
        state = self._standing(calendar)
        due = compute_due_if_any(calendar, self.now, terms)
        return AskedOut(
            member_id=member.id,
            handle=member.handle,
            name=member.name,
            covers=covers,
            zone=calendar.zone.key,
            now=TwoClocks.of(self.now, calendar.zone, self.yours),
            standing=state,
            next_start=self._clocks(calendar, self._next_start(calendar)),
            first_check=self._clocks(calendar, due.first_check_at),
            due=self._clocks(calendar, due.due_at),
            escalation=[],
            needs_reason=urgent and state is WorkingState.OFF,
        )

    def colleagues(self, members: Collection[Member]) -> list[ColleagueOut]:
        """Return those of the members who are working now, at most `MOST_COLLEAGUES`."""
        standings = {member.id: self._standing(self.calendars[member.id]) for member in members}
        found = [
            ColleagueOut(
                member_id=member.id,
                handle=member.handle,
                name=member.name,
                now=TwoClocks.of(self.now, self.calendars[member.id].zone, self.yours),
                in_focus=standings[member.id] is WorkingState.FOCUS,
            )
            for member in members
            if standings[member.id] is not WorkingState.OFF
        ]
        found.sort(key=lambda colleague: (colleague.in_focus, colleague.name.lower()))
        return found[:MOST_COLLEAGUES]

    def away(self, recipient: Recipient) -> AwayOut | None:
        """Return when the recipient works next. None if they are working now or never will."""
        calendar = self.calendars[recipient.id]
        next_start = self._clocks(calendar, self._next_start(calendar))
        if next_start is None or self._standing(calendar) is not WorkingState.OFF:
            return None
        return AwayOut(member_id=recipient.id, name=recipient.name, next_start=next_start)

    def _standing(self, calendar: MemberCalendar) -> WorkingState:
        instant = epoch(self.now)
        if not calendar.compiled.is_working(instant):
            return WorkingState.OFF
        return WorkingState.FOCUS if calendar.compiled.is_focus(instant) else WorkingState.WORKING

    def _next_start(self, calendar: MemberCalendar) -> datetime | None:
        return next_working(calendar.compiled, self.now)

    def _clocks(self, calendar: MemberCalendar, at: datetime | None) -> TwoClocks | None:
        return None if at is None else TwoClocks.of(at, calendar.zone, self.yours)
