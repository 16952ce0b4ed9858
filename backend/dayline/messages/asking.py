"""Starting the timers of the members that a message asks."""

from collections.abc import Sequence
from uuid import UUID

from dayline.conversations.models import Topic
from dayline.conversations.schemas import TopicOut
from dayline.identity.caller import Caller
from dayline.messages.ask_preview import check_urgency
from dayline.messages.models import Message
from dayline.messages.recipients import KINDS, recipients_of
from dayline.timers.ending import cancel_asks
from dayline.timers.models import Timer
from dayline.timers.queries import asked_by, handed_over_to
from dayline.timers.starting import Ask, Recipient, start


async def ask(
    caller: Caller,
    topic: TopicOut,
    message: Message,
    asks: Sequence[UUID] | None,
    mentions: Sequence[UUID],
) -> list[Timer]:
    """Start and return the timers of a new message.

    Raises RecipientNotWorking, and Invalid with an error for each member who can't be asked.
    """
    recipients = await recipients_of(caller, topic, asks, mentions)
    return await _start(caller, topic, message, recipients)


async def ask_again(
    caller: Caller,
    topic: Topic,
    message: Message,
    asks: Sequence[UUID] | None,
    mentions: Sequence[UUID],
) -> None:
    """After an edit, ask new recipients and cancel the timers of removed ones. Others keep theirs.

    Raises RecipientNotWorking, and Invalid with an error for each member who can't be asked.
    """
    answering = await asked_by(caller.session, message.id)
    recipients = await recipients_of(caller, topic, asks, mentions, answering)
    before = set(answering.values())
    held = before | await handed_over_to(caller.session, message.id)
    new = [recipient for recipient in recipients if recipient.id not in held]
    await _start(caller, topic, message, new)
    gone = before - {recipient.id for recipient in recipients}
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
