"""Actions that read whether somebody can be asked, or may act, each ready to begin.

A function here prepares a scene in which the action is about somebody who is losing their access,
and returns the action.
"""

from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from dayline.decisions.closing import DEADLINES
from dayline.scheduled.sending import DUE_QUEUE as SCHEDULED
from dayline.timers.sweep import escalate_workspace
from dayline.transfer.slack.archive import read
from dayline.transfer.slack.importing import import_export
from tests.calendars.desk import path_of
from tests.decisions.desk import answer, draft, opened
from tests.races.gate import Action
from tests.races.scene import DUE, Scene
from tests.scheduled.desk import later
from tests.timers.desk import ask, at, done, post, sweep
from tests.transfer.slack.archives import Archive


async def _give_role(scene: Scene, role: str) -> None:
    path = f"/members/{scene.xan_id}"
    card = await done(scene.olena.get(path))
    await done(scene.olena.patch(path, {"role": role}, card["rev"]))


async def post_with_asks(scene: Scene) -> Action:
    path = f"/topics/{await scene.topic()}/messages"
    return partial(scene.olena.post, path, {"body": "Ready?", "asks": [scene.xan_id]})


async def post_with_mention(scene: Scene) -> Action:
    path = f"/topics/{await scene.topic()}/messages"
    return partial(scene.olena.post, path, {"body": "Ready, @xan?"})


async def post_to_a_cover(scene: Scene) -> Action:
    leave = {"starts_on": "2026-05-18", "ends_on": "2026-05-20", "cover_id": scene.xan_id}
    await done(scene.ada.post(path_of(scene.ada, "time-off"), leave))
    path = f"/topics/{await scene.topic()}/messages"
    return partial(scene.olena.post, path, {"body": "Ready, @ada?"})


async def edit_to_ask(scene: Scene) -> Action:
    message = await post(scene.olena, await scene.topic(), "Ready?")
    path, edit = f"/messages/{message['id']}", {"asks": [scene.xan_id]}
    return partial(scene.olena.patch, path, edit, message["rev"])


async def open_direct(scene: Scene) -> Action:
    new = {"participants": [scene.xan_id], "body": "Ready?", "asks": [scene.xan_id]}
    return partial(scene.olena.post, "/direct-topics", new)


async def open_discussion(scene: Scene) -> Action:
    new = {"title": "Ready", "body": "Ready?", "asks": [scene.xan_id]}
    return partial(scene.olena.post, "/projects/ABC/topics", new)


async def post_update(scene: Scene) -> Action:
    new = {"condition": "at_risk", "body": "Ready?", "asks": [scene.xan_id]}
    return partial(scene.olena.post, "/projects/ABC/updates", new)


async def schedule(scene: Scene) -> Action:
    new = {"body": "Ready?", "asks": [scene.xan_id], "send_at": DUE.isoformat()}
    return partial(scene.olena.post, f"/topics/{await scene.topic()}/scheduled-messages", new)


async def reschedule(scene: Scene) -> Action:
    waiting = await later(scene.olena, await scene.topic(), DUE)
    path, edit = f"/scheduled-messages/{waiting['id']}", {"asks": [scene.xan_id]}
    return partial(scene.olena.patch, path, edit, waiting["rev"])


async def send_what_was_scheduled(scene: Scene) -> Action:
    when = at("2026-05-18 11:00")
    await later(scene.olena, await scene.topic(), when, asks=[scene.xan_id])
    scene.move_to(when)
    return partial(SCHEDULED.do_next, scene.sessions, scene.team.clock, scene.team.workspace_id)


async def send_what_they_scheduled(scene: Scene) -> Action:
    when = at("2026-05-18 11:00")
    await later(scene.xan, await scene.topic(), when, asks=[str(scene.ada.member_id)])
    scene.move_to(when)
    return partial(SCHEDULED.do_next, scene.sessions, scene.team.clock, scene.team.workspace_id)


async def promise(scene: Scene) -> Action:
    running = await ask(scene.olena, await scene.topic(), scene.xan)
    path, when = f"/timers/{running['id']}/acknowledgement", at("2026-05-19 12:00")
    return partial(scene.xan.put, path, {"promised_at": when.isoformat()})


async def pause(scene: Scene) -> Action:
    running = await ask(scene.olena, await scene.topic(), scene.xan)
    return partial(scene.olena.put, f"/timers/{running['id']}/pause", {"reason": "Wait"})


async def resume(scene: Scene) -> Action:
    running = await ask(scene.olena, await scene.topic(), scene.xan)
    path = f"/timers/{running['id']}/pause"
    await done(scene.olena.put(path, {"reason": "Wait"}))
    return partial(scene.olena.delete, path)


async def reopen(scene: Scene) -> Action:
    running = await ask(scene.olena, topic := await scene.topic(), scene.xan)
    await post(scene.xan, topic)
    return partial(scene.xan.delete, f"/timers/{running['id']}/response")


