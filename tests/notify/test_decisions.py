"""What a channel is told of decisions: that one was opened, and how it ended; each once."""

from typing import Any

from tests.decisions.desk import decided, draft, opened
from tests.notify.desk import Desk
from tests.timers.desk import at, done, member, sweep

DUE = at("2026-05-20 22:00")
KINDS = ["ask", "urgent", "decision_opened", "decision_decided"]


def words(message: Any) -> str:
    """What a message says, without its mark."""
    return str(message["text"]).rpartition(" (event")[0]


async def test_that_one_was_opened_is_told_once_for_all_whom_it_asks(desk: Desk) -> None:
    team = desk.team
    ada, mel, tom = [await member(team, name) for name in ("ada", "mel", "tom")]
    await desk.subscribe(kinds=KINDS)
    made = await opened(team.owner, ada, mel, due=DUE, decider=tom)
    await desk.work()
    (message,) = desk.stub.told("ops")
    url = f"https://dayline.example.org/w/{team.slug}/decisions/{made['key']}"
    assert words(message) == (
        "*New decision:* Olena asked Ada and Mel for input · due Wed 20 May, 22:00 (Kyiv) · "
        f"Tom decides · {made['key']} Where to keep rows · {url} ·"
    )
    assert message["blocks"][1]["text"]["text"] == "PostgreSQL, because we know it."


async def test_how_it_ended_is_told_once_with_the_outcome_and_why(desk: Desk) -> None:
    team = desk.team
    ada, tom = await member(team, "ada"), await member(team, "tom")
    await desk.subscribe(kinds=["ask", "decision_decided"])
    made = await decided(team.owner, ada, decider=tom)
    await desk.work()
    (message,) = desk.stub.told("ops")
    assert words(message).startswith("*Decided* by Tom within an hour · ")
    assert f"/decisions/{made['key']} " in words(message)
    assert message["blocks"][1]["text"]["text"] == "PostgreSQL\n\nWe know it."


async def test_of_one_that_was_withdrawn_meanwhile_nothing_is_told(desk: Desk) -> None:
    ada = await member(desk.team, "ada")
    await desk.subscribe(kinds=KINDS)
    made = await opened(desk.team.owner, ada, due=DUE)
    gone = {"reason": "The client has gone."}
    await done(desk.team.owner.post(f"/decisions/{made['key']}/withdraw", gone))
    await draft(desk.team.owner, ada)
    await desk.work()
    assert desk.stub.told("ops") == []


async def test_of_many_who_are_asked_some_are_named(desk: Desk) -> None:
    people = [await member(desk.team, f"ada{number}") for number in range(7)]
    await desk.subscribe(kinds=KINDS)
    await opened(desk.team.owner, *people, due=DUE)
    await desk.work()
    (message,) = desk.stub.told("ops")
    assert " and 2 more people for input · due " in words(message)


async def test_whoever_owes_a_decision_something_is_told_what(desk: Desk) -> None:
    team = desk.team
    ada = await member(team, "ada")
    await desk.subscribe(kinds=["warning", "breach"])
    made = await opened(team.owner, ada, due=at("2026-05-19 18:00"))
    team.clock.now = at("2026-05-19 17:00")
    await sweep(team)
    await desk.work()
    team.clock.now = at("2026-05-19 18:01")
    await sweep(team)
    await desk.work()
    warning, breach = [words(message) for message in desk.stub.told("ops")]
    about = f" · {made['key']} Where to keep rows · "
    assert warning.startswith(
        f"*Due soon:* Ada hasn’t given input on a decision · due Tue 19 May, 18:00 (Kyiv){about}"
    )
    assert breach.startswith(
        f"*Overdue:* Ada hasn’t given input on a decision · was due Tue 19 May, 18:00 (Kyiv){about}"
    )
