"""Decisions over the API, from a draft on."""

from datetime import datetime
from typing import Any

from dayline.decisions.due import DUE_QUEUE
from tests.recorded import recorded
from tests.team import Person, Team
from tests.timers.desk import done

Json = dict[str, Any]

OPTIONS: list[Json] = [
    {"title": "PostgreSQL", "body": "We know it.", "is_recommended": True},
    {"title": "SQLite", "body": "It is *one* file."},
]


def asked(*people: Person, asked_for: str = "input") -> list[Json]:
    """Stakeholders as a draft names them."""
    return [{"member_id": str(each.member_id), "asked_for": asked_for} for each in people]


async def draft(
    person: Person, *stakeholders: Person, decider: Person | None = None, **fields: Any
) -> Json:
    """A new draft of project ABC that makes all points, where there are stakeholders."""
    if (await person.get("/projects/ABC")).status_code == 404:
        await done(person.post("/projects", {"key": "ABC", "name": "Alpha"}))
    new = {
        "project": "ABC",
        "title": "Where to keep rows",
        "context": "Files do not scale.",
        "recommendation": "PostgreSQL, because we know it.",
        "options": OPTIONS,
        "decider_id": str((decider or person).member_id),
        "stakeholders": asked(*stakeholders),
        **fields,
    }
    decision: Json = await done(person.post("/decisions", new))
    return decision


async def opened(
    person: Person, *stakeholders: Person, due: datetime, minutes: int | None = None, **fields: Any
) -> Json:
    """A decision that is open for input until `due`."""
    made = await draft(person, *stakeholders, input_due_at=due.isoformat(), **fields)
    body = {} if minutes is None else {"minutes": minutes}
    decision: Json = await done(person.post(f"/decisions/{made['key']}/open", body))
    return decision


async def answer(person: Person, key: str, stance: str = "agree", **fields: Any) -> Json:
    """What the decision is after a stakeholder answered."""
    given = {"stance": stance, **fields}
    decision: Json = await done(person.put(f"/decisions/{key}/input", given))
    return decision


async def seen(person: Person, key: str) -> Json:
    """A decision as it is now."""
    decision: Json = await done(person.get(f"/decisions/{key}"))
    return decision


async def fairness(person: Person, key: str, **query: Any) -> Json:
    """What a deadline leaves to each."""
    found: Json = await done(person.get(f"/decisions/{key}/fairness", **query))
    return found


async def do_due(team: Team) -> int:
    """Do what is due in this team's decisions at this instant; how many things that were."""
    count = 0
    while await DUE_QUEUE.do_next(team.app.state.sessions, team.clock, team.workspace_id):
        count += 1
    return count


async def timers_of(person: Person, decision: Json, kind: str | None = None) -> list[Json]:
    """The timers of a decision, of one kind or of all."""
    found = await done(person.get("/timers", message=decision["message_id"]))
    return [timer for timer in found if kind in {None, timer["kind"]}]


async def told(team: Team, after: int = 0) -> list[str]:
    """What happened to decisions, in order."""
    rows = await recorded(team, after)
    return [row.kind for row in rows if row.kind.startswith("decision.")]


async def decided(
    person: Person, *stakeholders: Person, decider: Person | None = None, **fields: Any
) -> Json:
    """A decision that was made for its first option, after all agreed."""
    plan = {name: fields.pop(name) for name in ("review_on",) if name in fields}
    due = datetime.fromisoformat("2026-05-20T19:00:00Z")
    decision = await opened(person, *stakeholders, due=due, decider=decider, **fields)
    for each in stakeholders:
        await answer(each, decision["key"])
    outcome = {"option_id": decision["options"][0]["id"], "rationale": "We know it.", **plan}
    path = f"/decisions/{decision['key']}/decide"
    made: Json = await done((decider or person).post(path, outcome))
    return made