async def reopen_what_a_cover_was_asked(scene: Scene) -> Action:
    leave = {"starts_on": "2026-05-18", "ends_on": "2026-05-20", "cover_id": scene.xan_id}
    await done(scene.ada.post(path_of(scene.ada, "time-off"), leave))
    message = await post(scene.olena, topic := await scene.topic(), "Ready, @ada?")
    await post(scene.ada, topic)
    return partial(scene.ada.delete, f"/timers/{message['asks'][0]['timer_id']}/response")


async def change_hours(scene: Scene) -> Action:
    await ask(scene.olena, await scene.topic(), scene.xan)
    path = path_of(scene.xan, "overrides/2026-05-18")
    return partial(scene.olena.put, path, {"intervals": []})


async def open_decision(scene: Scene) -> Action:
    made = await draft(scene.olena, scene.xan, input_due_at=DUE.isoformat())
    return partial(scene.olena.post, f"/decisions/{made['key']}/open")


async def open_decision_that_they_decide(scene: Scene) -> Action:
    due = DUE.isoformat()
    made = await draft(scene.olena, scene.ada, decider=scene.xan, input_due_at=due)
    return partial(scene.olena.post, f"/decisions/{made['key']}/open")


async def add_stakeholder(scene: Scene) -> Action:
    made = await draft(scene.olena, scene.ada, input_due_at=DUE.isoformat())
    edit = {"stakeholders": [{"member_id": scene.xan_id, "asked_for": "input"}]}
    return partial(scene.olena.patch, f"/decisions/{made['key']}", edit, made["rev"])


async def let_them_decide(scene: Scene) -> Action:
    made = await opened(scene.olena, scene.ada, due=DUE)
    return partial(
        scene.olena.patch, f"/decisions/{made['key']}", {"decider_id": scene.xan_id}, made["rev"]
    )


async def let_them_decide_what_is_closed(scene: Scene) -> Action:
    made = await opened(scene.olena, scene.ada, due=DUE)
    closed = await answer(scene.ada, made["key"])
    edit = {"decider_id": scene.xan_id}
    return partial(scene.olena.patch, f"/decisions/{made['key']}", edit, closed["rev"])


async def give_the_last_input(scene: Scene) -> Action:
    made = await opened(scene.olena, scene.ada, due=DUE, decider=scene.xan)
    return partial(scene.ada.put, f"/decisions/{made['key']}/input", {"stance": "agree"})


async def give_the_last_input_but_theirs(scene: Scene) -> Action:
    made = await opened(scene.olena, scene.ada, scene.xan, due=DUE)
    return partial(scene.ada.put, f"/decisions/{made['key']}/input", {"stance": "agree"})


async def close_at_the_deadline(scene: Scene) -> Action:
    await opened(scene.olena, scene.ada, due=DUE, decider=scene.xan)
    scene.move_to(DUE)
    return partial(DEADLINES.do_next, scene.sessions, scene.team.clock, scene.team.workspace_id)


async def hand_over(scene: Scene) -> Action:
    project = await done(scene.olena.get("/projects/ABC"))
    lead = {"lead_id": scene.xan_id}
    await done(scene.olena.patch("/projects/ABC", lead, rev=project["rev"]))
    await ask(scene.olena, await scene.topic(), scene.ada)
    scene.move_to(at("2026-05-18 14:00"))
    await sweep(scene.team)
    scene.move_to(at("2026-05-18 18:00"))
    worker = scene.sessions, scene.team.clock, scene.team.workspace_id
    return partial(escalate_workspace, *worker)


async def extend(scene: Scene) -> Action:
    made = await opened(scene.olena, scene.xan, due=DUE)
    wanted = {"input_due_at": at("2026-05-21 18:00").isoformat(), "reason": "Too short"}
    return partial(scene.olena.post, f"/decisions/{made['key']}/extend", wanted)


async def decide_before_it_was_closed(scene: Scene) -> Action:
    made = await opened(scene.olena, scene.ada, due=DUE, decider=scene.xan)
    scene.move_to(DUE)
    outcome = {"option_id": made["options"][0]["id"], "rationale": "We know it."}
    return partial(scene.xan.post, f"/decisions/{made['key']}/decide", outcome)


async def give_their_input(scene: Scene) -> Action:
    made = await opened(scene.olena, scene.ada, scene.xan, due=DUE)
    return partial(scene.xan.put, f"/decisions/{made['key']}/input", {"stance": "agree"})


async def bring_a_past(scene: Scene) -> Action:
    """The export knows them by their address."""
    archive = Archive()
    xan = archive.user("UXAN", profile={"email": await scene.address_of(scene.xan)})
    archive.channel("C1", "general", members=[archive.user("UAIKO"), xan])
    archive.say("UAIKO", "2026-05-18T06:59:00Z", "When, <@UXAN>?")
    team = scene.team

    async def bring() -> Any:
        with TemporaryDirectory() as folder:
            export = read(archive.write(Path(folder)))
        return await import_export(scene.sessions, team.clock, export, team.slug)

    return bring


async def make_a_token(scene: Scene) -> Action:
    new = {"name": "script", "scopes": ["read"], "expires_in_days": 1}
    return partial(scene.xan.post, "/tokens", new)


async def invite(scene: Scene) -> Action:
    await _give_role(scene, "admin")
    return partial(scene.xan.post, "/invites", {"email": "new@example.org", "role": "guest"})
