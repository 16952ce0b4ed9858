"""Reopening an ask, and at the same time whatever else could end it."""

from functools import partial

import pytest

from tests.clock import MovableClock
from tests.races.gate import Action, at_once
from tests.races.scene import Scene, refused_or_done
from tests.team import Team
from tests.timers.desk import Json, ask, done, instant, post, sweep, timer, told


@pytest.fixture
async def scene(team: Team) -> Scene:
    return await Scene.create(team)


async def both(scene: Scene, first: Action, second: Action) -> None:
    answers = await at_once(scene.sessions, first, second)
    assert all(refused_or_done(answer) for answer in answers), answers


async def answered(scene: Scene) -> tuple[str, Json, Action]:
    """A topic with an ask that `xan` answered, and the reopening of it."""
    topic = await scene.topic()
    running = await ask(scene.olena, topic, scene.xan)
    await post(scene.xan, topic)
    return topic, running, partial(scene.xan.delete, f"/timers/{running['id']}/response")


@pytest.mark.parametrize("reopens_first", [True, False])
async def test_no_ask_is_open_in_a_topic_that_was_resolved(
    scene: Scene, reopens_first: bool
) -> None:
    topic, running, reopen = await answered(scene)
    resolve = partial(scene.olena.put, f"/topics/{topic}/resolution")
    await both(scene, *((reopen, resolve) if reopens_first else (resolve, reopen)))
    state = (await timer(scene.xan, running["id"]))["state"]
    assert state == ("cancelled" if reopens_first else "responded")


@pytest.mark.parametrize("reopens_first", [True, False])
async def test_no_ask_of_a_deleted_message_is_open(scene: Scene, reopens_first: bool) -> None:
    _, running, reopen = await answered(scene)
    withdraw = partial(scene.olena.put, f"/messages/{running['message_id']}/withdrawal")
    await both(scene, *((reopen, withdraw) if reopens_first else (withdraw, reopen)))
    state = (await timer(scene.xan, running["id"]))["state"]
    assert state == ("cancelled" if reopens_first else "responded")


@pytest.mark.parametrize("reopens_first", [True, False])
async def test_another_answer_sees_what_is_open_when_its_turn_comes(
    scene: Scene, reopens_first: bool
) -> None:
    topic, running, reopen = await answered(scene)
    again = partial(scene.xan.post, f"/topics/{topic}/messages", {"body": "Again"})
    await both(scene, *((reopen, again) if reopens_first else (again, reopen)))
    state = (await timer(scene.xan, running["id"]))["state"]
    assert state == ("responded" if reopens_first else "open")


async def test_of_two_answers_that_name_one_ask_the_later_is_refused(scene: Scene) -> None:
    topic = await scene.topic()
    running = await ask(scene.olena, topic, scene.xan)
    path, body = f"/topics/{topic}/messages", {"body": "Yes", "answers": [running["id"]]}
    answer = partial(scene.xan.post, path, body)
    first, second = await at_once(scene.sessions, answer, answer)
    assert (first.status_code, second.status_code) == (201, 422)
    assert second.json()["errors"][0]["field"] == "answers.0"


@pytest.mark.parametrize("reopens_first", [True, False])
async def test_reopening_and_the_sweep_record_one_breach(
    scene: Scene, team: Team, clock: MovableClock, reopens_first: bool
) -> None:
    topic = await scene.topic()
    running = await ask(scene.olena, topic, scene.xan)
    due_at = instant(running["due_at"])
    clock.now = due_at
    await post(scene.xan, topic)
    reopen = partial(scene.xan.delete, f"/timers/{running['id']}/response")
    sweeping = partial(sweep, team)
    await both(scene, *((reopen, sweeping) if reopens_first else (sweeping, reopen)))
    await sweep(team)
    assert (await told(team)).count("timer.breached") == 1
    assert instant((await timer(scene.xan, running["id"]))["breached_at"]) == due_at


async def test_reopening_twice_at_once_reopens_once(scene: Scene) -> None:
    _, running, reopen = await answered(scene)
    await both(scene, reopen, reopen)
    assert (await told(scene.team)).count("timer.reopened") == 1
    assert (await done(scene.xan.get(f"/timers/{running['id']}")))["state"] == "open"
