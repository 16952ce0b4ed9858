"""HTTP routes of topics, messages and project updates."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response

from dayline.conversations import lifecycle
from dayline.conversations.lists import list_topics
from dayline.conversations.models import Topic, TopicKind
from dayline.conversations.problems import OpenerOrTeamOnly, TitleFollowsTask, TopicFollowsDecision
from dayline.conversations.queries import get_topic, topic_documents
from dayline.conversations.schemas import TopicEdit, TopicOut, TopicSort
from dayline.identity.caller import Caller, GuestPosts, GuestReads, GuestWrites, MemberPosts
from dayline.kernel.errors import NotFound
from dayline.kernel.http.idempotency import IdempotentRoute
from dayline.kernel.http.openapi import answers
from dayline.kernel.http.openapi_headers import ETAG
from dayline.kernel.http.paging import Paging, link_next
from dayline.kernel.http.revisions import ExpectedRev, etag
from dayline.messages import editing, opening
from dayline.messages.models import Message
from dayline.messages.posting import post_message
from dayline.messages.problems import (
    AuthorOnly,
    AuthorOrAdminOnly,
    MessageGone,
    MessageOpensDecision,
    RecipientNotWorking,
)
from dayline.messages.queries import (
    get_message,
    list_messages,
    list_updates,
    message_document,
)
from dayline.messages.reach import unreached_in
from dayline.messages.schemas import (
    DirectTopicIn,
    MessageEdit,
    MessageIn,
    MessageOut,
    MessageSort,
    TopicIn,
    UpdateIn,
    UpdateOut,
    WrittenOut,
    WrittenUpdateOut,
)
from dayline.projects.problems import ProjectArchived
from dayline.projects.queries import get_project
from dayline.projects.schemas import ProjectKey

router = APIRouter(route_class=IdempotentRoute)

KeyInPath = Annotated[
    ProjectKey, Path(alias="key", description="The project's key, in any case.", examples=["ABC"])
]
TopicId = Annotated[UUID, Path(description="The topic's id.")]
MessageId = Annotated[UUID, Path(description="The message's id.")]


@router.get("/projects/{key}/updates")
async def updates_list(
    caller: GuestReads, request: Request, response: Response, page: Paging, key: KeyInPath
) -> list[UpdateOut]:
    """List a project's updates, newest first."""
    found = await list_updates(caller, await get_project(caller, key), page)
    link_next(request, response, found)
    return list(found.items)


@router.post(
    "/projects/{key}/updates",
    status_code=201,
    responses=answers(ProjectArchived, RecipientNotWorking) | {201: {"headers": ETAG}},
)
async def updates_create(
    caller: MemberPosts, request: Request, response: Response, key: KeyInPath, new: UpdateIn
) -> WrittenUpdateOut:
    """Post a project update.

    The project takes on the update's condition.
    """
    message = _posted(request, response, await opening.post_update(caller, key, new))
    return WrittenUpdateOut(topic_id=message.topic_id, message=message, condition=new.condition)


@router.get("/projects/{key}/topics")
async def discussions_list(
    caller: GuestReads,
    request: Request,
    response: Response,
    page: Paging,
    *,
    key: KeyInPath,
    sort: Annotated[TopicSort, Query(description="The order of the list.")] = TopicSort.ACTIVE,
) -> list[TopicOut]:
    """List the topics of a project's discussion."""
    project = await get_project(caller, key)
    found = await list_topics(
        caller, page, kind=TopicKind.DISCUSSION, project=project.key, sort=sort
    )
    link_next(request, response, found)
    return list(found.items)


@router.post("/projects/{key}/topics", status_code=201, responses=answers(ProjectArchived))
async def discussions_create(
    caller: GuestPosts, request: Request, response: Response, key: KeyInPath, new: TopicIn
) -> TopicOut:
    """Open a topic in a project's discussion."""
    return await _opened(caller, request, response, await opening.open_discussion(caller, key, new))


@router.get("/topics")
async def topics_list(
    caller: GuestReads,
    request: Request,
    response: Response,
    page: Paging,
    *,
    kind: Annotated[TopicKind | None, Query(description="Only topics of this kind.")] = None,
    project: Annotated[
        ProjectKey | None, Query(description="Only topics in the project with this key.")
    ] = None,
    resolved: Annotated[
        bool | None, Query(description="True for resolved topics, false for open ones.")
    ] = None,
    sort: Annotated[TopicSort, Query(description="The order of the list.")] = TopicSort.ACTIVE,
) -> list[TopicOut]:
    """List the topics that you can see."""
    found = await list_topics(
        caller, page, kind=kind, project=project, resolved=resolved, sort=sort
    )
    link_next(request, response, found)
    return list(found.items)


@router.post("/direct-topics", status_code=201)
async def direct_topics_create(
    caller: GuestPosts, request: Request, response: Response, new: DirectTopicIn
) -> TopicOut:
    """Start a conversation that only you and the members you choose can see."""
    return await _opened(caller, request, response, await opening.open_direct(caller, new))


