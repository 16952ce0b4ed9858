"""Storing notices and settling them, by a few statements for a whole batch of events."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import exists, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.conversations.queries import sees_topic
from dayline.kernel.db import events
from dayline.kernel.db.database import scope_of
from dayline.kernel.db.ids import new_id
from dayline.members.models import Member
from dayline.notices.events import NoticeEvent, audience_of, card_of
from dayline.notices.models import Notice
from dayline.notices.preferences import DEFAULTS, Preferences
from dayline.notices.recipients import Told
from dayline.notices.rules import (
    Outcome,
    Settled,
)

Stored = Any
"""A row of notices, with the table's columns as attributes."""


WRITTEN_AT_ONCE = 50
"""The most events that are written before others in this process get their turn."""


async def record(
    session: AsyncSession, happened: type[NoticeEvent], notices: Iterable[Stored]
) -> None:
    """Record an event for each notice, as it is now."""
    for number, notice in enumerate(notices, start=1):
        events.record(session, happened(notice=card_of(notice)), audience_of(notice))
        if number % WRITTEN_AT_ONCE == 0:
            await asyncio.sleep(0)


_IDS = (
    "timer_id",
    "message_id",
    "topic_id",
    "task_id",
    "decision_id",
    "reference_id",
    "subject_id",
    "project_id",
)
_KINDS = {
    "id": "uuid",
    "member_id": "uuid",
    "kind": "text",
    "needs_you": "boolean",
    "event_seq": "bigint",
    "happened_at": "timestamptz",
    "actor_id": "uuid",
    "read_at": "timestamptz",
    **dict.fromkeys(_IDS, "uuid"),
    "agreement_version": "integer",
}
"""The columns of a new notice, with their types."""

_INSERT = text(
    f"""
    INSERT INTO notices (workspace_id, {", ".join(_KINDS)})
    SELECT :workspace_id, {", ".join(_KINDS)}
    FROM unnest({", ".join(f"CAST(:{name} AS {kind}[])" for name, kind in _KINDS.items())})
        AS new ({", ".join(_KINDS)})
    ON CONFLICT DO NOTHING
    RETURNING *
    """  # noqa: S608 -- SQL of this code
)


async def create(
    session: AsyncSession, told: Sequence[Told], preferred: Mapping[UUID, Preferences]
) -> Sequence[Stored]:
    """Store the notices in the order of their events. Those that exist already are left out.

    What a member muted is read at once.
    """
    if not told:
        return []
    in_order = sorted(told, key=lambda each: int(each.event.seq))
    columns = zip(*(_values(each, preferred) for each in in_order), strict=True)
    return await _changed(session, _INSERT, **dict(zip(_KINDS, map(list, columns), strict=True)))


def _values(told: Told, preferred: Mapping[UUID, Preferences]) -> tuple[Any, ...]:
    """The values of the columns of `_KINDS`."""
    event, made = told.event, told.made
    about = made.about
    wants = preferred.get(made.member_id, DEFAULTS)
    muted = wants.mutes(about.project_id, about.topic_id, needs_you=made.needs_you)
    return (
        new_id(),
        made.member_id,
        made.kind.value,
        made.needs_you,
        event.seq,
        event.at,
        made.by or event.actor_id,
        event.at if muted else None,
        *(getattr(about, name) for name in _IDS),
        about.agreement_version,
    )


async def settle(session: AsyncSession, outcomes: Sequence[tuple[Any, Outcome]]) -> list[Stored]:
    """Settle what the events settle of what earlier events made."""
    by_column: defaultdict[str, list[tuple[Any, Settled]]] = defaultdict(list)
    for row, found in outcomes:
        for each in found.settled:
            by_column[each.by].append((row, each))
    settled: list[Stored] = []
    for column, those in by_column.items():
        settled += await _settle_by(session, column, those)
    return settled


