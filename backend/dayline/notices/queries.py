"""Reading a member's notices. No one else sees them."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import Query
from pydantic import Field
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlmodel import col

from dayline.agreements.models import AgreementVersion
from dayline.calendars.queries import member_calendars, zone_of
from dayline.calendars.schemas import TwoClocks
from dayline.context.places import PLACE, named, picked, place_of, with_place
from dayline.conversations.models import Topic
from dayline.conversations.queries import visible_topics
from dayline.core.phrase import Phrase
from dayline.core.response import worked_between
from dayline.identity.caller import Caller
from dayline.kernel.db.finding import find_one
from dayline.kernel.http.language import spoken
from dayline.kernel.http.paging import Key, Page, PageRequest, cut, paged
from dayline.kernel.text.catalogs import render
from dayline.kernel.text.markdown import excerpt
from dayline.members.models import Member
from dayline.messages.models import Message
from dayline.notices.events import card_of
from dayline.notices.models import MemberNoticeKind as Kind
from dayline.notices.models import Notice
from dayline.notices.schemas import (
    MOST_SEQ,
    NoticeCard,
    NoticeCounts,
    NoticeOut,
    NoticePerson,
    NoticeState,
)
from dayline.references.models import Explanation, Reference
from dayline.timers.due import spans_of
from dayline.timers.models import Timer

EXCERPT = 200
MOST_OPEN = 500
"""The most notices in a snapshot: the latest of those that are neither done nor settled."""

_LATEST_FIRST = [
    Key(col(Notice.event_seq), Annotated[int, Field(ge=0, le=MOST_SEQ)], descending=True),
    Key(col(Notice.id), UUID, descending=True),
]
_NAME = "latest"

_ACTOR = aliased(Member, name="actor")
_ASKING = aliased(Message, name="asking")


@dataclass(frozen=True, slots=True)
class Reader:
    """Whose notices are read: a caller, or a member who is told by a channel."""

    session: AsyncSession
    workspace_id: UUID
    member_id: UUID
    is_guest: bool


def visible_notices(caller: Reader | Caller) -> ColumnElement[bool]:
    """Matches the caller's notices about things that they still see.

    Only guests lose sight of things. What they see is always in a topic.
    """
    own = (col(Notice.workspace_id) == caller.workspace_id) & (
        col(Notice.member_id) == caller.member_id
    )
    if not caller.is_guest:
        return own
    return own & col(Notice.topic_id).in_(select(col(Topic.id)).where(visible_topics(caller)))


def _unsettled() -> ColumnElement[bool]:
    return col(Notice.done_at).is_(None) & col(Notice.settled_at).is_(None)


def _snoozed(now: datetime) -> ColumnElement[bool]:
    return func.coalesce(col(Notice.snoozed_until) > now, False)


def in_state(state: NoticeState, now: datetime) -> ColumnElement[bool]:
    """Matches the notices in a state at an instant."""
    is_open = _unsettled() & ~_snoozed(now)
    match state:
        case NoticeState.OPEN:
            return is_open
        case NoticeState.UNREAD:
            return is_open & col(Notice.read_at).is_(None)
        case NoticeState.NEEDS_YOU:
            return is_open & col(Notice.needs_you)
        case NoticeState.SNOOZED:
            return _unsettled() & _snoozed(now)
        case NoticeState.DONE:
            return ~_unsettled()


@dataclass(frozen=True, slots=True)
class NoticeFilter:
    """The filters of the list of notices."""

    state: Annotated[NoticeState | None, Query(description="Only those in this state.")] = None
    kind: Annotated[
        list[Kind] | None,
        Query(description="Only those of these kinds; repeat it for several.", max_length=20),
    ] = None

    def conditions(self, now: datetime) -> Iterator[ColumnElement[bool]]:
        """Yield a SQL condition for each filter that is set."""
        if self.state is not None:
            yield in_state(self.state, now)
        if self.kind:
            yield col(Notice.kind).in_(self.kind)


async def list_notices(caller: Caller, page: PageRequest, wanted: NoticeFilter) -> Page[NoticeOut]:
    """A page of the caller's notices that match the filters, latest first."""
    which = wanted.conditions(caller.now)
    found = _selected(caller).where(visible_notices(caller), *which)
    statement = paged(found, _LATEST_FIRST, page, _NAME)
    rows = (await caller.session.execute(statement)).all()
    kept = cut(rows, page, _NAME, lambda row: [row.Notice.event_seq, row.Notice.id])
    yours = await zone_of(caller)
    return Page(await _shown(caller, kept.items, yours, spoken()), kept.next_cursor)


