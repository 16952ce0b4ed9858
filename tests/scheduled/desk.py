"""Scheduling messages, and sending what is due."""

from datetime import datetime
from typing import Any

from dayline.scheduled.sending import DUE_QUEUE
from tests.team import Person, Team
from tests.timers.desk import done

Json = dict[str, Any]


async def later(person: Person, topic: str, send_at: datetime, **fields: Any) -> Json:
    """A new message that waits."""
    new = {"body": "Later", "send_at": send_at.isoformat(), **fields}
    scheduled: Json = await done(person.post(f"/topics/{topic}/scheduled-messages", new))
    return scheduled


async def waiting(person: Person, **query: Any) -> list[str]:
    """What a person's messages say that wait."""
    return [each["body"] for each in await done(person.get("/scheduled-messages", **query))]


async def said(person: Person, topic: str) -> list[str]:
    """What was said in a topic, and by whom."""
    messages = await done(person.get(f"/topics/{topic}/messages"))
    return [f"{message['author']['handle']}: {message['body']}" for message in messages]


async def send(team: Team) -> int:
    """Try to send all of this team's that is due; how many were tried."""
    count = 0
    while await send_next(team) is not None:
        count += 1
    return count


async def send_next(team: Team) -> bool | None:
    """Send the next one of this team's: whether it went well, None where none is due."""
    return await DUE_QUEUE.do_next(team.app.state.sessions, team.clock, team.workspace_id)
