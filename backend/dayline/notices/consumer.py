"""The consumer that turns events into notices, many at a time, in the transaction of its cursor.

Everything is read and written by a few statements for a whole batch. A notice of an event is made
at most once. Settling follows the order of events: it reaches only what earlier events made.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import exists, func, or_, select, text, union, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.agreements.models import AgreementSignature, AgreementVersion
from dayline.calendars.events import CalendarChanged
from dayline.context.audience import (
    NO_SIGHT,
    EventViewer,
    participants_of,
    sees,
    sights_of,
)
from dayline.conversations.queries import sees_topic
from dayline.identity.models import Role
from dayline.kernel.db import events
from dayline.kernel.db.database import scope_of
from dayline.kernel.db.events import Audience, AudienceKind, EventRow
from dayline.kernel.db.ids import new_id
from dayline.kernel.jobs.event_consumer import EventConsumer, Handle, begin_cursor
from dayline.kernel.jobs.failed_jobs import Queue
from dayline.members.models import Member, Workspace
from dayline.messages.models import Message
from dayline.notices.channels import Channel
from dayline.notices.events import NoticeChanged, NoticeCreated, NoticeEvent, audience_of, card_of
from dayline.notices.models import MemberNoticeKind as Kind
from dayline.notices.models import Notice, NoticeDelivery
from dayline.notices.planning import plan, review_deliveries
from dayline.notices.preferences import DEFAULTS, Preferences, preferences_of
from dayline.notices.rules import (
    SUBJECTS_CHANGE,
    TOLD,
    Group,
    Happened,
    Made,
    Outcome,
    Settled,
    Wanted,
    outcome_of,
)
from dayline.projects.models import Project, ProjectMember
from dayline.timers.models import Timer

NAME = "notices"
"""Names the consumer's cursors."""
AT_ONCE = 250
"""Events in one transaction: few enough that none of its steps holds the worker's loop long."""


@dataclass(frozen=True, slots=True)
class Told:
    """A notice to be made, and the event that it tells of."""

    event: Any
    made: Made


async def handle(
    session: AsyncSession, after: int, upto: int, *, channels: Collection[Channel]
) -> None:
    """Make and settle the notices of the events after `after` up to `upto`.

    Deliveries through `channels` are planned in the same transaction.
    """
    rows = await _events(session, after, upto)
    outcomes = [(row, outcome_of(Happened(row.kind, row.actor_id, row.data))) for row in rows]
    told = [Told(row, made) for row, found in outcomes for made in found.made]
    told += await _looked_up(session, outcomes)
    told = await _without_asked(session, told)
    told = await _with_answers(session, told)
    told = await _seen(session, told)
    preferred = await preferences_of(session, {each.made.member_id for each in told})
    made = await _create(session, told, preferred)
    record(session, NoticeCreated, made)
    await plan(session, made, preferred, channels)
    await _follow_calendars(session, rows)
    settled = await _settle(session, outcomes)
    if any(row.kind in SUBJECTS_CHANGE for row in rows):
        settled += await _settle_references_wanted(session)
    if any(found.access for _, found in outcomes):
        settled += await _settle_unseen(session)
    record(session, NoticeChanged, settled)


def record(session: AsyncSession, happened: type[NoticeEvent], notices: Iterable[Notice]) -> None:
    """Record an event for each notice, as it is now."""
    for notice in notices:
        events.record(session, happened(notice=card_of(notice)), audience_of(notice))


def notices_consumer(channels: Collection[Channel] = ()) -> EventConsumer:
    """The consumer that makes notices, and plans their deliveries through these channels."""

    async def begin(_session: AsyncSession) -> Handle:
        return partial(handle, channels=channels)

    return EventConsumer(NAME, Queue.MEMBER_NOTICES, begin, AT_ONCE)


async def start(session: AsyncSession, _workspace: Workspace) -> None:
    """Let the consumer handle the events of a new workspace, from the first one on."""
    await begin_cursor(session, NAME, 0)


