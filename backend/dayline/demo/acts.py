"""The acts of the story. Each does what a person does, through the same actions as the API."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from dayline.agreements import actions as agreements
from dayline.agreements.queries import get_draft
from dayline.agreements.schemas import AgreementDraftEdit
from dayline.calendars import actions as calendars
from dayline.calendars import focus, hours, queries, time_off
from dayline.calendars.schemas import CalendarEdit, FocusIn, HoursIn, TimeOffIn
from dayline.conversations.actions import resolve_topic
from dayline.conversations.models import Topic
from dayline.conversations.queries import get_topic
from dayline.demo.script import Act
from dayline.demo.stage import Stage
from dayline.identity.caller import Caller
from dayline.identity.models import Role
from dayline.members.invites import invite
from dayline.members.schemas import InviteIn
from dayline.messages import editing, opening
from dayline.messages.posting import post_message
from dayline.messages.reopening import reopen
from dayline.messages.schemas import DirectTopicIn, MessageEdit, TopicIn, UpdateIn
from dayline.projects import actions as projects
from dayline.projects import people as project_people
from dayline.projects.queries import get_project
from dayline.projects.schemas import ProjectIn
from dayline.tasks import actions as tasks
from dayline.tasks import links
from dayline.tasks.queries import get_task
from dayline.tasks.schemas import TaskEdit, TaskIn
from dayline.timers import lifecycle
from dayline.timers.models import Timer
from dayline.timers.queries import answered_by


def works(zone: str, weekly: Mapping[str, list[list[str]]], country: str | None = None) -> Act:
    """Set the actor's zone, weekly hours and the country of their public holidays."""

    async def act(_stage: Stage, caller: Caller) -> None:
        me = caller.member_id
        found = await queries.get_calendar(caller, me)
        edit = CalendarEdit(zone=zone, country=country)
        await calendars.edit_calendar(caller, me, found.rev, edit)
        week = {
            day: [{"start": start, "end": end} for start, end in spans]
            for day, spans in weekly.items()
        }
        (held,) = await hours.list_hours(caller, me)
        new = HoursIn.model_validate({"weekly": week})
        await hours.set_hours(caller, me, held.effective_from, new)

    return act


def joins(who: str) -> Act:
    """Add a person to the workspace. Their account exists already."""

    async def act(stage: Stage, caller: Caller) -> None:
        await stage.take_on(caller.session, who)

    return act


def invites(email: str, role: Role = Role.MEMBER, *keys: str) -> Act:
    """Invite someone who hasn't joined yet, a guest to projects."""

    async def act(_stage: Stage, caller: Caller) -> None:
        ids = [(await get_project(caller, key)).id for key in keys]
        await invite(caller, InviteIn(email=email, role=role, project_ids=ids))

    return act


def signs(version: int = 1) -> Act:
    """Sign the agreement."""

    async def act(_stage: Stage, caller: Caller) -> None:
        await agreements.sign(caller, version)

    return act


def drafts_agreement(**changes: Any) -> Act:
    """Change the draft of the agreement's next version."""

    async def act(_stage: Stage, caller: Caller) -> None:
        draft = await get_draft(caller)
        edit = AgreementDraftEdit.model_validate(changes)
        await agreements.edit_draft(caller, draft.rev, edit)

    return act


def opens_project(key: str, name: str, *, purpose: str, lead: str, ends: int) -> Act:
    """Create a project with a lead, due on working day `ends` of the story."""

    async def act(stage: Stage, caller: Caller) -> None:
        new = ProjectIn(
            key=key,
            name=name,
            purpose=purpose,
            lead_id=stage.member(lead),
            starts_on=stage.script.date_of(-14),
            due_on=stage.script.date_of(ends),
        )
        project = await projects.create_project(caller, new)
        stage.projects.append(key)
        stage.topics[key] = await _main_topic(caller, project.id)

    return act


def adds_to_project(key: str, *people: str) -> Act:
    """Add people to a project. Guests need this to see it."""

    async def act(stage: Stage, caller: Caller) -> None:
        for who in people:
            await project_people.add_person(caller, key, stage.member(who))

    return act


def creates(
    name: str,
    project: str,
    title: str,
    *,
    to: str | None = None,
    due: int | None = None,
    parent: str | None = None,
    watchers: tuple[str, ...] = (),
    **fields: Any,
) -> Act:
    """Create a task, which the story calls `name`. `due` is a working day of the story."""

    async def act(stage: Stage, caller: Caller) -> None:
        new = TaskIn(
            project=project,
            title=title,
            assignee_id=None if to is None else stage.member(to),
            due_on=None if due is None else stage.script.date_of(due),
            parent=None if parent is None else stage.tasks[parent],
            watchers=[stage.member(who) for who in watchers],
            **fields,
        )
        task = await tasks.create_task(caller, new)
        stage.tasks[name], stage.topics[name] = task.key, task.topic_id

    return act


def changes(name: str, *, to: str | None = None, **fields: Any) -> Act:
    """Change a task's state, priority, labels or assignee."""

    async def act(stage: Stage, caller: Caller) -> None:
        task = await get_task(caller, stage.tasks[name])
        given = fields if to is None else fields | {"assignee_id": stage.member(to)}
        edit = TaskEdit.model_validate(given)
        await tasks.change_task(caller, task.key, task.rev, edit)

    return act


