"""Hooks of this room: what rooms above do in the same commit."""

from collections.abc import Collection
from uuid import UUID

from dayline.conversations.models import Topic
from dayline.identity.caller import Caller
from dayline.kernel.db.hooks import Hook
from dayline.messages.models import Message

message_changing: Hook[[Caller, Topic, Message]] = Hook()
"""A message of a topic is about to be edited or withdrawn: raise a problem where it may not be."""

text_written: Hook[[Caller, UUID, UUID | None, Collection[str]]] = Hook()
"""A text was written or changed: of a topic, of a message in it or else of what the topic is about.

Told are the titles of the references that it links to.

A new text that names no reference is not told.
"""