@router.get("/topics/{topic_id}")
async def topics_get(caller: GuestReads, response: Response, topic_id: TopicId) -> TopicOut:
    """Get a topic."""
    return await _shown(caller, response, await get_topic(caller, topic_id))


@router.patch(
    "/topics/{topic_id}",
    responses=answers(OpenerOrTeamOnly, TitleFollowsTask, TopicFollowsDecision),
)
async def topics_update(
    caller: GuestWrites,
    response: Response,
    topic_id: TopicId,
    expected_rev: ExpectedRev,
    edit: TopicEdit,
) -> TopicOut:
    """Rename a topic."""
    topic = await lifecycle.edit_topic(caller, topic_id, expected_rev, edit)
    return await _shown(caller, response, topic)


@router.put(
    "/topics/{topic_id}/resolution", responses=answers(OpenerOrTeamOnly, TopicFollowsDecision)
)
async def topics_resolve(caller: GuestWrites, response: Response, topic_id: TopicId) -> TopicOut:
    """Resolve a topic.

    New messages are still possible and don't reopen it.
    """
    return await _shown(caller, response, await lifecycle.set_resolved(caller, topic_id, True))


@router.delete(
    "/topics/{topic_id}/resolution", responses=answers(OpenerOrTeamOnly, TopicFollowsDecision)
)
async def topics_reopen(caller: GuestWrites, response: Response, topic_id: TopicId) -> TopicOut:
    """Reopen a resolved topic."""
    return await _shown(caller, response, await lifecycle.set_resolved(caller, topic_id, False))


@router.get("/topics/{topic_id}/messages")
async def messages_list(
    caller: GuestReads,
    request: Request,
    response: Response,
    page: Paging,
    *,
    topic_id: TopicId,
    sort: Annotated[MessageSort, Query(description="The order of the list.")] = MessageSort.OLDEST,
) -> list[MessageOut]:
    """List the messages of a topic."""
    found = await list_messages(caller, await get_topic(caller, topic_id), sort, page)
    link_next(request, response, found)
    return list(found.items)


@router.post("/topics/{topic_id}/messages", status_code=201, responses=answers(RecipientNotWorking))
async def messages_create(
    caller: GuestPosts, request: Request, response: Response, topic_id: TopicId, new: MessageIn
) -> WrittenOut:
    """Post a message in a topic."""
    message = await post_message(
        caller,
        topic_id,
        new.body,
        asks=new.asks,
        urgent=new.urgent,
        urgent_reason=new.urgent_reason,
        clarity_reason=new.clarity_reason,
        attachments=new.attachments,
        answers=new.answers,
        kept_as_text=new.kept_as_text,
    )
    return _posted(request, response, message)


@router.get("/messages/{message_id}")
async def messages_get(caller: GuestReads, response: Response, message_id: MessageId) -> MessageOut:
    """Get a message."""
    return await _read(caller, response, await get_message(caller, message_id))


@router.patch(
    "/messages/{message_id}",
    responses=answers(AuthorOnly, MessageGone, MessageOpensDecision, RecipientNotWorking),
)
async def messages_update(
    caller: GuestWrites,
    response: Response,
    message_id: MessageId,
    expected_rev: ExpectedRev,
    edit: MessageEdit,
) -> WrittenOut:
    """Edit one of your messages."""
    message = await editing.edit_message(caller, message_id, expected_rev, edit)
    unreached = await unreached_in(caller, message.topic_id, message.body)
    return WrittenOut(**dict(await _read(caller, response, message)), unreached=unreached)


@router.put(
    "/messages/{message_id}/withdrawal", responses=answers(AuthorOrAdminOnly, MessageOpensDecision)
)
async def messages_withdraw(
    caller: GuestWrites, response: Response, message_id: MessageId
) -> MessageOut:
    """Withdraw a message.

    Its text disappears for everyone.
    """
    return await _read(caller, response, await editing.withdraw_message(caller, message_id))


async def _shown(caller: Caller, response: Response, topic: Topic) -> TopicOut:
    documents = await topic_documents(caller, [topic.id])
    if not documents:
        raise NotFound
    response.headers["ETag"] = etag(documents[0].rev)
    return documents[0]


async def _opened(caller: Caller, request: Request, response: Response, topic: Topic) -> TopicOut:
    response.headers["Location"] = _below_workspace(request, f"topics/{topic.id}")
    return await _shown(caller, response, topic)


async def _read(caller: Caller, response: Response, message: Message) -> MessageOut:
    response.headers["ETag"] = etag(message.rev)
    return await message_document(caller, message)


def _posted(request: Request, response: Response, message: WrittenOut) -> WrittenOut:
    response.headers["Location"] = _below_workspace(request, f"messages/{message.id}")
    response.headers["ETag"] = etag(message.rev)
    return message


def _below_workspace(request: Request, path: str) -> str:
    return f"/api/workspaces/{request.path_params['workspace']}/{path}"
