"""A team whose Slack is the stub, and a worker that turns when a test says so."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from dayline.kernel.db.database import Sessions
from dayline.kernel.jobs.outbox import LEASE, Verdict
from dayline.kernel.ops.outgoing import Outgoing
from dayline.kernel.ops.settings import Settings
from dayline.notify import queue
from dayline.notify.models import NoticeKind
from dayline.notify.queue import Claimed
from dayline.notify.relay import RELAY
from dayline.notify.sending import Pace, Sender
from dayline.notify.webhooks import Webhooks
from tests.notify.stub import SlackStub
from tests.team import Team

Json = dict[str, Any]
EVERYTHING = [kind.value for kind in NoticeKind]


@dataclass
class Desk:
    """What the tests of notify do, by one name each."""

    team: Team
    stub: SlackStub
    settings: Settings
    outgoing: Outgoing
    made: dict[str, Json] = field(default_factory=dict)

    @property
    def sessions(self) -> Sessions:
        sessions: Sessions = self.team.app.state.sessions
        return sessions

    @property
    def sender(self) -> Sender:
        return Sender(
            self.sessions,
            self.team.clock,
            webhooks=Webhooks(self.settings),
            outgoing=self.outgoing,
            origin="https://dayline.example.org",
            pace=Pace(),
        )

    async def subscribe(
        self, hook: str = "ops", kinds: list[str] | None = None, **more: Any
    ) -> Json:
        """A subscription of the stub's webhook of this name, to everything unless said."""
        new = {"name": f"#{hook}", "url": self.stub.url(hook), "kinds": kinds or EVERYTHING}
        answer = await self.team.owner.post("/subscriptions", new | more)
        assert answer.status_code == 201, answer.text
        made: Json = answer.json()
        return made

    async def subscription(self, made: Json) -> Json:
        document: Json = (await self.team.owner.get(f"/subscriptions/{made['id']}")).json()
        return document

    async def project(self, key: str = "ABC") -> Json:
        answer = await self.team.owner.post("/projects", {"key": key, "name": f"Project {key}"})
        assert answer.status_code == 201, answer.text
        made: Json = answer.json()
        return made

    async def task(self, key: str = "ABC", title: str = "A task") -> Json:
        answer = await self.team.owner.post("/tasks", {"project": key, "title": title})
        assert answer.status_code == 201, answer.text
        made: Json = answer.json()
        return made

    async def move(self, task: Json, state: str) -> None:
        """An event that channels are told."""
        path = f"/tasks/{task['key']}"
        rev = (await self.team.owner.get(path)).json()["rev"]
        answer = await self.team.owner.patch(path, {"state": state}, rev)
        assert answer.status_code == 200, answer.text

    async def moves(self, times: int) -> None:
        """So many events that channels are told, about one new task."""
        await self.project()
        task = await self.task()
        states = ("in_progress", "waiting", "in_review", "todo")
        for number in range(times):
            await self.move(task, states[number % len(states)])

    async def relay(self) -> None:
        """Relay all events of the workspace."""
        while await RELAY.handle_next(self.sessions, self.team.clock, self.team.workspace_id):
            pass

    async def claim(self, lease: timedelta = LEASE) -> list[Claimed]:
        return await queue.claim(
            self.sessions, self.team.clock, self.team.workspace_id, most=20, lease=lease
        )

    async def send(self) -> list[Verdict]:
        """Send what is due, at this instant of the clock."""
        return [await self.sender.send(claimed) for claimed in await self.claim()]

    async def work(self) -> list[Verdict]:
        """Relay, then send what is due at this instant of the clock."""
        await self.relay()
        return await self.send()

    async def deliveries(self, **wanted: str) -> list[Json]:
        """The workspace's deliveries, the first first."""
        answer = await self.team.owner.get("/deliveries", **wanted)
        assert answer.status_code == 200, answer.text
        listed: list[Json] = answer.json()
        return sorted(listed, key=lambda delivery: int(delivery["event_seq"]))

    async def states(self) -> list[str]:
        return [delivery["state"] for delivery in await self.deliveries()]
