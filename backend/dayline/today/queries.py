"""Reading the open asks between members, with one statement per list."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from dayline.agreements.models import AgreementSignature, AgreementVersion
from dayline.calendars.schemas import TwoClocks
from dayline.context.places import PLACE, named, picked, place_of, with_place
from dayline.conversations.models import Topic
from dayline.conversations.queries import visible_topics
from dayline.core.agreement import is_superseded
from dayline.identity.caller import Caller
from dayline.kernel.text.markdown import excerpt
from dayline.members.models import Member
from dayline.messages.models import Message
from dayline.timers.models import Timer
from dayline.timers.queries import NEVER, visible_timers
from dayline.timers.schemas import HandedOver, timer_document
from dayline.today.countdown import countdown
from dayline.today.schemas import MOST_LINES, AskLine, Person, SignatureOwed

EXCERPT = 200

_AUTHOR, _RECIPIENT = aliased(Member, name="author"), aliased(Member, name="recipient")


async def asked_of(caller: Caller, zone: ZoneInfo) -> tuple[list[AskLine], int]:
    """The first lines of what others ask of the caller, and the total number."""
    return await _lines(caller, col(Timer.recipient_id) == caller.member_id, zone)


async def asked_by(caller: Caller, zone: ZoneInfo) -> tuple[list[AskLine], int]:
    """The first lines of what the caller asks of others, and the total number."""
    from_others = col(Timer.recipient_id) != caller.member_id
    return await _lines(caller, (col(Timer.author_id) == caller.member_id) & from_others, zone)


async def _lines(
    caller: Caller, which: ColumnElement[bool], zone: ZoneInfo
) -> tuple[list[AskLine], int]:
    rows = (await caller.session.execute(_selected(caller, which))).all()
    return [_line(row, caller.now, zone) for row in rows], rows[0].total if rows else 0


def _selected(caller: Caller, which: ColumnElement[bool]) -> Select[Any]:
    columns: list[Any] = [
        Timer,
        func.left(col(Message.body_html), 10 * EXCERPT).label("html"),
        *named("author", _AUTHOR, Person),
        *named("recipient", _RECIPIENT, Person),
        *PLACE,
        func.count().over().label("total"),
    ]
    found = select(*columns).select_from(Timer)
    for table, column in (
        (Message, Timer.message_id),
        (Topic, Timer.topic_id),
        (_AUTHOR, Timer.author_id),
        (_RECIPIENT, Timer.recipient_id),
    ):
        here = col(table.workspace_id) == col(Timer.workspace_id)
        found = found.join(table, here & (col(table.id) == col(column)))
    return (
        with_place(found)
        .where(visible_timers(caller), visible_topics(caller), col(Timer.ended_at).is_(None), which)
        .order_by(
            col(Timer.paused_at).is_not(None),
            func.coalesce(col(Timer.due_at), NEVER),
            col(Timer.id),
        )
        .limit(MOST_LINES)
    )


def _line(row: Any, now: datetime, zone: ZoneInfo) -> AskLine:
    timer: Timer = row.Timer
    return AskLine(
        timer=timer_document(timer),
        excerpt=excerpt(row.html, EXCERPT),
        author=Person(**picked(row, "author", Person)),
        recipient=Person(**picked(row, "recipient", Person)),
        **place_of(row),
        due=timer.due_at and TwoClocks.of(timer.due_at, ZoneInfo(timer.zone), zone),
        overdue_since=_overdue_since(timer, zone),
        countdown=countdown(timer, now, zone),
    )


def _overdue_since(timer: Timer, zone: ZoneInfo) -> TwoClocks | None:
    if timer.handed_over is None:
        return None
    since = HandedOver(**timer.handed_over).overdue_since
    return TwoClocks.of(since, ZoneInfo(timer.zone), zone)


async def signatures_owed(caller: Caller) -> list[SignatureOwed]:
    """The agreement versions that the caller must still sign. Superseded ones are left out."""
    if caller.is_guest:
        return []
    signed = select(col(AgreementSignature.agreement_id)).where(
        col(AgreementSignature.workspace_id) == caller.workspace_id,
        col(AgreementSignature.member_id) == caller.member_id,
    )
    rows = await caller.session.execute(
        select(
            col(AgreementVersion.version),
            col(AgreementVersion.title),
            col(AgreementVersion.in_force_from),
            col(AgreementVersion.id).in_(signed).label("is_signed"),
        )
        .where(col(AgreementVersion.workspace_id) == caller.workspace_id)
        .order_by(col(AgreementVersion.version))
    )
    return _owed(rows.all(), caller.now)


def _owed(versions: Sequence[Any], now: datetime) -> list[SignatureOwed]:
    return [
        SignatureOwed.model_validate(row)
        for row in versions
        if not row.is_signed and not is_superseded(row.version, versions, now)
    ]


async def places(caller: Caller, which: ColumnElement[bool]) -> dict[UUID, dict[str, Any]]:
    """The topics that match a condition, with their tasks, decisions and projects, by topic id."""
    found = with_place(select(*PLACE).select_from(Topic)).where(which)
    return {row.topic_id: place_of(row) for row in await caller.session.execute(found)}
