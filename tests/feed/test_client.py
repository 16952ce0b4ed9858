"""The client's algorithm: whatever is lost, late or reset, it ends with what a fresh read says."""

from collections import deque
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from dayline.feed.resume import why_reset
from tests.feed.client import FeedClient, Next
from tests.feed.reduce import COLLECTIONS, Document, apply_all, normal

MOST_BEHIND = 12
SEES = ("both", "one", "two", "nobody")


class Server:
    """What the real one promises, without any I/O. Access is `one` or `two`."""

    def __init__(self) -> None:
        self.history = 1
        self.access = "one"
        self.log: list[tuple[str, Document]] = []

    @property
    def epoch(self) -> str:
        return f"{self.history}.{self.access}"

    @property
    def head(self) -> int:
        return len(self.log)

    def record(self, audience: str, task: int) -> None:
        document = {"id": task, "at": self.head + 1}
        event = {"seq": self.head + 1, "kind": "task.changed", "data": {"task": document}}
        self.log.append((audience, event))

    def visible(self, after: int) -> list[Document]:
        return [e for sees, e in self.log if sees in {"both", self.access} and e["seq"] > after]

    def snapshot(self) -> Document:
        empty: Document = {
            "epoch": self.epoch,
            "seq": 0,
            "me": {"member_id": 0, "role": "member"},
            "workspace": {},
        }
        empty |= {name: [] for name in COLLECTIONS.values()}
        return apply_all(empty, self.visible(0)) | {"seq": self.head}


class Link:
    """One socket: frames on their way, and where the server stands with it."""

    def __init__(self, server: Server, query: dict[str, Any]) -> None:
        self.server = server
        self.frames: deque[Document] = deque()
        since = query.get("since")
        reason = since is not None and why_reset(
            claimed=query["epoch"],
            epoch=server.epoch,
            since=since,
            head=server.head,
            most_behind=MOST_BEHIND,
        )
        self.epoch = server.epoch
        self.position = server.head if since is None or reason else since
        self.frames.append({"type": "hello", "epoch": self.epoch, "seq": self.position})
        if reason:
            self._reset()

    def _reset(self) -> None:
        self.epoch, self.position = self.server.epoch, self.server.head
        self.frames.append({"type": "reset", "epoch": self.epoch, "seq": self.position})

    def advance(self) -> None:
        """What the server's hub does after a commit."""
        if self.epoch != self.server.epoch:
            self._reset()
        elif self.position < self.server.head:
            events = self.server.visible(self.position)
            frame = {"type": "events", "prev": self.position, "seq": self.server.head}
            self.frames.append(frame | {"events": events})
            self.position = self.server.head

    def beat(self) -> None:
        self.frames.append({"type": "heartbeat", "seq": self.position})


class Client(RuleBasedStateMachine):
    """A client on a bad network, beside a server whose state and access change."""

    @initialize()
    def start(self) -> None:
        self.server = Server()
        self.client = FeedClient()
        self.asking = False
        self.link = Link(self.server, self.client.resume_from())

    def _do(self, todo: Next) -> None:
        if todo is Next.REFETCH:
            self.asking = True
        elif todo is Next.RESUME:
            self.cut()

    @rule(audience=st.sampled_from(SEES), task=st.integers(1, 3), at_once=st.booleans())
    def write(self, audience: str, task: int, at_once: bool) -> None:
        self.server.record(audience, task)
        if at_once:
            self.link.advance()

    @rule()
    def hub_reads(self) -> None:
        self.link.advance()

    @precondition(lambda self: self.server.head > 4)
    @rule(what=st.sampled_from(("cut", "access", "restore")))
    def something_happens(self, what: str) -> None:
        if what == "cut":
            self.cut()
        elif what == "access":
            self.server.access = "two" if self.server.access == "one" else "one"
        else:
            self.server.history += 1
            self.server.log = self.server.log[: self.server.head // 2]

    @rule()
    def heartbeat(self) -> None:
        self.link.beat()

    @precondition(lambda self: self.link.frames)
    @rule()
    def frame_arrives(self) -> None:
        self._do(self.client.take(self.link.frames.popleft()))

    @precondition(lambda self: self.link.frames and self.link.frames[0]["type"] == "events")
    @rule()
    def events_are_lost(self) -> None:
        self.link.frames.popleft()

    @precondition(lambda self: self.asking)
    @rule()
    def snapshot_arrives(self) -> None:
        self.asking = False
        self._do(self.client.take_snapshot(self.server.snapshot()))

    @rule()
    def all_arrives(self) -> None:
        while self.link.frames or self.asking:
            while self.link.frames:
                self.frame_arrives()
            if self.asking:
                self.snapshot_arrives()

    def cut(self) -> None:
        self.asking = False
        self.link = Link(self.server, self.client.resume_from())

    def teardown(self) -> None:
        """When all is quiet, the client knows what a fresh read says."""
        if not hasattr(self, "server"):
            return
        for _ in range(4):
            self.link.advance()
            self.link.beat()
            self.all_arrives()
        assert self.client.state is not None
        assert normal(self.client.state) == normal(self.server.snapshot())


TestClient = Client.TestCase
TestClient.settings = settings(max_examples=300, stateful_step_count=30, deadline=None)


def test_a_client_that_cannot_hold_more_begins_anew() -> None:
    client = FeedClient()
    client.resume_from()
    assert client.take({"type": "hello", "epoch": "e", "seq": 0}) is Next.REFETCH
    frames = [{"type": "events", "prev": n, "seq": n + 1, "events": []} for n in range(1001)]
    answers = [client.take(frame) for frame in frames]
    assert answers == [Next.LISTEN] * 1000 + [Next.RESUME]


def test_frames_of_a_later_server_are_passed_over() -> None:
    assert FeedClient().take({"type": "weather", "seq": 1}) is Next.LISTEN


def test_a_snapshot_of_another_access_than_the_streams_means_a_new_socket() -> None:
    server, client = Server(), FeedClient()
    link = Link(server, client.resume_from())
    assert client.take(link.frames.popleft()) is Next.REFETCH
    server.access = "two"
    between = server.snapshot()
    server.access = "one"  # back, before the hub saw it: no reset will come
    assert client.take_snapshot(between) is Next.RESUME
    assert client.resume_from() == {"epoch": between["epoch"], "since": 0}
