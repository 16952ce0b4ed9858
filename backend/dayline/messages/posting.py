"""Posting messages, in few round trips: it is the most frequent action."""

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    DateTime,
    Uuid,
    bindparam,
    func,
    insert,
    literal_column,
    select,
    update,
)
from sqlmodel import col

from dayline.attachments.actions import attach
from dayline.attachments.queries import attachments_of_messages
from dayline.attachments.schemas import AttachmentOut
from dayline.calendars.models import Calendar
from dayline.conversations.events import audience_of
from dayline.conversations.models import Topic
from dayline.conversations.queries import DOCUMENT, visible_topics
from dayline.conversations.schemas import TopicOut
from dayline.identity.caller import Caller
from dayline.identity.reading import ViewerParams
from dayline.kernel.db import events
from dayline.kernel.db.prepared import Prepared, fresh, store
from dayline.kernel.errors import NotFound
from dayline.kernel.text.markdown import parse_async
from dayline.members.models import Member
from dayline.messages import asking, hooks
from dayline.messages.clarity import check_new
from dayline.messages.events import MessagePosted
from dayline.messages.mentions import mentioned
from dayline.messages.models import Mention, Message
from dayline.messages.queries import FIELDS
from dayline.messages.schemas import Author, MessageOut
from dayline.projects.models import Condition
from dayline.timers.ending import respond
from dayline.timers.models import Timer
from dayline.timers.schemas import ask_document


async def post_message(
    caller: Caller,
    topic_id: UUID,
    body: str,
    condition: Condition | None = None,
    *,
    asks: Sequence[UUID] | None = None,
    urgent: bool = False,
    urgent_reason: str | None = None,
    clarity_reason: str | None = None,
    attachments: Collection[UUID] = (),
) -> MessageOut:
    """Post a message. A resolved topic stays resolved.

    It asks the members in `asks`, or those it mentions if `asks` is None, and answers what
    its author was asked in the topic. Raises NotFound if the caller doesn't see the topic; Invalid
    with an error for each member who can't be asked and each attachment that the author didn't
    upload; RecipientNotWorking if it is urgent without a reason and a recipient isn't working;
    PointsMissing if it asks someone without a point that is required, and without a reason.

    The message count is raised first, in SQL. So concurrent posts queue at the topic's row, and
    each event carries its own count.
    """
    parsed = await parse_async(body)
    topic = await _count_one_more(caller, topic_id)
    message = fresh(
        Message,
        workspace_id=caller.workspace_id,
        topic_id=topic.id,
        author_id=caller.member_id,
        body=body,
        body_html=parsed.html,
        condition=condition,
        urgent=urgent,
        urgent_reason=urgent_reason if urgent else None,
        asks_listed=asks is not None,
        sent_at=caller.now,
    )
    (author,) = await _INSERT.run(caller.session, **message.__dict__)
    if attachments:
        await attach(caller, attachments, topic.id, message.id)
    mentions = await mentioned(caller.session, topic, parsed.mentions)
    await store(caller.session, [_mention(message, member_id) for member_id in mentions])
    posted = MessagePosted(
        topic=topic, message_id=message.id, author_id=message.author_id, mentions=mentions
    )
    events.record(caller.session, posted, audience_of(topic))
    if parsed.references:
        await hooks.text_written(caller, topic.id, message.id, parsed.references)
    started = await asking.ask(caller, topic, message, asks, mentions)
    kept = None
    if started:
        kept = await check_new(caller, topic, message, parsed.prose, clarity_reason)
    await respond(caller, topic.id)
    attached = await attachments_of_messages(caller.session, [message.id]) if attachments else {}
    document = _document(message, author, mentions, started, attached.get(message.id, []))
    return document if kept is None else document.model_copy(update={"clarity_reason": kept})


async def _count_one_more(caller: Caller, topic_id: UUID) -> TopicOut:
    """Raise the topic's message count, and return the topic. Raises NotFound."""
    found = await _counting(caller.is_guest).run(
        caller.session,
        workspace_id=caller.workspace_id,
        member_id=caller.member_id,
        topic_id=topic_id,
        now=caller.now,
    )
    if not found:
        raise NotFound
    return TopicOut(**found[0])


@cache
def _counting(is_guest: bool) -> Prepared:
    now = bindparam("now", type_=DateTime(timezone=True))
    return Prepared(
        update(Topic)
        .where(
            visible_topics(ViewerParams(is_guest)),
            col(Topic.id) == bindparam("topic_id", type_=Uuid),
        )
        .values(
            message_count=col(Topic.message_count) + 1,
            last_message_at=func.greatest(col(Topic.last_message_at), now),
        )
        .returning(*DOCUMENT)
    )


def _mention(message: Message, member_id: UUID) -> Mention:
    return fresh(
        Mention, workspace_id=message.workspace_id, message_id=message.id, member_id=member_id
    )


def _of_author(name: str, of: type[Member | Calendar] = Member) -> ColumnElement[str]:
    """Return a column of the author of the inserted message."""
    author = select(col(getattr(of, name))).where(
        col(of.workspace_id) == literal_column("messages.workspace_id", Uuid),
        col(of.id) == literal_column("messages.author_id", Uuid),
    )
    return author.scalar_subquery().label(name)


_INSERT = Prepared(
    insert(Message).returning(
        _of_author("handle"), _of_author("name"), _of_author("zone", Calendar)
    ),
    Message.model_fields,
)


def _document(
    message: Message,
    author: Mapping[str, str],
    mentions: Sequence[UUID],
    started: Sequence[Timer],
    attached: list[AttachmentOut],
) -> MessageOut:
    """Return the new message as its author would read it."""
    yours = ZoneInfo(author["zone"])
    asks = sorted(started, key=lambda timer: timer.recipient_id)
    return MessageOut(
        **{name: getattr(message, name) for name in FIELDS},
        sent_local=message.sent_at.astimezone(yours).isoformat(),
        author=Author(id=message.author_id, handle=author["handle"], name=author["name"]),
        mentions=list(mentions),
        asks=[ask_document(timer, yours) for timer in asks],
        attachments=attached,
    )
