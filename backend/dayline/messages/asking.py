"""Starting the timers of the members that a message asks."""

from collections.abc import Collection, Sequence
from uuid import UUID

from dayline.conversations.models import Topic
from dayline.conversations.queries import participants_of
from dayline.conversations.schemas import TopicOut
from dayline.identity.caller import Caller
from dayline.messages.ask_preview import check_urgency
from dayline.messages.models import Message
from dayline.messages.recipients import KINDS, recipients_of
from dayline.messages.schemas import MessageEdit
from dayline.timers.ending import cancel_asks
from dayline.timers.models import Timer
from dayline.timers.queries import answered_by, asked_by, handed_over_to
from dayline.timers.starting import Ask, Recipient, start


async def asked_by_default(
    caller: Caller, topic: Topic | TopicOut, mentions: Sequence[UUID], *, is_answer: bool
) -> list[UUID]:
    """Return who is asked by a message whose author lists nobody.

    Those it mentions, and in a direct topic with one other person that person, unless it answers
    something.
    """
    other = None if is_answer else await _only_other(caller, topic)
    return [*mentions] if other is None else [*mentions, other]


async def _only_other(caller: Caller, topic: Topic | TopicOut) -> UUID | None:
    """Return the other participant of a direct topic between two. None for other topics."""
    taking_part = await participants_of(caller.session, topic)
    others = set(taking_part or ()) - {caller.member_id}
    return others.pop() if len(others) == 1 else None


async def ask(
    caller: Caller,
    topic: TopicOut,
    message: Message,
    asks: Sequence[UUID] | None,
    default: Sequence[UUID],
) -> list[Timer]:
    """Start and return the timers of a new message, which asks `default` if `asks` is None.

    Raises RecipientNotWorking, and Invalid with an error for each member who can't be asked.
    """
    recipients = await recipients_of(caller, topic, asks, default)
    return await _start(caller, topic, message, recipients)


async def ask_again(
    caller: Caller,
    topic: Topic,
    message: Message,
    edit: MessageEdit,
    *,
    before: Collection[UUID],
    mentions: Sequence[UUID],
) -> None:
    """After an edit, ask new recipients and cancel the timers of removed ones. Others keep theirs.

    `before` and `mentions` are those whom the message mentioned until now, and does now. Raises
    RecipientNotWorking, and Invalid with an error for each member who can't be asked.
    """
    answering = await asked_by(caller.session, message.id)
    if "asks" in edit.model_fields_set:
        is_answer = bool((await answered_by(caller, [message.id]))[message.id])
        default = await asked_by_default(caller, topic, mentions, is_answer=is_answer)
    else:  # a changed text neither begins nor ends what was asked without a mention
        other = await _only_other(caller, topic)
        is_kept = other in answering and other not in before
        default = [*mentions] if other is None or not is_kept else [*mentions, other]
    recipients = await recipients_of(caller, topic, edit.asks, default, answering)
    asked = set(answering.values())
    held = asked | await handed_over_to(caller.session, message.id)
    new = [recipient for recipient in recipients if recipient.id not in held]
    await _start(caller, topic, message, new)
    gone = asked - {recipient.id for recipient in recipients}
    await cancel_asks(caller.session, message.id, gone)


async def _start(
    caller: Caller, topic: Topic | TopicOut, message: Message, recipients: Sequence[Recipient]
) -> list[Timer]:
    await check_urgency(caller, message, recipients)
    return await start(caller, _ask(topic, message), recipients)


def _ask(topic: Topic | TopicOut, message: Message) -> Ask:
    return Ask(
        message_id=message.id,
        topic_id=topic.id,
        project_id=topic.project_id,
        kind=KINDS[topic.kind],
        urgent=message.urgent,
    )
