"""Converting an export's messages to posts: who asks whom."""

from dayline.core.agreement import ClauseKind
from dayline.core.exchange import Post
from dayline.transfer.slack.export import Channel, Export
from dayline.transfer.slack.markup import is_question


def posts_of(export: Export) -> list[Post]:
    """The posts in order, with the people whom each asks by a mention.

    Bots' messages are left out. In a private channel only its members can be asked. The ids of
    posts and topics are those of the messages.
    """
    everybody = frozenset(user.id for user in export.users if user.can_be_asked)
    askable = {
        channel.id: everybody.intersection(channel.members) if channel.kind.is_direct else everybody
        for channel in export.channels
    }
    return [
        Post(
            id=message.id,
            topic=message.topic,
            author=message.user,
            at=message.at,
            mentions=tuple(id_ for id_ in message.mentions if id_ in askable[message.channel]),
            is_question=is_question(message.text),
        )
        for message in export.messages
        if not message.is_bot
    ]


def clause_of(channel: Channel) -> ClauseKind:
    """The clause of the agreement that applies to asks in a channel."""
    direct, project = ClauseKind.DIRECT_MESSAGE, ClauseKind.PROJECT_DISCUSSION
    return direct if channel.kind.is_direct else project
