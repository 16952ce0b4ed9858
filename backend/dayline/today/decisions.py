"""What decided decisions still need: a confirmation of reading, or a review."""

from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlmodel import col

from dayline.context.places import DecisionLine, ProjectLine, named, picked
from dayline.decisions.keys import key_in
from dayline.decisions.models import Decision, DecisionStakeholder, DecisionStatus
from dayline.decisions.queries import visible_decisions
from dayline.identity.caller import Caller
from dayline.members.models import Member
from dayline.projects.models import Project
from dayline.today.schemas import MOST_LINES, DecisionMade, Person


async def records_to_read(caller: Caller) -> list[DecisionMade]:
    """The decisions that the caller, a stakeholder, has not confirmed to have read."""
    unread = select(col(DecisionStakeholder.decision_id)).where(
        col(DecisionStakeholder.workspace_id) == caller.workspace_id,
        col(DecisionStakeholder.member_id) == caller.member_id,
        col(DecisionStakeholder.read_at).is_(None),
    )
    which = col(Decision.id).in_(unread) & col(Decision.decided_at).is_not(None)
    return await _made(caller, which, col(Decision.decided_at))


async def reviews_due(caller: Caller) -> list[DecisionMade]:
    """The decisions whose review is due and that the caller decided or proposed."""
    theirs = (col(Decision.decider_id) == caller.member_id) | (
        col(Decision.proposed_by) == caller.member_id
    )
    which = (col(Decision.review_due_at) <= caller.now) & theirs
    return await _made(caller, which, col(Decision.review_due_at))


async def _made(caller: Caller, which: ColumnElement[bool], order: Any) -> list[DecisionMade]:
    rows = await caller.session.execute(
        _selected()
        .where(visible_decisions(caller), col(Decision.status) == DecisionStatus.DECIDED, which)
        .order_by(order, col(Decision.id))
        .limit(MOST_LINES)
    )
    return [_line(row) for row in rows]


def _selected() -> Select[Any]:
    of_project = (col(Project.workspace_id) == col(Decision.workspace_id)) & (
        col(Project.id) == col(Decision.project_id)
    )
    by_member = (col(Member.workspace_id) == col(Decision.workspace_id)) & (
        col(Member.id) == col(Decision.decided_by)
    )
    columns: list[Any] = [
        col(Decision.id).label("decision_id"),
        key_in(Decision).label("decision_key"),
        col(Decision.title).label("decision_title"),
        col(Decision.status).label("decision_status"),
        col(Decision.decided_at),
        col(Decision.review_on),
        *named("project", Project, ProjectLine),
        *named("decider", Member, Person),
    ]
    found = select(*columns).select_from(Decision)
    return found.join(Project, of_project).outerjoin(Member, by_member)


def _line(row: Any) -> DecisionMade:
    return DecisionMade(
        decision=DecisionLine(**picked(row, "decision", DecisionLine)),
        project=ProjectLine(**picked(row, "project", ProjectLine)),
        decided_by=Person(**picked(row, "decider", Person)) if row.decider_id else None,
        decided_at=row.decided_at,
        review_on=row.review_on,
    )
