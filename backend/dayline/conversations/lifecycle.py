"""Renaming, resolving and reopening topics, for those who may.

In a direct topic every participant may. In a project the opener and everyone but guests may.
"""

from uuid import UUID

from dayline.conversations.actions import rename_topic, reopen_topic, resolve_topic
from dayline.conversations.models import Topic, TopicKind
from dayline.conversations.problems import OpenerOrTeamOnly, TitleFollowsTask, TopicFollowsDecision
from dayline.conversations.queries import get_topic
from dayline.conversations.schemas import TopicEdit
from dayline.identity.caller import Caller
from dayline.kernel.http.revisions import check_rev


async def edit_topic(caller: Caller, topic_id: UUID, expected_rev: int, edit: TopicEdit) -> Topic:
    """Rename a topic. Topics of tasks and decisions have the title of the task or decision.

    Raises NotFound, OpenerOrTeamOnly, TitleFollowsTask, TopicFollowsDecision, and
    RevisionMismatch if `expected_rev` is outdated.
    """
    topic = await _lock_to_edit(caller, topic_id)
    check_rev(topic, expected_rev)
    if topic.kind is TopicKind.TASK:
        raise TitleFollowsTask
    _refuse_decisions(topic)
    if "title" in edit.model_fields_set:
        await rename_topic(caller, topic, edit.title)
    return topic


async def set_resolved(caller: Caller, topic_id: UUID, resolved: bool) -> Topic:
    """Resolve or reopen a topic. Does nothing if it is so already.

    The topic of a decision is resolved with the decision. Raises NotFound, OpenerOrTeamOnly,
    TopicFollowsDecision.
    """
    topic = await _lock_to_edit(caller, topic_id)
    _refuse_decisions(topic)
    await (resolve_topic if resolved else reopen_topic)(caller, topic)
    return topic


def _refuse_decisions(topic: Topic) -> None:
    if topic.kind is TopicKind.DECISION:
        raise TopicFollowsDecision


async def _lock_to_edit(caller: Caller, topic_id: UUID) -> Topic:
    topic = await get_topic(caller, topic_id, for_update=True)
    is_direct = topic.kind is TopicKind.DIRECT
    if caller.is_guest and not is_direct and topic.created_by != caller.member_id:
        raise OpenerOrTeamOnly
    return topic