def waits_for(name: str, other: str) -> Act:
    """Let one task be blocked by another."""

    async def act(stage: Stage, caller: Caller) -> None:
        await links.block(caller, stage.tasks[name], stage.tasks[other])

    return act


def no_longer_waits_for(name: str, other: str) -> Act:
    """Remove a dependency of one task on another."""

    async def act(stage: Stage, caller: Caller) -> None:
        await links.unblock(caller, stage.tasks[name], stage.tasks[other])

    return act


def says(
    topic: str,
    body: str,
    *,
    urgent: str | None = None,
    asks: tuple[str, ...] | None = None,
    named: str | None = None,
) -> Act:
    """Post a message in a topic. `urgent` is the reason, `named` what the story calls it."""

    async def act(stage: Stage, caller: Caller) -> None:
        ids = None if asks is None else [stage.member(who) for who in asks]
        message = await post_message(
            caller,
            stage.topics[topic],
            stage.worded(body),
            asks=ids,
            urgent=urgent is not None,
            urgent_reason=urgent,
        )
        if named is not None:
            stage.messages[named] = message.id

    return act


def discusses(name: str, project: str, title: str, body: str) -> Act:
    """Open a thread of a project's discussion."""

    async def act(stage: Stage, caller: Caller) -> None:
        topic = await opening.open_discussion(
            caller, project, TopicIn(title=title, body=stage.worded(body))
        )
        stage.topics[name] = topic.id

    return act


def writes_to(name: str, *people: str, body: str, title: str | None = None) -> Act:
    """Start a direct conversation."""

    async def act(stage: Stage, caller: Caller) -> None:
        ids = [stage.member(who) for who in people]
        new = DirectTopicIn(participants=ids, title=title, body=stage.worded(body))
        stage.topics[name] = (await opening.open_direct(caller, new)).id

    return act


def posts_update(project: str, condition: str, body: str) -> Act:
    """Post a project update."""

    async def act(_stage: Stage, caller: Caller) -> None:
        new = UpdateIn.model_validate({"condition": condition, "body": body})
        await opening.post_update(caller, project, new)

    return act


def promises(message: str, day: int, clock: str) -> Act:
    """Promise an answer to a message by a time of the actor's own day."""

    async def act(stage: Stage, caller: Caller) -> None:
        timer = await _timer(caller, stage.messages[message], caller.member_id)
        promised_at = stage.script.instant(day, stage.handle_of(caller), clock)
        await lifecycle.acknowledge(caller, timer.id, promised_at)

    return act


def reopens(answer: str) -> Act:
    """Reopen what a message of the actor's answered too early."""

    async def act(stage: Stage, caller: Caller) -> None:
        message_id = stage.messages[answer]
        for each in (await answered_by(caller, [message_id]))[message_id]:
            await reopen(caller, each.timer_id)

    return act


def pauses(message: str, recipient: str, reason: str) -> Act:
    """Pause a recipient's timer of a message."""

    async def act(stage: Stage, caller: Caller) -> None:
        timer = await _timer(caller, stage.messages[message], stage.member(recipient))
        await lifecycle.pause(caller, timer.id, reason)

    return act


def resumes(message: str, recipient: str) -> Act:
    """Resume a paused timer."""

    async def act(stage: Stage, caller: Caller) -> None:
        timer = await _timer(caller, stage.messages[message], stage.member(recipient))
        await lifecycle.resume_timer(caller, timer.id)

    return act


def edits(message: str, body: str) -> Act:
    """Edit a message."""

    async def act(stage: Stage, caller: Caller) -> None:
        edit = MessageEdit(body=stage.worded(body))
        await editing.edit_message(caller, stage.messages[message], 1, edit)

    return act


def withdraws(message: str) -> Act:
    """Withdraw a message."""

    async def act(stage: Stage, caller: Caller) -> None:
        await editing.withdraw_message(caller, stage.messages[message])

    return act


def resolves(topic: str) -> Act:
    """Resolve a topic, which cancels its timers."""

    async def act(stage: Stage, caller: Caller) -> None:
        await resolve_topic(caller, await get_topic(caller, stage.topics[topic]))

    return act


def is_off(first: int, last: int, reason: str) -> Act:
    """Take time off for whole working days."""

    async def act(stage: Stage, caller: Caller) -> None:
        off = TimeOffIn(
            starts_on=stage.script.date_of(first),
            ends_on=stage.script.date_of(last),
            reason=reason,
        )
        await time_off.create_time_off(caller, caller.member_id, off)

    return act


def focuses(days: list[str], start: str, end: str) -> Act:
    """Add weekly focus time."""

    async def act(_stage: Stage, caller: Caller) -> None:
        new = FocusIn.model_validate({"days": days, "start": start, "end": end})
        await focus.create_focus(caller, caller.member_id, new)

    return act


async def _timer(caller: Caller, message_id: UUID, recipient_id: UUID) -> Timer:
    statement = select(Timer).where(
        col(Timer.workspace_id) == caller.workspace_id,
        col(Timer.message_id) == message_id,
        col(Timer.recipient_id) == recipient_id,
        col(Timer.ended_at).is_(None),
    )
    return (await caller.session.scalars(statement)).one()


async def _main_topic(caller: Caller, project_id: UUID) -> UUID:
    statement = select(col(Topic.id)).where(
        col(Topic.workspace_id) == caller.workspace_id,
        col(Topic.project_id) == project_id,
        col(Topic.main),
    )
    found: UUID = (await caller.session.scalars(statement)).one()
    return found
