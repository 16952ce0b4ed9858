"""The messages of an export as an exchange of posts: who asks whom."""

from dayline.core.agreement import ClauseKind
from dayline.core.exchange import Post
from dayline.transfer.slack.export import Channel, Export
from dayline.transfer.slack.markup import is_question


def posts_of(export: Export) -> list[Post]:
    """What people wrote, in order, with whom each message asks by naming them.

    Bots neither ask nor take turns. Ids of posts and topics are those of the messages.
    """
    askable = {user.id for user in export.users if user.can_be_asked}
    return [
        Post(
            id=message.id,
            topic=message.topic,
            author=message.user,
            at=message.at,
            mentions=tuple(id_ for id_ in message.mentions if id_ in askable),
            is_question=is_question(message.text),
        )
        for message in export.messages
        if not message.is_bot
    ]


def clause_of(channel: Channel) -> ClauseKind:
    """The clause under which those who are asked in a channel answer."""
    direct, project = ClauseKind.DIRECT_MESSAGE, ClauseKind.PROJECT_DISCUSSION
    return direct if channel.kind.is_direct else project