async def _events(session: AsyncSession, after: int, upto: int) -> Sequence[Any]:
    rows = await session.execute(
        select(
            col(EventRow.seq),
            col(EventRow.kind),
            col(EventRow.at),
            col(EventRow.actor_id),
            col(EventRow.audience),
            col(EventRow.audience_id),
            col(EventRow.data),
        )
        .where(
            col(EventRow.workspace_id) == scope_of(session).workspace_id,
            col(EventRow.seq) > after,
            col(EventRow.seq) <= upto,
            col(EventRow.kind).in_((*TOLD, CalendarChanged.kind)),
        )
        .order_by(col(EventRow.seq))
    )
    return rows.all()


async def _looked_up(session: AsyncSession, outcomes: Sequence[tuple[Any, Outcome]]) -> list[Told]:
    """The notices for groups of members whom the events don't name."""
    wanted = [(row, each) for row, found in outcomes for each in found.wanted]
    updates = [(row, each) for row, each in wanted if each.group is Group.PROJECT]
    unsigned = [(row, each) for row, each in wanted if each.group is Group.UNSIGNED]
    return [
        *(await _people_of_updates(session, updates) if updates else ()),
        *(await _signers(session, unsigned) if unsigned else ()),
    ]


async def _people_of_updates(
    session: AsyncSession, wanted: Sequence[tuple[Any, Wanted]]
) -> list[Told]:
    """The people and the lead of each project with an update. A comment on one is no update."""
    workspace_id = scope_of(session).workspace_id
    updates = set(
        await session.scalars(
            select(col(Message.id)).where(
                col(Message.workspace_id) == workspace_id,
                col(Message.id).in_([each.about.message_id for _, each in wanted]),
                col(Message.condition).is_not(None),
            )
        )
    )
    projects = {each.about.project_id for _, each in wanted}
    people: defaultdict[UUID | None, set[UUID]] = defaultdict(set)
    leads: Any = select(col(Project.id), col(Project.lead_id).label("member_id")).where(
        col(Project.workspace_id) == workspace_id,
        col(Project.id).in_(projects),
        col(Project.lead_id).is_not(None),
    )
    added = select(col(ProjectMember.project_id), col(ProjectMember.member_id)).where(
        col(ProjectMember.workspace_id) == workspace_id,
        col(ProjectMember.project_id).in_(projects),
    )
    for row in await session.execute(union(leads, added)):
        people[row.id].add(row.member_id)
    return [
        _told(row, each, member_id)
        for row, each in wanted
        if each.about.message_id in updates
        for member_id in sorted(people[each.about.project_id])
        if member_id != each.but
    ]


async def _signers(session: AsyncSession, wanted: Sequence[tuple[Any, Wanted]]) -> list[Told]:
    """Those who have joined, aren't guests, and neither signed a version nor were told of it.

    Where no version is named, it is the latest.
    """
    workspace_id = scope_of(session).workspace_id
    versions = select(func.max(col(AgreementVersion.version))).where(
        col(AgreementVersion.workspace_id) == workspace_id
    )
    latest = await session.scalar(versions)
    if latest is None:
        return []
    named = {each.about.agreement_version or latest for _, each in wanted}
    settled = (
        select(col(AgreementSignature.member_id), col(AgreementVersion.version))
        .join(
            AgreementVersion,
            (col(AgreementVersion.workspace_id) == col(AgreementSignature.workspace_id))
            & (col(AgreementVersion.id) == col(AgreementSignature.agreement_id)),
        )
        .where(
            col(AgreementSignature.workspace_id) == workspace_id,
            col(AgreementVersion.version).in_(named),
        )
    )
    before = select(col(Notice.member_id), col(Notice.agreement_version)).where(
        col(Notice.workspace_id) == workspace_id,
        col(Notice.kind) == Kind.AGREEMENT_TO_SIGN,
        col(Notice.settled_at).is_(None),
        col(Notice.agreement_version).in_(named),
    )
    done = {(row[0], row[1]) for row in await session.execute(settled.union(before))}
    teammates = select(col(Member.id)).where(
        col(Member.workspace_id) == workspace_id,
        Member.is_teammate,
        col(Member.joined_at).is_not(None),
    )
    team = (await session.scalars(teammates.order_by(col(Member.id)))).all()
    found: list[Told] = []
    for row, each in wanted:
        version = each.about.agreement_version or latest
        about = replace(each.about, agreement_version=version)
        for member_id in team:
            is_meant = each.only in {None, member_id} and member_id != each.but
            if is_meant and (member_id, version) not in done:
                done.add((member_id, version))
                found.append(_told(row, replace(each, about=about), member_id))
    return found


