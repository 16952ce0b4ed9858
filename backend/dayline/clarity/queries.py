"""Counting the reasons that members gave for missing points."""

from datetime import timedelta

from sqlalchemy import case, func, select
from sqlmodel import col

from dayline.clarity.schemas import ClarityReasonsOut, ReasonCounts
from dayline.conversations.models import Topic
from dayline.core.clarity import ClarityKind
from dayline.decisions.models import Decision
from dayline.identity.caller import Caller
from dayline.kernel.db.finding import count
from dayline.messages.clarity import KINDS
from dayline.messages.models import Message
from dayline.tasks.models import Task

COUNTED = timedelta(days=28)


async def count_reasons(caller: Caller) -> ClarityReasonsOut:
    """Return how many texts of each kind were sent with a reason in the last four weeks."""
    since = caller.now - COUNTED
    opens = (col(Decision.workspace_id) == caller.workspace_id) & (
        col(Decision.message_id) == col(Message.id)
    )
    kind = case(
        (select(col(Decision.id)).where(opens).exists(), ClarityKind.DECISION.value),
        (col(Message.urgent), ClarityKind.URGENT.value),
        *((col(Topic.kind) == topic, kind.value) for topic, kind in KINDS.items()),
    )
    of_topic = (col(Topic.workspace_id) == col(Message.workspace_id)) & (
        col(Topic.id) == col(Message.topic_id)
    )
    rows = await caller.session.execute(
        select(kind, func.count())
        .join(Topic, of_topic)
        .where(
            col(Message.workspace_id) == caller.workspace_id,
            col(Message.clarity_reason).is_not(None),
            col(Message.sent_at) > since,
        )
        .group_by(kind)
    )
    counts = dict.fromkeys(ClarityKind, 0) | {ClarityKind(name): found for name, found in rows}
    counts[ClarityKind.TASK_BRIEF] = await count(
        caller.session,
        Task,
        (col(Task.workspace_id) == caller.workspace_id)
        & col(Task.clarity_reason).is_not(None)
        & (col(Task.updated_at) > since),
    )
    return ClarityReasonsOut(
        since=since, counts=ReasonCounts(**{kind.value: found for kind, found in counts.items()})
    )