async def get_notice(caller: Caller, notice_id: UUID) -> NoticeOut:
    """The caller's notice with this id. Raises NotFound."""
    await find_one(
        caller.session, select(Notice).where(visible_notices(caller), col(Notice.id) == notice_id)
    )
    found = _selected(caller).where(visible_notices(caller), col(Notice.id) == notice_id)
    rows = (await caller.session.execute(found)).all()
    return (await _shown(caller, rows, await zone_of(caller), spoken()))[0]


async def notices_by_id(
    reader: Reader, ids: Collection[UUID], zone: ZoneInfo, language: str
) -> list[NoticeOut]:
    """Those of these notices that the reader sees and that are not settled, the earliest first.

    Times are shown in a zone, and texts of Dayline's own in a language.
    """
    found = _selected(reader).where(
        visible_notices(reader), col(Notice.id).in_(ids), col(Notice.settled_at).is_(None)
    )
    rows = await reader.session.execute(found.order_by(col(Notice.event_seq), col(Notice.id)))
    return await _shown(reader, rows.all(), zone, language)


async def count_notices(caller: Caller) -> NoticeCounts:
    """How many open notices the caller has not read, and how many ask something of them."""
    counted = [
        func.count().filter(in_state(state, caller.now)).label(state.value)
        for state in (NoticeState.UNREAD, NoticeState.NEEDS_YOU)
    ]
    found = select(*counted).select_from(Notice).where(visible_notices(caller), _unsettled())
    return NoticeCounts.model_validate((await caller.session.execute(found)).one())


async def unsettled_notices(caller: Caller) -> list[NoticeCard]:
    """The latest of the caller's notices that are neither done nor settled, for a snapshot."""
    found = (
        select(Notice)
        .where(visible_notices(caller), _unsettled())
        .order_by(*(key.ordered() for key in _LATEST_FIRST))
        .limit(MOST_OPEN)
    )
    return [card_of(notice) for notice in await caller.session.scalars(found)]


def _selected(caller: Reader | Caller) -> Select[Any]:
    """The notices with everything that a row shows, in one statement."""
    explained = (
        select(col(Explanation.words))
        .where(
            col(Explanation.workspace_id) == col(Notice.workspace_id),
            col(Explanation.subject_id) == col(Notice.subject_id),
        )
        .order_by(col(Explanation.explained_at).desc(), col(Explanation.id).desc())
        .limit(1)
        .correlate(Notice)
    )
    columns: list[Any] = [
        Notice,
        Timer,
        col(Message.withdrawn_at),
        func.left(col(Message.body_html), 10 * EXCERPT).label("html"),
        col(_ASKING.sent_at).label("asked_at"),
        col(Reference.title).label("reference_title"),
        col(AgreementVersion.title).label("agreement_title"),
        explained.scalar_subquery().label("words"),
        *named("actor", _ACTOR, NoticePerson),
        *PLACE,
    ]
    here = col(Notice.workspace_id)
    found = (
        select(*columns)
        .select_from(Notice)
        .outerjoin(Topic, (col(Topic.id) == col(Notice.topic_id)) & visible_topics(caller))
        .outerjoin(Timer, (col(Timer.workspace_id) == here) & _is(Timer.id, Notice.timer_id))
        .outerjoin(
            Message,
            (col(Message.workspace_id) == here)
            & _is(Message.id, Notice.message_id)
            & _is(Message.topic_id, Topic.id),
        )
        .outerjoin(_ASKING, (col(_ASKING.workspace_id) == here) & _is(_ASKING.id, Timer.message_id))
        .outerjoin(
            Reference,
            (col(Reference.workspace_id) == here) & _is(Reference.id, Notice.reference_id),
        )
        .outerjoin(
            AgreementVersion,
            (col(AgreementVersion.workspace_id) == here)
            & _is(AgreementVersion.version, Notice.agreement_version),
        )
        .outerjoin(_ACTOR, (col(_ACTOR.workspace_id) == here) & _is(_ACTOR.id, Notice.actor_id))
    )
    return with_place(found)