def _told(row: Any, wanted: Wanted, member_id: UUID) -> Told:
    return Told(row, Made(member_id, wanted.kind, wanted.about, wanted.needs_you))


async def _without_asked(session: AsyncSession, told: Sequence[Told]) -> list[Told]:
    """Without mentions of members whom the message asks, or to whom it was told before."""
    named = {each.made.about.message_id for each in told if each.made.kind is Kind.MENTIONED}
    if not named:
        return list(told)
    workspace_id = scope_of(session).workspace_id
    asked = select(
        col(Timer.message_id),
        func.unnest(func.array_append(col(Timer.covers), col(Timer.recipient_id))),
    ).where(col(Timer.workspace_id) == workspace_id, col(Timer.message_id).in_(named))
    before = select(col(Notice.message_id), col(Notice.member_id)).where(
        col(Notice.workspace_id) == workspace_id,
        col(Notice.message_id).in_(named),
        col(Notice.kind) == Kind.MENTIONED,
    )
    known = {(row[0], row[1]) for row in await session.execute(asked.union(before))}
    found: list[Told] = []
    for each in told:
        pair = each.made.about.message_id, each.made.member_id
        if each.made.kind is Kind.MENTIONED:
            if pair in known:
                continue
            known.add(pair)
        found.append(each)
    return found


async def _with_answers(session: AsyncSession, told: Sequence[Told]) -> list[Told]:
    """With the answer's message for each answer: what its author posted in the same transaction.

    An input to a decision is an answer without a message.
    """
    answers = [each for each in told if each.made.kind is Kind.ANSWERED]
    if not answers:
        return list(told)
    topics = [each.made.about.topic_id for each in answers]
    rows = await session.execute(
        select(col(Message.topic_id), col(Message.author_id), col(Message.sent_at), col(Message.id))
        .where(
            col(Message.workspace_id) == scope_of(session).workspace_id,
            col(Message.topic_id).in_(topics),
            col(Message.sent_at).in_({each.event.at for each in answers}),
        )
        .order_by(col(Message.id).desc())
    )
    posted = {(row.topic_id, row.author_id, row.sent_at): row.id for row in rows}

    def answered(each: Told) -> Told:
        if each.made.kind is not Kind.ANSWERED:
            return each
        place = each.made.about.topic_id, each.event.actor_id, each.event.at
        about = replace(each.made.about, message_id=posted.get(place))
        return replace(each, made=replace(each.made, about=about))

    return [answered(each) for each in told]


async def _seen(session: AsyncSession, told: Sequence[Told]) -> list[Told]:
    """The notices of events that their member sees now, by the rule of the feed."""
    if not told:
        return []
    workspace_id = scope_of(session).workspace_id
    viewers = await _viewers(session, {each.made.member_id for each in told})
    direct = {each.event.audience_id for each in told if each.event.audience is AudienceKind.TOPIC}
    participants = await participants_of(session, workspace_id, direct)

    def is_seen(each: Told) -> bool:
        viewer = viewers.get(each.made.member_id)
        audience = Audience(kind=each.event.audience, id=each.event.audience_id)
        return viewer is not None and sees(viewer, audience, participants)

    return [each for each in told if is_seen(each)]


