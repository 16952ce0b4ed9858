"""Subjects: which explanations belong together, and which references answer them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    Float,
    Select,
    Subquery,
    Text,
    any_,
    cast,
    func,
    literal,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import col

from dayline.calendars.queries import zone_of
from dayline.conversations.models import Topic
from dayline.conversations.queries import visible_topics
from dayline.core.likeness import SAME, SIMILAR, letters, likeness
from dayline.core.phrase import Phrase
from dayline.identity.caller import Caller
from dayline.kernel.db.finding import find_one
from dayline.kernel.errors import Invalid, NotFound
from dayline.references.models import Explanation, Reference, ReferenceName, Subject
from dayline.references.queries import cards_of
from dayline.references.schemas import (
    ExplanationCard,
    NotedExplanation,
    ReferenceCard,
    Similar,
    SubjectOut,
)

MOST_COMPARED = 2000
"""A new text is compared with this many of the latest explanations."""

MOST_JUDGED = 60
"""Of those, this many with the most trigrams in common are also compared by their words."""

MOST_OF_ONE = 3
"""At most this many of them are of one subject, which may be explained often in the same words."""

MOST_NEAR = 5
MOST_LISTED = 50

Alike = list[tuple[float, UUID]]
"""Pairs of likeness (0 to 1) and id, most alike first."""


async def lock_subjects(caller: Caller) -> None:
    """Lock the workspace's subjects until the commit, so that no subject is created twice."""
    key = func.hashtextextended(f"subjects:{caller.workspace_id}", 0)
    await caller.session.execute(select(func.pg_advisory_xact_lock(key)))


async def alike_subjects(caller: Caller, words: str) -> Alike:
    """The subjects whose words are at least similar, most alike first, then the latest."""
    order = col(Explanation.explained_at).desc(), col(Explanation.id).desc()
    latest = (
        select(
            col(Explanation.subject_id).label("about"),
            col(Explanation.words).label("words"),
            col(Explanation.letters).label("letters"),
            func.row_number().over(order_by=order).label("place"),
        )
        .where(col(Explanation.workspace_id) == caller.workspace_id)
        .order_by(*order)
        .limit(MOST_COMPARED)
        .subquery()
    )
    return await _alike(caller, words, latest)


async def alike_references(caller: Caller, words: str) -> Alike:
    """The references whose current or former titles are at least similar, most alike first."""
    named = (
        select(
            col(ReferenceName.reference_id).label("about"),
            col(ReferenceName.title).label("words"),
            col(ReferenceName.letters).label("letters"),
            func.row_number().over(order_by=col(ReferenceName.name)).label("place"),
        )
        .where(col(ReferenceName.workspace_id) == caller.workspace_id)
        .subquery()
    )
    return await _alike(caller, words, named)


async def _alike(caller: Caller, words: str, named: Subquery) -> Alike:
    """The candidates of `named` that are at least similar, most alike first, then by place.

    PostgreSQL preselects by trigrams.
    """
    rows = (await caller.session.execute(_nearest(letters(words), named))).all()
    best: dict[UUID, float] = {}
    for id_, other in rows:
        best[id_] = max(best.get(id_, 0.0), likeness(words, other))
    found = [(how, id_) for id_, how in best.items() if how >= SIMILAR]
    return sorted(found, key=lambda each: -each[0])


def _nearest(asked: list[str], named: Subquery) -> Select[Any]:
    """Selects the candidates with the most trigrams in common, in the order of their places."""
    these = literal(asked, ARRAY(Text))
    each = func.unnest(named.c.letters).column_valued("letter")
    shared = select(func.count()).where(each == any_(these)).scalar_subquery().label("shared")
    counted = select(*named.c, shared).where(named.c.letters.overlap(these)).subquery()
    near = counted.c.shared / (
        func.cardinality(counted.c.letters) + len(asked) - cast(counted.c.shared, Float)
    )
    order = near.desc(), counted.c.place
    ranked = select(
        counted.c.about,
        counted.c.words,
        counted.c.place,
        near.label("near"),
        func.row_number().over(partition_by=counted.c.about, order_by=order).label("of_one"),
    ).subquery()
    nearest = (
        select(ranked.c.about, ranked.c.words, ranked.c.place)
        .where(ranked.c.of_one <= MOST_OF_ONE)
        .order_by(ranked.c.near.desc(), ranked.c.place)
        .limit(MOST_JUDGED)
        .subquery()
    )
    return select(nearest.c.about, nearest.c.words).order_by(nearest.c.place)


def the_same(alike: Alike) -> UUID | None:
    """The id of the most alike one, if it is alike enough to be the same; else None."""
    return alike[0][1] if alike and alike[0][0] >= SAME else None


async def similar(caller: Caller, words: str) -> Similar:
    """The subjects and references that already exist for these words."""
    subjects = await alike_subjects(caller, words)
    same = the_same(subjects)
    near = [id_ for _, id_ in subjects if id_ != same][:MOST_NEAR]
    shown = {each.id: each for each in await subject_documents(caller, [same, *near])}
    answer = shown[same].reference_id if same else None
    ids = [answer, *(id_ for _, id_ in await alike_references(caller, words) if id_ != answer)]
    return Similar(
        subject=shown[same] if same else None,
        near=[shown[id_] for id_ in near],
        references=await _cards(caller, [id_ for id_ in ids if id_ is not None][:MOST_NEAR]),
    )