def _is(column: Any, other: Any) -> ColumnElement[bool]:
    return col(column) == col(other)


async def _shown(
    caller: Reader | Caller, rows: Sequence[Any], yours: ZoneInfo, language: str
) -> list[NoticeOut]:
    answered = [row.Timer for row in rows if row.Notice.kind is Kind.ANSWERED and row.Timer]
    calendars = await member_calendars(
        caller.session, caller.workspace_id, {timer.recipient_id for timer in answered}
    )

    def took(row: Any) -> int | None:
        timer: Timer | None = row.Timer
        if row.Notice.kind is not Kind.ANSWERED or timer is None:
            return None
        calendar = calendars.get(timer.recipient_id)
        if calendar is None or timer.first_response_at is None:
            return None
        asked_at = timer.sent_at if timer.follows is None else row.asked_at
        return worked_between(
            calendar.compiled, asked_at, timer.first_response_at, spans_of(timer.pauses)
        )

    return [_document(caller, row, yours, language, took(row)) for row in rows]


def _document(
    caller: Reader | Caller,
    row: Any,
    yours: ZoneInfo,
    language: str,
    answered_in_s: int | None,
) -> NoticeOut:
    notice: Notice = row.Notice
    timer: Timer | None = row.Timer
    place = place_of(row) if row.topic_id else dict.fromkeys(_PLACES)
    title, path = _title_and_path(notice, row, place, language)
    due_at = _due_at(notice, timer)
    snoozed = notice.snoozed_until
    return NoticeOut(
        **card_of(notice).model_dump(),
        title=title,
        path=path,
        actor=NoticePerson(**picked(row, "actor", NoticePerson)) if row.actor_id else None,
        excerpt=excerpt(row.html, EXCERPT) if row.html and row.withdrawn_at is None else None,
        **place,
        due=due_at and TwoClocks.of(due_at, ZoneInfo(timer.zone if timer else yours.key), yours),
        urgent=timer is not None and timer.urgent,
        is_recipient=None if timer is None else timer.recipient_id == caller.member_id,
        answered_in_s=answered_in_s,
        snoozed_local=snoozed and snoozed.astimezone(yours).isoformat(),
    )


_PLACES = ("topic", "task", "decision", "project")


def _due_at(notice: Notice, timer: Timer | None) -> datetime | None:
    if timer is None:
        return None
    return timer.promised_at if notice.kind is Kind.PROMISED else timer.due_at


def _title_and_path(
    notice: Notice, row: Any, place: dict[str, Any], language: str
) -> tuple[str, str]:
    """What a notice is about, and where it leads below the workspace's address.

    What was deleted, or is out of sight, has a general title and leads to Today.
    """
    for thing in ("task", "decision"):
        if (line := place[thing]) is not None:
            return line.title, f"{thing}s/{line.key}"
    if (topic := place["topic"]) is not None:
        return topic.title, f"topics/{topic.id}"
    if row.reference_title is not None:
        return row.reference_title, f"references/{notice.reference_id}"
    if row.words is not None:
        return row.words, f"references/new?subject={notice.subject_id}"
    if row.agreement_title is not None:
        return row.agreement_title, "agreement"
    return render(Phrase("notices.gone"), language), ""
