"""Tasks of decisions: those that a decision is about, and those created from its outcome."""

from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from dayline.decisions.events import TaskLinked, audience_of
from dayline.decisions.keys import key_of
from dayline.decisions.models import Decision, DecisionStatus, DecisionTask
from dayline.decisions.problems import NotDecided
from dayline.decisions.queries import card_of, cards_of, get_decision, options_of, visible_decisions
from dayline.decisions.request_schemas import OutcomeTaskIn
from dayline.decisions.schemas import DecisionTaskOut, LinkedDecisionOut
from dayline.identity.caller import Caller
from dayline.kernel.db import events
from dayline.kernel.db.ids import new_id
from dayline.projects.models import Project
from dayline.tasks.actions import create_task
from dayline.tasks.models import Task
from dayline.tasks.queries import find_task_id, visible
from dayline.tasks.schemas import TaskIn, TaskOut


async def link(caller: Caller, key: str, task_key: str) -> Decision:
    """Link a task to a decision. Linking it again changes nothing. Raises NotFound."""
    decision = await get_decision(caller, key, for_update=True)
    await _link(caller, decision, await find_task_id(caller, task_key), is_from_outcome=False)
    return decision


async def unlink(caller: Caller, key: str, task_key: str) -> Decision:
    """Remove a task's link to a decision. Removing it again changes nothing. Raises NotFound."""
    decision = await get_decision(caller, key, for_update=True)
    task_id = await find_task_id(caller, task_key)
    gone = await caller.session.scalar(
        delete(DecisionTask)
        .where(
            col(DecisionTask.workspace_id) == caller.workspace_id,
            col(DecisionTask.decision_id) == decision.id,
            col(DecisionTask.task_id) == task_id,
        )
        .returning(col(DecisionTask.id))
    )
    if gone is not None:
        await _record(caller, decision, task_id)
    return decision


async def make_task(caller: Caller, key: str, new: OutcomeTaskIn) -> TaskOut:
    """Create a task from the outcome of a decided decision. Raises NotDecided.

    The task quotes the decision only if the decision is public, since guests may read the task.
    """
    decision = await get_decision(caller, key, for_update=True)
    if decision.status is not DecisionStatus.DECIDED:
        raise NotDecided
    project = await caller.session.get_one(Project, (caller.workspace_id, decision.project_id))
    task = await create_task(
        caller,
        TaskIn(
            project=new.project or project.key,
            title=new.title,
            assignee_id=new.assignee_id,
            due_on=new.due_on,
            context=_named(decision),
            request=await outcome_of(caller, decision) if decision.is_public else "",
        ),
    )
    await _link(caller, decision, task.id, is_from_outcome=True)
    return task


def _named(decision: Decision) -> str:
    key = key_of(decision.number)
    return f"{key} {decision.title}" if decision.is_public else key


async def outcome_of(caller: Caller, decision: Decision) -> str:
    """The outcome as text: the title of the chosen option, then the written outcome."""
    options = await options_of(caller.session, decision.id)
    chosen = [option.title for option in options if option.is_chosen]
    return "\n\n".join(part for part in (*chosen, decision.outcome) if part)


async def _link(
    caller: Caller, decision: Decision, task_id: UUID, *, is_from_outcome: bool
) -> None:
    made = await caller.session.scalar(
        insert(DecisionTask)
        .values(
            workspace_id=caller.workspace_id,
            id=new_id(),
            decision_id=decision.id,
            task_id=task_id,
            is_from_outcome=is_from_outcome,
            linked_by=caller.member_id,
            linked_at=caller.now,
        )
        .on_conflict_do_nothing()
        .returning(col(DecisionTask.id))
    )
    if made is not None:
        await _record(caller, decision, task_id)


async def _record(caller: Caller, decision: Decision, task_id: UUID) -> None:
    card = await card_of(caller.session, decision)
    linked = TaskLinked(decision=card, task_id=task_id)
    events.record(caller.session, linked, audience_of(decision))


async def tasks_of(caller: Caller, decision: Decision) -> list[DecisionTaskOut]:
    """The tasks of a decision that the caller sees, in the order in which they were linked."""
    rows = await caller.session.execute(
        visible(
            caller,
            func.concat(col(Project.key), "-", col(Task.number)).label("key"),
            col(Task.title),
            col(Task.state),
            col(DecisionTask.is_from_outcome),
            col(DecisionTask.linked_by),
            col(DecisionTask.linked_at),
        )
        .join(
            DecisionTask,
            (col(DecisionTask.workspace_id) == col(Task.workspace_id))
            & (col(DecisionTask.task_id) == col(Task.id)),
        )
        .where(col(DecisionTask.decision_id) == decision.id)
        .order_by(col(DecisionTask.linked_at), col(DecisionTask.id))
    )
    return [DecisionTaskOut.model_validate(row) for row in rows]


async def decisions_of(caller: Caller, task_key: str) -> list[LinkedDecisionOut]:
    """The decisions of a task that the caller sees, by number. Raises NotFound for the task."""
    task_id = await find_task_id(caller, task_key)
    rows = await caller.session.execute(
        select(Decision, col(DecisionTask.is_from_outcome))
        .join(
            DecisionTask,
            (col(DecisionTask.workspace_id) == col(Decision.workspace_id))
            & (col(DecisionTask.decision_id) == col(Decision.id)),
        )
        .where(visible_decisions(caller), col(DecisionTask.task_id) == task_id)
        .order_by(col(Decision.number))
    )
    found = rows.all()
    cards = await cards_of(caller.session, [row[0] for row in found])
    return [
        LinkedDecisionOut(decision=card, is_from_outcome=row[1])
        for card, row in zip(cards, found, strict=True)
    ]