async def _cards(caller: Caller, ids: Sequence[UUID]) -> list[ReferenceCard]:
    found = select(Reference).where(
        col(Reference.workspace_id) == caller.workspace_id, col(Reference.id).in_(ids)
    )
    by_id = {row.id: row for row in await caller.session.scalars(found)}
    return await cards_of(caller.session, [by_id[id_] for id_ in ids])


async def get_subject(caller: Caller, subject_id: UUID) -> Subject:
    """The current row of a subject. Raises NotFound."""
    found = select(Subject).where(
        col(Subject.workspace_id) == caller.workspace_id, col(Subject.id) == subject_id
    )
    return await find_one(caller.session, found.execution_options(populate_existing=True))


async def named_subject(caller: Caller, subject_id: UUID) -> Subject:
    """The subject that a request names. Raises Invalid."""
    try:
        return await get_subject(caller, subject_id)
    except NotFound:
        raise Invalid.field("subject_id", Phrase("fields.subject-unknown")) from None


async def list_subjects(caller: Caller) -> list[SubjectOut]:
    """The subjects without a reference, most often explained first. At most 50."""
    times, latest = func.count(), func.max(col(Explanation.explained_at))
    rows = await caller.session.scalars(
        select(col(Subject.id))
        .join(Explanation, _of_subject())
        .where(
            col(Subject.workspace_id) == caller.workspace_id, col(Subject.reference_id).is_(None)
        )
        .group_by(col(Subject.id))
        .order_by(times.desc(), latest.desc(), col(Subject.id))
        .limit(MOST_LISTED)
    )
    return await subject_documents(caller, rows.all())


def _of_subject() -> ColumnElement[bool]:
    return (col(Explanation.workspace_id) == col(Subject.workspace_id)) & (
        col(Explanation.subject_id) == col(Subject.id)
    )


async def subject_documents(caller: Caller, ids: Iterable[UUID | None]) -> list[SubjectOut]:
    """The documents of subjects for the caller, in the given order. Leaves out None."""
    wanted = [id_ for id_ in ids if id_ is not None]
    found = select(Subject).where(
        col(Subject.workspace_id) == caller.workspace_id, col(Subject.id).in_(wanted)
    )
    by_id = {row.id: row for row in await caller.session.scalars(found)} if wanted else {}
    explained = await explanations_of(caller, list(by_id.values()))
    return [_document(by_id[id_], explained[id_]) for id_ in wanted]


def _document(subject: Subject, explanations: list[NotedExplanation]) -> SubjectOut:
    names = SubjectOut.model_fields.keys() - {"words", "explanations"}
    return SubjectOut(
        **{name: getattr(subject, name) for name in names},
        words=explanations[-1].words,
        explanations=explanations,
    )


async def subjects_of(caller: Caller, reference_id: UUID) -> Sequence[Subject]:
    """The subjects that a reference answers."""
    found = select(Subject).where(
        col(Subject.workspace_id) == caller.workspace_id,
        col(Subject.reference_id) == reference_id,
    )
    return (await caller.session.scalars(found)).all()


async def explanations_of(
    caller: Caller, subjects: Collection[Subject]
) -> dict[UUID, list[NotedExplanation]]:
    """The explanations of subjects, earliest first, by subject id."""
    if not subjects:
        return {}
    answers = {subject.id: subject.reference_id for subject in subjects}
    found = select(Explanation).where(
        col(Explanation.workspace_id) == caller.workspace_id,
        col(Explanation.subject_id).in_(answers),
    )
    order = col(Explanation.explained_at), col(Explanation.id)
    rows = (await caller.session.scalars(found.order_by(*order))).all()
    seen, yours = await _seen(caller, rows), await zone_of(caller)
    explained: dict[UUID, list[NotedExplanation]] = defaultdict(list)
    for row in rows:
        shown = _shown(row, answers[row.subject_id], yours, row.topic_id in seen)
        explained[row.subject_id].append(shown)
    return explained


async def _seen(caller: Caller, rows: Sequence[Explanation]) -> set[UUID]:
    """Those topics of the explanations that the caller sees."""
    ids = {row.topic_id for row in rows if row.topic_id is not None}
    if not ids:
        return set()
    seen = select(col(Topic.id)).where(visible_topics(caller), col(Topic.id).in_(ids))
    return set(await caller.session.scalars(seen))


def _shown(
    row: Explanation, reference_id: UUID | None, yours: ZoneInfo, is_seen: bool
) -> NotedExplanation:
    return NotedExplanation(
        **card_of(row, reference_id).model_dump(),
        explained_local=row.explained_at.astimezone(yours).isoformat(),
        topic_id=row.topic_id if is_seen else None,
        message_id=row.message_id if is_seen else None,
    )


def card_of(explanation: Explanation, reference_id: UUID | None) -> ExplanationCard:
    """The card of an explanation, as events show it."""
    names = ExplanationCard.model_fields.keys() - {"reference_id"}
    return ExplanationCard(
        **{name: getattr(explanation, name) for name in names}, reference_id=reference_id
    )
