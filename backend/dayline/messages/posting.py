"""Posting messages, in few round trips: it is the most frequent action."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
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
from dayline.messages.models import Mention, Message
from dayline.messages.queries import FIELDS
from dayline.messages.reach import Mentions, find_mentions, refuse_unseen
from dayline.messages.schemas import Author, WrittenOut
from dayline.projects.models import Condition
from dayline.timers.ending import is_answer, respond
from dayline.timers.models import Timer
from dayline.timers.schemas import answered_document, ask_document


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
    answers: Sequence[UUID] | None = None,
    only_open: bool = False,
    kept_as_text: Collection[str] = (),
) -> WrittenOut:
    """Post a message. A resolved topic stays resolved.

    It asks the members in `asks`, or if that is None those of `asking.asked_by_default`. It
    answers the timers in `answers` (those that are still open, if `only_open`), or if that is None
    all that its author was asked in the topic. Raises NotFound if the caller doesn't see the topic;
    Invalid with an error for each member who can't be asked, each timer that isn't an open ask of
    the author's here, each mention of a member who can't see the topic and isn't in
    `kept_as_text`, and each attachment that the author didn't upload; RecipientNotWorking if it is
    urgent without a reason and a recipient isn't working; PointsMissing if it asks someone without
    a point that is required, and without a reason.

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
    mentions = await find_mentions(caller, topic, parsed.mentions)
    refuse_unseen(mentions.unreached, kept_as_text)
    await store(caller.session, [_mention(message, member_id) for member_id in mentions.ids])
    posted = MessagePosted(
        topic=topic, message_id=message.id, author_id=message.author_id, mentions=mentions.ids
    )
    events.record(caller.session, posted, audience_of(topic))
    if parsed.references:
        await hooks.text_written(caller, topic.id, message.id, parsed.references)
    answers_asks = await is_answer(caller, topic.id, answers)
    default = await asking.asked_by_default(caller, topic, mentions.ids, is_answer=answers_asks)
    started = await asking.ask(caller, topic, message, asks, default)
    kept = None
    if started:
        kept = await check_new(caller, topic, message, parsed.prose, clarity_reason)
    named = caller, topic.id, message.id, answers
    answered = await respond(*named, only_open=only_open) if answers_asks else []
    attached = await attachments_of_messages(caller.session, [message.id]) if attachments else {}
    timers = _Timers(started, answered)
    document = _document(message, author, mentions, timers, attached.get(message.id, []))
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


@dataclass(frozen=True, slots=True)
class _Timers:
    """The timers that a new message started, and those that it answered."""

    started: Sequence[Timer]
    answered: Sequence[Timer]


def _document(
    message: Message,
    author: Mapping[str, str],
    mentions: Mentions,
    timers: _Timers,
    attached: list[AttachmentOut],
) -> WrittenOut:
    """Return the new message as its author would read it."""
    yours = ZoneInfo(author["zone"])
    asks = sorted(timers.started, key=lambda timer: timer.recipient_id)
    return WrittenOut(
        **{name: getattr(message, name) for name in FIELDS},
        sent_local=message.sent_at.astimezone(yours).isoformat(),
        author=Author(id=message.author_id, handle=author["handle"], name=author["name"]),
        mentions=mentions.ids,
        asks=[ask_document(timer, yours) for timer in asks],
        answers=[answered_document(timer) for timer in timers.answered],
        attachments=attached,
        unreached=mentions.unreached,
    )
