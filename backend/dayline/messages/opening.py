"""Opening topics, often with a first message."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from dayline.conversations.actions import open_topic
from dayline.conversations.models import Topic, TopicKind
from dayline.core.phrase import Phrase
from dayline.identity.caller import Caller
from dayline.kernel.errors import FieldError, Invalid
from dayline.members.models import Member
from dayline.members.queries import in_workspace_language
from dayline.messages.posting import post_message
from dayline.messages.schemas import DirectTopicIn, TopicIn, UpdateIn, Written, WrittenOut
from dayline.projects.actions import set_condition
from dayline.projects.models import Condition, Project
from dayline.projects.problems import refuse_archived
from dayline.projects.queries import get_project

LONGEST_TITLE = 200
MAIN_DISCUSSION = Phrase("topics.discussion")
"""The title of a project's first topic, in the workspace's language."""


async def open_main_discussion(caller: Caller, project: Project) -> None:
    """Open the discussion that every project has."""
    await open_topic(
        caller,
        kind=TopicKind.DISCUSSION,
        project_id=project.id,
        title=await in_workspace_language(caller.session, MAIN_DISCUSSION),
        main=True,
    )


async def open_discussion(caller: Caller, key: str, new: TopicIn) -> Topic:
    """Open a thread of a project's discussion, with or without a first message.

    Raises NotFound, ProjectArchived, and whatever `post_message` raises.
    """
    project = await get_project(caller, key, for_update=True)
    refuse_archived(project)
    topic = await open_topic(
        caller, kind=TopicKind.DISCUSSION, project_id=project.id, title=new.title
    )
    if new.body is not None:
        await _post(caller, topic, new, new.body)
    return topic


async def post_update(caller: Caller, key: str, new: UpdateIn) -> WrittenOut:
    """Post a project update in a topic of its own, and set the project's condition.

    Raises NotFound, ProjectArchived, and whatever `post_message` raises.
    """
    project = await get_project(caller, key, for_update=True)
    refuse_archived(project)
    title = Phrase("topics.update", condition=new.condition.value)
    topic = await open_topic(
        caller,
        kind=TopicKind.UPDATE,
        project_id=project.id,
        title=await in_workspace_language(caller.session, title),
    )
    message = await _post(caller, topic, new, new.body, new.condition)
    await set_condition(caller, project, new.condition)
    return message


async def open_direct(caller: Caller, new: DirectTopicIn) -> Topic:
    """Open a conversation between the caller and the members they name.

    Raises Invalid, and whatever `post_message` raises.
    """
    members = await _addressed(caller, new.participants)
    topic = await open_topic(
        caller,
        kind=TopicKind.DIRECT,
        project_id=None,
        title=new.title or _title(members),
        participants=[member.id for member in members],
    )
    if new.body is not None:
        await _post(caller, topic, new, new.body)
    return topic


async def _post(
    caller: Caller, topic: Topic, new: Written, body: str, condition: Condition | None = None
) -> WrittenOut:
    """Post the first message of a topic."""
    return await post_message(
        caller,
        topic.id,
        body,
        condition,
        asks=new.asks,
        urgent=new.urgent,
        urgent_reason=new.urgent_reason,
        clarity_reason=new.clarity_reason,
        attachments=new.attachments,
        kept_as_text=new.kept_as_text,
    )


async def _addressed(caller: Caller, ids: Sequence[UUID]) -> list[Member]:
    """Return the caller and the members `ids`, by name.

    Raises Invalid with an error for each member who can't be addressed.
    """
    statement = select(Member).where(
        col(Member.workspace_id) == caller.workspace_id,
        col(Member.id).in_({caller.member_id, *ids}),
    )
    found = {member.id: member for member in await caller.session.scalars(statement)}
    refused = [
        FieldError(field=f"participants.{place}", reason=reason)
        for place, member_id in enumerate(ids)
        if (reason := _refusal(caller, member_id, found.get(member_id))) is not None
    ]
    if refused:
        raise Invalid(errors=refused)
    if len(found) == 1:
        raise Invalid.field("participants", Phrase("fields.someone-else"))
    return sorted(found.values(), key=lambda member: (member.name.lower(), member.id))


def _refusal(caller: Caller, member_id: UUID, member: Member | None) -> Phrase | None:
    if member_id == caller.member_id:
        return None
    if member is None or (caller.is_guest and member.is_guest):
        return Phrase("fields.cannot-address")
    if not member.is_active:
        return Phrase("fields.no-access", name=member.name)
    return None


def _title(members: Sequence[Member]) -> str:
    title = ", ".join(member.name for member in members)
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1] + "…"
