"""One timer, whatever happens to it, beside a model of minutes that knows nothing of calendars."""

from datetime import UTC, datetime, timedelta
from typing import Any

from fastapi import FastAPI
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.calendars.desk import path_of
from tests.clock import MovableClock
from tests.team import Person, Team
from tests.timers.desk import Json, ask, done, instant, member, post, sweep, task_topic, timer

MINUTE = timedelta(minutes=1)
START = datetime(2026, 5, 18, 7, 0, tzinfo=UTC)  # Monday 10:00 in Kyiv
DAYS = ("2026-05-18", "2026-05-19", "2026-05-20")


Step = tuple[str, Any]


class Model:
    """What should become of a timer of 4 hours, minute by minute: Kyiv, 09:00 to 18:00."""

    def __init__(self) -> None:
        self.now, self.off = START, set[str]()
        self.pauses: list[tuple[datetime, datetime | None]] = []
        self.breached_at: datetime | None = None
        self.answered_at: datetime | None = None
        self.due = self.reckon()

    @property
    def is_paused(self) -> bool:
        return bool(self.pauses) and self.pauses[-1][1] is None

    def counts(self, at: datetime) -> bool:
        wall = at + timedelta(hours=3)
        works = wall.weekday() < 5 and 9 <= wall.hour < 18
        is_off = wall.date().isoformat() in self.off
        return (
            works
            and not is_off
            and not any(start <= at and (end is None or at < end) for start, end in self.pauses)
        )

    def reckon(self) -> datetime:
        at, left = START, 240
        while left:
            left -= self.counts(at)
            at += MINUTE
        return at

    def sweep(self) -> None:
        runs = self.breached_at is None and self.answered_at is None and not self.is_paused
        if runs and self.due <= self.now:
            self.breached_at = self.due

    def advance(self, minutes: int) -> None:
        self.now += minutes * MINUTE
        self.sweep()

    def toggle(self, day: str) -> None:
        self.off ^= {day}
        if self.breached_at is None and self.answered_at is None and not self.is_paused:
            self.due = self.reckon()
        self.sweep()

    def pause(self) -> bool:
        """Whether it may."""
        if self.breached_at is not None or self.answered_at is not None:
            return False
        if not self.is_paused:
            self.pauses.append((self.now, None))
        return True

    def resume(self) -> None:
        if self.is_paused:
            self.pauses[-1] = (self.pauses[-1][0], self.now)
            self.due = self.reckon()

    def respond(self) -> None:
        self.resume()
        if self.due < self.now:  # the resumption may give a due time that is past
            self.sweep()
        if self.answered_at is None:
            self.answered_at = self.now

    def reopen(self) -> bool:
        """Whether it may."""
        if self.answered_at is None:
            return True
        if self.now > self.answered_at + 10 * MINUTE:
            return False
        if self.breached_at is None:
            went_on = [pause for pause in self.pauses[-1:] if pause[1] == self.answered_at]
            self.pauses = self.pauses[: len(self.pauses) - len(went_on)]
            self.due = self.reckon()
            self.pauses += [(since, None) for since, _ in went_on]
        self.answered_at = None
        self.sweep()
        return True

    @property
    def state(self) -> str:
        if self.answered_at is not None:
            return "responded"
        if self.breached_at is not None:
            return "breached"
        return "paused" if self.is_paused else "open"


STEPS = st.one_of(
    st.tuples(st.just("advance"), st.integers(1, 900)),
    st.tuples(st.just("toggle"), st.sampled_from(DAYS)),
    st.tuples(st.sampled_from(["pause", "resume"]), st.none()),
    st.tuples(st.just("advance"), st.integers(1, 11)),
    st.tuples(st.just("answer"), st.booleans()),
    st.tuples(st.just("reopen"), st.none()),
)


async def answer(sam: Person, running: Json, model: Model, *, by_id: bool) -> None:
    if not by_id:
        await post(sam, running["topic_id"])
        model.respond()
        return
    path = f"/topics/{running['topic_id']}/messages"
    said = await sam.post(path, {"body": "Yes", "answers": [running["id"]]})
    assert (said.status_code == 201) == (model.answered_at is None)
    model.respond()


async def act(team: Team, sam: Person, running: Json, model: Model, step: Step) -> None:
    what, how = step
    path = f"/timers/{running['id']}/pause"
    if what == "advance":
        model.advance(how)
        team.clock.now = model.now
    elif what == "toggle":
        override = path_of(sam, f"overrides/{how}")
        is_off = how in model.off
        model.toggle(how)
        await done(sam.delete(override) if is_off else sam.put(override, {"intervals": []}))
    elif what == "pause":
        paused = await sam.put(path, {"reason": "Waiting"})
        assert (paused.status_code == 200) == model.pause()
    elif what == "answer":
        await answer(sam, running, model, by_id=how)
    elif what == "reopen":
        reopened = await sam.delete(f"/timers/{running['id']}/response")
        assert (reopened.status_code == 200) == model.reopen()
    else:
        await done(sam.delete(path))
        model.resume()
        model.sweep()
    await sweep(team)


async def check(sam: Person, running: Json, model: Model) -> None:
    found = await timer(sam, running["id"])
    assert found["state"] == model.state
    assert instant(found["due_at"]) == model.due
    breached = found["breached_at"] and instant(found["breached_at"])
    assert breached == model.breached_at
    answered = found["first_response_at"] and instant(found["first_response_at"])
    assert answered == model.answered_at


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(STEPS, max_size=8))
@example(steps=[("toggle", DAYS[0]), ("advance", 240), ("pause", None), ("toggle", DAYS[0])])
@example(steps=[("pause", None), ("advance", 60), ("answer", True), ("reopen", None)])
@example(steps=[("advance", 235), ("answer", False), ("advance", 9), ("reopen", None)])
@example(steps=[("answer", True), ("toggle", DAYS[0]), ("reopen", None), ("answer", True)])
@example(steps=[("toggle", DAYS[0]), ("advance", 300), ("pause", None), ("toggle", DAYS[0])])
async def test_whatever_happens_the_timer_is_where_the_model_is(
    app: FastAPI, clock: MovableClock, steps: list[Step]
) -> None:
    clock.now = START
    team = await Team.create(app, clock)
    sam = await member(team, "sam")
    topic = await task_topic(team.owner)
    running, model = await ask(team.owner, topic, sam), Model()
    await check(sam, running, model)
    for step in steps:
        await act(team, sam, running, model, step)
        await check(sam, running, model)
    await answer(sam, running, model, by_id=False)
    await check(sam, running, model)
    await team.close()
