"""Channels: the interface of what tells a member something outside of the app.

A channel is registered where the worker is composed. It may be called twice for one message, after
a crash; the message's key is then the same.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from dayline.kernel.jobs.outbox import Verdict
from dayline.notices.models import ChannelName
from dayline.notices.schemas import NoticeOut

Address = Mapping[str, Any]
"""What a channel needs to reach a member, such as an e-mail address."""


@dataclass(frozen=True, slots=True)
class NoticeMessage:
    """What one member is told at once: notices with their texts, the earliest first."""

    key: UUID
    """The same whenever this message is sent again."""
    workspace_id: UUID
    workspace: str
    """The workspace's short name in addresses. `workspace_name` is what people call it."""
    workspace_name: str
    member_id: UUID
    name: str
    address: Address
    notices: tuple[NoticeOut, ...]
    language: str
    zone: str
    """The zone of the times in it: the member's."""


class Channel(Protocol):
    """A way to tell members something."""

    name: ChannelName

    async def addresses(
        self, session: AsyncSession, member_ids: Collection[UUID]
    ) -> Mapping[UUID, Address]:
        """The addresses of those of these members whom the channel reaches, by member id."""

    async def deliver(self, message: NoticeMessage) -> Verdict:
        """Deliver a message, outside any transaction."""
