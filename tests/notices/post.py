"""A channel that records what it is given, and answers as a test says."""

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from dayline.kernel.jobs.outbox import Delivered, Verdict
from dayline.notices.channels import Address, NoticeMessage
from dayline.notices.consumer import notices_consumer
from dayline.notices.models import ChannelName
from dayline.notices.outbox import Claimed, NoticeOutbox, Pace
from tests.failed_jobs.failing import failed_jobs
from tests.team import Person, Team


@dataclass
class Recorder:
    """A channel that reaches everyone but those who left."""

    name: ChannelName = ChannelName.EMAIL
    came: list[NoticeMessage] = field(default_factory=list)
    answers: list[Verdict | None] = field(default_factory=list)
    """What it answers next; None: it hangs. Then it accepts everything."""
    left: set[UUID] = field(default_factory=set)

    async def addresses(
        self, session: AsyncSession, member_ids: Collection[UUID]
    ) -> Mapping[UUID, Address]:
        return {id_: {"email": f"{id_}@example.org"} for id_ in member_ids if id_ not in self.left}

    async def deliver(self, message: NoticeMessage) -> Verdict:
        answer = self.answers.pop(0) if self.answers else Delivered()
        if answer is None:
            await asyncio.sleep(3600)
            raise AssertionError
        if isinstance(answer, Delivered):
            self.came.append(message)
        return answer


@dataclass
class Post:
    """The worker's part of a test: it makes notices and delivers them when the test says so."""

    team: Team
    channel: Recorder = field(default_factory=Recorder)
    pace: Pace = field(default_factory=lambda: Pace(patience_s=0.2, settle_again_s=0.01))

    @property
    def outbox(self) -> NoticeOutbox:
        return NoticeOutbox(
            self.team.app.state.sessions, self.team.clock, [self.channel], self.pace
        )

    async def make(self) -> None:
        """Turn all events into notices and planned deliveries."""
        consumer = notices_consumer([self.channel])
        sessions = self.team.app.state.sessions
        while await consumer.handle_next(sessions, self.team.clock, self.team.workspace_id):
            pass
        assert await failed_jobs(self.team, queue="member_notices") == []

    async def claim(self) -> list[Claimed]:
        return await self.outbox.claim(self.team.workspace_id, 100)

    async def work(self) -> list[Verdict]:
        """Make notices, and deliver what is due at this instant of the clock."""
        await self.make()
        return [await self.outbox.send(claimed) for claimed in await self.claim()]

    def told(self, person: Person) -> list[list[str]]:
        """The kinds in each message that the person got, without signatures."""
        mine = [message for message in self.channel.came if message.member_id == person.member_id]
        return [[notice.kind.value for notice in message.notices] for message in mine]
