"""Who gets which notice: what the events leave open is looked up, for a whole batch at once.

Access is checked by the rule of the feed, as it is now: what a member may not see gives no notice.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, union
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.agreements.models import AgreementSignature, AgreementVersion
from dayline.context.audience import (
    NO_SIGHT,
    EventViewer,
    participants_of,
    sees,
    sights_of,
)
from dayline.identity.models import Role
from dayline.kernel.db.database import scope_of
from dayline.kernel.db.events import Audience, AudienceKind
from dayline.members.models import Member
from dayline.messages.models import Message
from dayline.notices.models import MemberNoticeKind as Kind
from dayline.notices.models import Notice
from dayline.notices.rules import (
    Group,
    Made,
    Outcome,
    Wanted,
)
from dayline.projects.models import Project, ProjectMember
from dayline.timers.models import Timer


@dataclass(frozen=True, slots=True)
class Told:
    """A notice to be made, and the event that it tells of."""

    event: Any
    made: Made


async def looked_up(session: AsyncSession, outcomes: Sequence[tuple[Any, Outcome]]) -> list[Told]:
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


async def without_asked(session: AsyncSession, told: Sequence[Told]) -> list[Told]:
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


async def with_answers(session: AsyncSession, told: Sequence[Told]) -> list[Told]:
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


async def seen_by_members(session: AsyncSession, told: Sequence[Told]) -> list[Told]:
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
