"""The acts of the story that concern explanations and references."""

from datetime import timedelta

from sqlalchemy import select
from sqlmodel import col

from dayline.demo.script import Act
from dayline.demo.stage import Stage
from dayline.identity.caller import Caller
from dayline.references.actions import create_reference, mark_stale
from dayline.references.explaining import explain
from dayline.references.models import Reference
from dayline.references.schemas import ExplanationIn, ReferenceIn

_REVIEWED_AFTER = timedelta(days=180)


def explains(words: str, where: str | None = None) -> Act:
    """Log an explanation, optionally about a topic."""

    async def act(stage: Stage, caller: Caller) -> None:
        topic_id = None if where is None else stage.topics[where]
        await explain(caller, ExplanationIn(words=words, topic_id=topic_id))

    return act


def writes_down(title: str, body: str) -> Act:
    """Write a reference that is due for review in half a year."""

    async def act(_stage: Stage, caller: Caller) -> None:
        review_on = (caller.now + _REVIEWED_AFTER).date()
        await create_reference(caller, ReferenceIn(title=title, body=body, review_on=review_on))

    return act


def doubts(title: str, reason: str) -> Act:
    """Mark a reference as stale."""

    async def act(_stage: Stage, caller: Caller) -> None:
        found = select(col(Reference.id)).where(
            col(Reference.workspace_id) == caller.workspace_id, col(Reference.title) == title
        )
        reference_id = (await caller.session.scalars(found)).one()
        await mark_stale(caller, reference_id, reason)

    return act
