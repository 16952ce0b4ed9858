"""PostgreSQL writes the document of a timer as the API shows it, wherever the timer stands."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlmodel import col

from dayline.timers.documents import document_of
from dayline.timers.models import Timer
from dayline.timers.schemas import timer_document
from dayline.timers.states import IN_STATE, TimerFilter, TimerState
from tests.team import Team
from tests.timers.rows import Asked

FACTS = [
    "rev = 7",
    "project_id = NULL, first_check_at = sent_at + interval '3 hours'",
    "due_at = NULL, warn_at = NULL",
    "sent_at = sent_at + interval '0.25 seconds', warned_at = due_at - interval '1 microsecond'",
    "breached_at = due_at",
    "paused_at = sent_at, pause_reason = 'Waiting on \"them\"', paused_s = 61",
    "ended_at = sent_at, end_reason = 'cancelled', cancel_reason = 'edited'",
    "ended_at = sent_at, end_reason = 'responded', first_response_at = sent_at, urgent = true",
    "ended_at = sent_at, end_reason = 'acknowledged', acknowledged_at = sent_at, "
    "promised_at = due_at + interval '1 day', follows = id",
]


@pytest.mark.parametrize("facts", FACTS)
async def test_it_is_the_document_of_the_api(team: Team, facts: str) -> None:
    asked = await Asked.create(team)
    [timer_id] = await asked.timers(1, team.clock.now + timedelta(hours=1))
    which = select(Timer).where(col(Timer.id) == timer_id)
    document = text(f"SELECT {document_of('t')} FROM timers t WHERE t.id = :id")  # noqa: S608
    async with asked.inside() as session:
        changed = text(f"UPDATE timers SET {facts} WHERE id = :id")  # noqa: S608
        await session.execute(changed, {"id": timer_id})
        written = await session.scalar(document, {"id": timer_id})
        shown = timer_document((await session.scalars(which)).one())
        listed = [
            state
            for state in TimerState
            if await session.scalar(which.where(IN_STATE[TimerFilter(state)])) is not None
        ]
    assert (json.loads(written) if isinstance(written, str) else written) == shown.model_dump(
        mode="json"
    )
    assert listed == [shown.state]