_COLUMNS = {
    **dict.fromkeys(
        ("timer_id", "message_id", "topic_id", "task_id", "decision_id", "reference_id"), "uuid"
    ),
    "agreement_version": "integer",
}
"""The columns by which notices are settled, with their types."""


async def _settle_by(
    session: AsyncSession, column: str, settled: Sequence[tuple[Any, Settled]]
) -> Sequence[Stored]:
    rows = [
        (kind.value, each.value, each.member_id, each.but, row.seq, row.at)
        for row, each in settled
        for kind in each.kinds
    ]
    names = ("kinds", "values", "members", "buts", "seqs", "instants")
    given = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
    statement = text(
        f"""
        UPDATE notices n SET settled_at = s.at
        FROM (
            SELECT DISTINCT ON (kind, value, member_id, but) *
            FROM unnest(
                CAST(:kinds AS text[]), CAST(:values AS {_COLUMNS[column]}[]),
                CAST(:members AS uuid[]), CAST(:buts AS uuid[]), CAST(:seqs AS bigint[]),
                CAST(:instants AS timestamptz[])
            ) AS given (kind, value, member_id, but, seq, at)
            ORDER BY kind, value, member_id, but, seq DESC
        ) AS s
        WHERE n.workspace_id = :workspace_id AND n.{column} = s.value AND n.kind = s.kind
            AND n.settled_at IS NULL AND n.event_seq < s.seq
            AND (s.member_id IS NULL OR n.member_id = s.member_id)
            AND n.member_id IS DISTINCT FROM s.but
        RETURNING n.*
        """  # noqa: S608 -- SQL of this code
    )
    return await _changed(session, statement, **given)


async def _changed(session: AsyncSession, statement: Any, **given: Any) -> list[Stored]:
    """Run a statement that returns whole notices. They are in the order of their events."""
    values = {"workspace_id": scope_of(session).workspace_id, **given}
    found = await session.execute(statement.columns(*_COLUMNS_OF_NOTICES), values)
    return sorted(found.all(), key=lambda notice: (notice.event_seq, notice.id))


_COLUMNS_OF_NOTICES = Notice.__table__.c  # type: ignore[attr-defined]


_REFERENCES = text(
    """
    UPDATE notices n SET settled_at = :now
    WHERE n.workspace_id = :workspace_id AND n.kind = 'reference_wanted' AND n.settled_at IS NULL
        AND NOT EXISTS (
            SELECT FROM subjects s
            WHERE s.workspace_id = n.workspace_id AND s.id = n.subject_id
                AND s.wanted_of = n.member_id AND s.reference_id IS NULL AND s.declined_at IS NULL
        )
    RETURNING n.*
    """
)


async def settle_references_wanted(session: AsyncSession) -> Sequence[Stored]:
    """Settle the notices of subjects for which no reference is wanted any more."""
    return await _changed(session, _REFERENCES, now=scope_of(session).now)


async def settle_unseen(session: AsyncSession) -> Sequence[Stored]:
    """Settle what guests and former members no longer see. Nobody else loses sight of anything."""
    workspace_id = scope_of(session).workspace_id
    narrow = select(col(Member.id)).where(
        col(Member.workspace_id) == workspace_id, ~Member.is_teammate
    )
    seen = exists(
        select(col(Member.id)).where(
            col(Member.id) == col(Notice.member_id),
            sees_topic(workspace_id, col(Notice.topic_id), col(Notice.project_id)),
        )
    )
    statement = (
        update(Notice)
        .where(
            col(Notice.workspace_id) == workspace_id,
            col(Notice.settled_at).is_(None),
            col(Notice.member_id).in_(narrow),
            or_(col(Notice.topic_id).is_(None), ~seen),
        )
        .values(settled_at=scope_of(session).now)
        .returning(*_COLUMNS_OF_NOTICES)
    )
    kept: dict[str, Any] = {"synchronize_session": False}
    return (await session.execute(statement, execution_options=kept)).all()
