"""Logging explanations, and asking once for a reference when a subject comes up too often."""

from datetime import datetime
from uuid import UUID

from sqlmodel import col

from dayline.calendars.queries import calendars
from dayline.conversations.queries import get_topic
from dayline.core.likeness import letters
from dayline.core.phrase import Phrase
from dayline.core.response import next_working
from dayline.identity.caller import Caller
from dayline.kernel.db import events
from dayline.kernel.db.events import Audience
from dayline.kernel.db.finding import count
from dayline.kernel.errors import Invalid, NotFound
from dayline.kernel.http.idempotency import forget_answers
from dayline.messages.queries import get_message
from dayline.projects.queries import get_project
from dayline.references.events import (
    TEAM,
    Explained,
    ExplanationTakenBack,
    ReferenceDeclined,
    ReferenceWanted,
)
from dayline.references.models import Explanation, Subject
from dayline.references.problems import AlreadyAnswered, NotYourExplanation
from dayline.references.schemas import ExplanationIn, Noted
from dayline.references.subjects import (
    alike_references,
    alike_subjects,
    card_of,
    get_subject,
    lock_subjects,
    subject_documents,
    the_same,
)

TOO_OFTEN = 3
"""The number of explanations of a subject at which a reference is asked for."""


async def explain(caller: Caller, new: ExplanationIn) -> Noted:
    """Log that the caller explained something by talking.

    It counts towards the named subject, or else towards one in similar words. At the third
    explanation the caller is asked to write a reference, unless one exists or someone was asked
    before. Raises Invalid for what the caller can't see.
    """
    await lock_subjects(caller)
    subject = await _subject_of(caller, new)
    project_id, topic_id = await _place_of(caller, new)
    explanation = Explanation(
        workspace_id=caller.workspace_id,
        subject_id=subject.id,
        words=new.words,
        letters=letters(new.words),
        explained_by=caller.member_id,
        explained_at=caller.now,
        project_id=project_id,
        topic_id=topic_id,
        message_id=new.message_id,
    )
    caller.session.add(explanation)
    await caller.session.flush()
    noted = Explained(explanation=card_of(explanation, subject.reference_id))
    events.record(caller.session, noted, TEAM)
    is_wanted = await _ask_for_reference(caller, subject, new.words)
    (document,) = await subject_documents(caller, [subject.id])
    (shown,) = [each for each in document.explanations if each.id == explanation.id]
    return Noted(explanation=shown, subject=document, is_wanted=is_wanted)


async def _subject_of(caller: Caller, new: ExplanationIn) -> Subject:
    """The named subject, or one in similar words, or a new one.

    If a reference has a similar title, the subject is answered by it. Raises Invalid.
    """
    id_ = new.subject_id or the_same(await alike_subjects(caller, new.words))
    try:
        subject = (
            await get_subject(caller, id_) if id_ else Subject(workspace_id=caller.workspace_id)
        )
    except NotFound:
        raise Invalid.field("subject_id", Phrase("fields.subject-unknown")) from None
    if subject.reference_id is None:
        subject.reference_id = the_same(await alike_references(caller, new.words))
    caller.session.add(subject)
    await caller.session.flush()
    return subject


async def _place_of(caller: Caller, new: ExplanationIn) -> tuple[UUID | None, UUID | None]:
    """The ids of its project and topic. A message determines its topic, a topic its project.

    Raises Invalid.
    """
    field, topic_id, project_id = "message_id", new.topic_id, None
    try:
        if new.message_id is not None:
            topic_id = (await get_message(caller, new.message_id)).topic_id
        field = "topic_id"
        if topic_id is not None:
            project_id = (await get_topic(caller, topic_id)).project_id
        field = "project"
        if project_id is None and new.project is not None:
            project_id = (await get_project(caller, new.project)).id
    except NotFound:
        raise Invalid.field(field, Phrase("fields.nothing-visible")) from None
    return project_id, topic_id


async def _ask_for_reference(caller: Caller, subject: Subject, words: str) -> bool:
    answered = subject.reference_id or subject.wanted_at or subject.declined_at
    explained = await count(caller.session, Explanation, col(Explanation.subject_id) == subject.id)
    if answered or explained < TOO_OFTEN:
        return False
    wanted_from = await _next_working(caller)
    subject.wanted_at, subject.wanted_of = caller.now, caller.member_id
    subject.wanted_from = wanted_from
    await caller.session.flush()
    wanted = ReferenceWanted(
        about=subject.id, words=words, explained=explained, wanted_from=wanted_from
    )
    events.record(caller.session, wanted, Audience.member(caller.member_id))
    return True


async def _next_working(caller: Caller) -> datetime:
    """The caller's first working instant from now on, or now if they have none."""
    ids = [caller.member_id]
    mine = (await calendars(caller.session, caller.workspace_id, ids, frm=caller.now))[ids[0]]
    return next_working(mine, caller.now) or caller.now


async def take_back(caller: Caller, explanation_id: UUID) -> None:
    """Delete an explanation that the caller logged, and its subject if no other is left.

    If too few are left, a reference is no longer asked for. Raises NotFound, NotYourExplanation.
    """
    await forget_answers(caller.session, explanation_id)
    await lock_subjects(caller)
    explanation = await caller.session.get(Explanation, (caller.workspace_id, explanation_id))
    if explanation is None:
        raise NotFound
    if explanation.explained_by != caller.member_id:
        raise NotYourExplanation
    subject = await get_subject(caller, explanation.subject_id)
    gone = ExplanationTakenBack(explanation=card_of(explanation, subject.reference_id))
    events.record(caller.session, gone, TEAM)
    await caller.session.delete(explanation)
    await caller.session.flush()
    left = await count(caller.session, Explanation, col(Explanation.subject_id) == subject.id)
    if left == 0:
        await caller.session.delete(subject)
    elif left < TOO_OFTEN:
        subject.wanted_at = subject.wanted_of = subject.wanted_from = None
    await caller.session.flush()


async def decline(caller: Caller, subject_id: UUID) -> None:
    """Record that a subject needs no reference, so that no one is asked for one.

    Raises NotFound, AlreadyAnswered.
    """
    await lock_subjects(caller)
    subject = await get_subject(caller, subject_id)
    if subject.reference_id is not None:
        raise AlreadyAnswered
    if subject.declined_at is None:
        subject.declined_at = caller.now
        await caller.session.flush()
        events.record(caller.session, ReferenceDeclined(about=subject.id), TEAM)
