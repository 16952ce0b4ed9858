"""Creating drafts of decisions, and editing decisions as far as their status allows."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.conversations.actions import open_topic, rename_topic, show_to_guests
from dayline.conversations.models import TopicKind
from dayline.conversations.queries import get_topic
from dayline.core.phrase import Phrase
from dayline.decisions.closing import reassign_decider
from dayline.decisions.events import DecisionChanged, DecisionCreated, audience_of
from dayline.decisions.models import Decision, DecisionStatus, RelationKind
from dayline.decisions.parts import check_people, set_earlier, set_options, set_stakeholders
from dayline.decisions.problems import AlreadyDecided, NotADraft, NotOpen, NotYourDecision
from dayline.decisions.queries import card_of, get_decision, stakeholders_of
from dayline.decisions.request_schemas import DecisionEdit, DecisionIn
from dayline.decisions.texts import TEXTS, report_texts
from dayline.identity.caller import Caller
from dayline.kernel.db import events
from dayline.kernel.db.database import scope_of
from dayline.kernel.errors import Invalid, NotFound, Problem
from dayline.kernel.http.revisions import apply, changes_of, check_rev
from dayline.members.actions import bump_access_rev
from dayline.projects.models import Project
from dayline.projects.problems import refuse_archived
from dayline.projects.queries import get_project

_PARTS = frozenset({"options", "stakeholders", "supersedes", "amends"})
_CHANGEABLE: dict[DecisionStatus, tuple[Collection[str], type[Problem]]] = {
    DecisionStatus.DRAFT: (DecisionEdit.model_fields, NotADraft),
    DecisionStatus.OPEN: ({"decider_id", "is_public"}, NotADraft),
    DecisionStatus.DECIDED: ({"is_public"}, AlreadyDecided),
    DecisionStatus.WITHDRAWN: ({"is_public"}, NotOpen),
}
"""For each status: the fields that may be edited, and the problem raised for any other."""


async def create_draft(caller: Caller, new: DecisionIn) -> Decision:
    """Create a draft with its number and its topic. Raises Invalid and ProjectArchived."""
    project = await _project_of(caller, new.project)
    asked = [each.member_id for each in new.stakeholders]
    await check_people(caller, caller.member_id, new.decider_id, asked)
    number = await next_number(caller.session)
    topic = await open_topic(
        caller,
        kind=TopicKind.DECISION,
        project_id=project.id,
        title=new.title,
        for_guests=new.is_public,
    )
    decision = Decision(
        **new.model_dump(exclude={"project", *_PARTS}),
        workspace_id=caller.workspace_id,
        number=number,
        project_id=project.id,
        topic_id=topic.id,
        status=DecisionStatus.DRAFT,
        proposed_by=caller.member_id,
        created_at=caller.now,
        updated_at=caller.now,
    )
    caller.session.add(decision)
    await caller.session.flush()
    await _set_parts(caller, decision, new, _PARTS)
    await report_texts(caller, decision)
    made = DecisionCreated(decision=await card_of(caller.session, decision))
    events.record(caller.session, made, audience_of(decision))
    if decision.is_public:
        await bump_access_rev(caller.session)
    return decision


async def _project_of(caller: Caller, key: str) -> Project:
    try:
        project = await get_project(caller, key, for_update=True)
    except NotFound:
        raise Invalid.field("project", Phrase("fields.project-unknown")) from None
    refuse_archived(project)
    return project


async def next_number(session: AsyncSession) -> int:
    """The workspace's next decision number. Concurrent callers wait for each other's commit."""
    workspace_id = scope_of(session).workspace_id
    name = func.concat("decision numbers of ", str(workspace_id))
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))
    last: int | None = await session.scalar(
        select(func.max(col(Decision.number))).where(col(Decision.workspace_id) == workspace_id)
    )
    return (last or 0) + 1


async def _set_parts(
    caller: Caller, decision: Decision, said: DecisionIn | DecisionEdit, names: Collection[str]
) -> list[str]:
    """Set the named parts to the given values. Returns the names of those that changed."""
    changed = {
        "options": "options" in names and await set_options(caller, decision, said.options),
        "stakeholders": "stakeholders" in names
        and await set_stakeholders(caller, decision, said.stakeholders),
        "supersedes": "supersedes" in names
        and await set_earlier(caller, decision, RelationKind.SUPERSEDES, said.supersedes),
        "amends": "amends" in names
        and await set_earlier(caller, decision, RelationKind.AMENDS, said.amends),
    }
    return [name for name, is_new in changed.items() if is_new]


async def edit_decision(
    caller: Caller, key: str, expected_rev: int, edit: DecisionEdit
) -> Decision:
    """Edit a decision from the revision that the caller read, as far as its status allows.

    Raises NotYourDecision, and NotADraft, AlreadyDecided or NotOpen for a field that can no longer
    change.
    """
    decision = await get_decision(caller, key, for_update=True)
    if decision.proposed_by != caller.member_id and not caller.acts_as_admin:
        raise NotYourDecision
    check_rev(decision, expected_rev)
    changeable, problem = _CHANGEABLE[decision.status]
    if edit.model_fields_set - set(changeable):
        raise problem
    await _check_people(caller, decision, edit)
    changed = await _apply(caller, decision, edit)
    if changed:
        await record_change(caller, decision, changed)
    if "is_public" in changed:
        await show_to_guests(caller, decision.topic_id, decision.is_public)
        await bump_access_rev(caller.session)
    return decision


async def _check_people(caller: Caller, decision: Decision, edit: DecisionEdit) -> None:
    said = edit.model_fields_set
    if not said & {"decider_id", "stakeholders"}:
        return
    decider_id = edit.decider_id if "decider_id" in said else decision.decider_id
    if decider_id is None and decision.status is DecisionStatus.OPEN:
        raise Invalid.field("decider_id", Phrase("fields.decider-missing"))
    if "stakeholders" in said:
        asked = [each.member_id for each in edit.stakeholders]
        await check_people(caller, decision.proposed_by, decider_id, asked)
        return
    held = await stakeholders_of(caller.session, decision.id)
    if decider_id in {each.member_id for each in held}:
        raise Invalid.field("decider_id", Phrase("fields.decider-is-asked"))
    is_open = decision.status is DecisionStatus.OPEN
    await check_people(caller, decision.proposed_by, decider_id, (), are_asked=is_open)


async def _apply(caller: Caller, decision: Decision, edit: DecisionEdit) -> list[str]:
    """Apply the edit. Returns the names of the fields that changed."""
    values: dict[str, Any] = edit.model_dump(exclude_unset=True, exclude=set(_PARTS))
    new = changes_of(decision, values)
    apply(decision, new)
    if "title" in new:
        await rename_topic(caller, await get_topic(caller, decision.topic_id), edit.title)
    if new.keys() & set(TEXTS):
        await report_texts(caller, decision)
    if "decider_id" in new:
        await reassign_decider(caller, decision)
    return [*new, *await _set_parts(caller, decision, edit, edit.model_fields_set)]


async def record_change(caller: Caller, decision: Decision, changed: list[str]) -> None:
    """Record an event with the names of the changed fields, and increase the revision."""
    touch(caller, decision)
    await caller.session.flush()
    card = await card_of(caller.session, decision)
    told = DecisionChanged(decision=card, changed=changed)
    events.record(caller.session, told, audience_of(decision))


def touch(caller: Caller, decision: Decision) -> None:
    """Increase the revision and set the time of the last update."""
    decision.rev += 1
    decision.updated_at = caller.now
