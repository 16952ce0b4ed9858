"""Hooks of this room: what rooms that depend on it do in the same transaction."""

from collections.abc import Collection
from uuid import UUID

from dayline.conversations.models import Topic
from dayline.identity.caller import Caller
from dayline.kernel.db.hooks import Hook
from dayline.messages.models import Message

message_changing: Hook[[Caller, Topic, Message]] = Hook()
"""A message is about to be edited or withdrawn. Handlers raise a problem to prevent it."""

text_written: Hook[[Caller, UUID, UUID | None, Collection[str]]] = Hook()
"""A text was written or changed. Arguments: the caller, the topic, the message, the references.

The message is None for the text of the topic itself or of what it is about. The references are
the titles that the text links to. It isn't called for a new text without references.
"""