async def _viewers(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, EventViewer]:
    """Those of these members who have access, as readers of events."""
    workspace_id = scope_of(session).workspace_id
    rows = await session.execute(
        select(col(Member.id), col(Member.role)).where(
            col(Member.workspace_id) == workspace_id,
            col(Member.id).in_(ids),
            Member.is_active,
            col(Member.joined_at).is_not(None),
        )
    )
    roles = {row.id: row.role for row in rows}
    guests = [id_ for id_, role in roles.items() if role is Role.GUEST]
    sights = await sights_of(session, workspace_id, guests)
    return {
        id_: EventViewer(
            workspace_id,
            id_,
            role,
            acts_as_admin=False,
            project_ids=sights.get(id_, NO_SIGHT).project_ids,
            topic_ids=sights.get(id_, NO_SIGHT).topic_ids,
        )
        for id_, role in roles.items()
    }


async def _create(
    session: AsyncSession, told: Sequence[Told], preferred: Mapping[UUID, Preferences]
) -> list[Notice]:
    """Store the notices in the order of their events. Those that exist already are left out.

    What a member muted is read at once.
    """
    if not told:
        return []
    scope = scope_of(session)

    def is_muted(made: Made) -> bool:
        wants = preferred.get(made.member_id, DEFAULTS)
        return wants.mutes(made.about.project_id, made.about.topic_id, needs_you=made.needs_you)

    rows = [
        {
            "workspace_id": scope.workspace_id,
            "id": new_id(),
            "member_id": each.made.member_id,
            "kind": each.made.kind,
            "needs_you": each.made.needs_you,
            "event_seq": each.event.seq,
            "happened_at": each.event.at,
            "actor_id": each.event.actor_id,
            "read_at": each.event.at if is_muted(each.made) else None,
            **asdict(each.made.about),
        }
        for each in sorted(told, key=lambda each: int(each.event.seq))
    ]
    made = await session.scalars(
        insert(Notice).on_conflict_do_nothing().returning(Notice, sort_by_parameter_order=False),
        rows,
    )
    return sorted(made, key=lambda notice: (notice.event_seq, notice.id))


async def _follow_calendars(session: AsyncSession, rows: Sequence[Any]) -> None:
    """Look again at what waits for the hours of members whose calendars changed."""
    changed = {UUID(row.data["calendar"]["id"]) for row in rows if row.kind == CalendarChanged.kind}
    if changed:
        await review_deliveries(session, col(NoticeDelivery.member_id).in_(changed))


async def _settle(session: AsyncSession, outcomes: Sequence[tuple[Any, Outcome]]) -> list[Notice]:
    """Settle what the events settle of what earlier events made."""
    by_column: defaultdict[str, list[tuple[Any, Settled]]] = defaultdict(list)
    for row, found in outcomes:
        for each in found.settled:
            by_column[each.by].append((row, each))
    settled: list[Notice] = []
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
) -> Sequence[Notice]:
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


async def _changed(session: AsyncSession, statement: Any, **given: Any) -> Sequence[Notice]:
    """Run an update that returns whole notices, and return them in the order of their events."""
    found = select(Notice).from_statement(
        statement.columns(*Notice.__table__.c)  # type: ignore[attr-defined]
    )
    values = {"workspace_id": scope_of(session).workspace_id, **given}
    fresh = {"populate_existing": True}
    notices = (await session.scalars(found, values, execution_options=fresh)).all()
    return sorted(notices, key=lambda notice: (notice.event_seq, notice.id))


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


async def _settle_references_wanted(session: AsyncSession) -> Sequence[Notice]:
    """Settle the notices of subjects for which no reference is wanted any more."""
    return await _changed(session, _REFERENCES, now=scope_of(session).now)


async def _settle_unseen(session: AsyncSession) -> Sequence[Notice]:
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
        .returning(Notice)
    )
    fresh = {"synchronize_session": False, "populate_existing": True}
    return (await session.scalars(statement, execution_options=fresh)).all()
