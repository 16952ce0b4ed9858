"""Events of timers as channels read them: a timer document, told to whom the topic is."""

from datetime import UTC, datetime
from typing import Any, ClassVar, cast
from uuid import UUID

from pydantic import BaseModel

from dayline.kernel.db import events
from dayline.kernel.db.events import Audience, Event
from dayline.kernel.db.ids import new_id
from tests.races import acting
from tests.team import Person, Team

DUE = datetime(2026, 5, 18, 13, 30, tzinfo=UTC)


class _TimerEvent(BaseModel):
    """An event by its shape alone, so that the kinds which the app declares stay its own."""

    kind: ClassVar[str]
    subject_id: ClassVar[UUID | None] = None
    timer: dict[str, Any]


def timer(
    author: Person,
    recipient: Person,
    topic: dict[str, Any],
    message_id: str,
    *,
    urgent: bool = False,
    due_at: datetime | None = DUE,
    follows: str | None = None,
) -> dict[str, Any]:
    """The document of a timer."""
    return {
        "id": str(new_id()),
        "message_id": message_id,
        "topic_id": topic["id"],
        "project_id": topic["project_id"],
        "kind": "urgent" if urgent else "task_comment",
        "urgent": urgent,
        "recipient_id": str(recipient.member_id),
        "author_id": str(author.member_id),
        "sent_at": "2026-05-18T07:00:00Z",
        "due_at": due_at and due_at.isoformat(),
        "zone": "America/New_York",
        "follows": follows,
        "state": "running",
        "rev": 1,
    }


async def happens(team: Team, kind: str, document: dict[str, Any]) -> None:
    """Record an event of a timer, as its topic's audience sees it."""
    happened = type("_", (_TimerEvent,), {"kind": kind})(timer=document)
    project_id = document["project_id"]
    audience = (
        Audience.project(UUID(project_id))
        if project_id
        else Audience.topic(UUID(document["topic_id"]))
    )
    async with acting(team, team.owner) as caller:
        events.record(caller.session, cast(Event, happened), audience)
