"""The list of decisions and its filters."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Query
from sqlalchemy import ColumnElement, exists, or_, select
from sqlmodel import col

from dayline.decisions.models import Decision, DecisionInput, DecisionStakeholder, DecisionStatus
from dayline.decisions.queries import answers, cards_of, visible_decisions
from dayline.decisions.schemas import DecisionCard
from dayline.identity.caller import Caller
from dayline.kernel.http.paging import Key, Page, PageRequest, cut, paged
from dayline.projects.models import Project
from dayline.projects.schemas import ProjectKey
from dayline.tasks.listing import several

_ORDER = [Key(col(Decision.updated_at), datetime, True), Key(col(Decision.id), UUID, True)]
_NAME = "-updated_at"


@dataclass(frozen=True, slots=True)
class DecisionFilter:
    """Filters of the list, combined with AND. The values of one filter are combined with OR."""

    status: Annotated[
        tuple[DecisionStatus, ...], several("The statuses to include. All if left out.")
    ] = ()
    project: Annotated[
        tuple[ProjectKey, ...], several("The keys of the projects to include. All if left out.")
    ] = ()
    waiting: Annotated[
        Literal["me"] | None,
        Query(
            description="Only decisions that wait for your input, your outcome or your "
            "confirmation."
        ),
    ] = None
    overdue: Annotated[
        bool | None,
        Query(
            description="True for open decisions whose deadline for input has passed, false "
            "for all others."
        ),
    ] = None


async def list_decisions(
    caller: Caller, wanted: DecisionFilter, page: PageRequest
) -> Page[DecisionCard]:
    """A page of the decisions that the caller sees and the filter matches, last changed first."""
    statement = select(Decision).where(visible_decisions(caller), *_conditions(caller, wanted))
    rows = (await caller.session.scalars(paged(statement, _ORDER, page, _NAME))).all()
    kept = cut(rows, page, _NAME, lambda each: (each.updated_at, each.id))
    return Page(await cards_of(caller.session, kept.items), kept.next_cursor)


def _conditions(caller: Caller, wanted: DecisionFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.status:
        found.append(col(Decision.status).in_(wanted.status))
    if wanted.project:
        keys = select(col(Project.id)).where(
            col(Project.workspace_id) == caller.workspace_id, col(Project.key).in_(wanted.project)
        )
        found.append(col(Decision.project_id).in_(keys))
    if wanted.waiting is not None:
        found.append(waits_for(caller))
    if wanted.overdue is not None:
        late = _is_open() & (col(Decision.input_due_at) < caller.now)
        found.append(late if wanted.overdue else ~late)
    return found


def _is_open() -> ColumnElement[bool]:
    return col(Decision.status) == DecisionStatus.OPEN


def waits_for(caller: Caller) -> ColumnElement[bool]:
    """Matches decisions that wait for the caller's input, outcome or confirmation of reading."""
    asked = (
        select(col(DecisionStakeholder.id))
        .outerjoin(DecisionInput, answers())
        .where(
            col(DecisionStakeholder.workspace_id) == caller.workspace_id,
            col(DecisionStakeholder.decision_id) == col(Decision.id),
            col(DecisionStakeholder.member_id) == caller.member_id,
        )
    )
    for_input = _is_open() & exists(asked.where(col(DecisionInput.id).is_(None)))
    for_outcome = (
        _is_open()
        & col(Decision.closed_at).is_not(None)
        & (col(Decision.decider_id) == caller.member_id)
    )
    is_decided = col(Decision.decided_at).is_not(None)
    to_read = is_decided & exists(asked.where(col(DecisionStakeholder.read_at).is_(None)))
    return or_(for_input, for_outcome, to_read)
