"""The messages of an export as an exchange of posts: who asks whom."""

from dayline.core.agreement import ClauseKind
from dayline.core.exchange import Post
from dayline.transfer.slack.export import Channel, Export
from dayline.transfer.slack.markup import is_question


def posts_of(export: Export) -> list[Post]:
    """What people wrote, in order, with whom each message asks by naming them.

    Bots neither ask nor take turns, and nobody is asked where they do not take part. Ids of posts
    and topics are those of the messages.
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
    """The clause under which those who are asked in a channel answer."""
    direct, project = ClauseKind.DIRECT_MESSAGE, ClauseKind.PROJECT_DISCUSSION
    return direct if channel.kind.is_direct else project
