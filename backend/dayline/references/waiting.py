"""What waits for a member: subjects to write a reference about, and their references to review."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlmodel import col

from dayline.identity.caller import Caller
from dayline.references.models import Explanation, Reference, Subject
from dayline.references.queries import cards_of, is_stale, visible_references
from dayline.references.schemas import ReferenceCard, ReferenceWanted


async def references_wanted(caller: Caller) -> list[ReferenceWanted]:
    """The subjects that the caller was asked to write about, from their working hours on."""
    rows = await caller.session.execute(
        select(
            col(Subject.id).label("subject_id"),
            _latest_words().label("words"),
            _times().label("explained"),
            col(Subject.wanted_from),
        )
        .where(
            col(Subject.workspace_id) == caller.workspace_id,
            col(Subject.wanted_of) == caller.member_id,
            col(Subject.wanted_from) <= caller.now,
            col(Subject.reference_id).is_(None),
            col(Subject.declined_at).is_(None),
        )
        .order_by(col(Subject.wanted_from), col(Subject.id))
    )
    return [ReferenceWanted.model_validate(row) for row in rows]


def _latest_words() -> Any:
    latest = col(Explanation.explained_at).desc(), col(Explanation.id).desc()
    found = select(col(Explanation.words)).where(_of_subject()).order_by(*latest).limit(1)
    return found.correlate(Subject).scalar_subquery()


def _times() -> Any:
    return select(func.count()).where(_of_subject()).correlate(Subject).scalar_subquery()


def _of_subject() -> ColumnElement[bool]:
    return (col(Explanation.workspace_id) == col(Subject.workspace_id)) & (
        col(Explanation.subject_id) == col(Subject.id)
    )


async def references_due(caller: Caller, today: date) -> list[ReferenceCard]:
    """The caller's references that are marked as stale or due for review by this date, by date."""
    found = select(Reference).where(
        visible_references(caller),
        col(Reference.owner_id) == caller.member_id,
        or_(col(Reference.review_on) <= today, is_stale()),
    )
    order = col(Reference.review_on).asc().nulls_last(), col(Reference.id)
    rows = (await caller.session.scalars(found.order_by(*order))).all()
    return await cards_of(caller.session, rows)
