"""What happens to decisions: by calls, and as time goes by."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from dayline.decisions.due import DUE_QUEUE
from tests.feed.world import Names, Step, World, just
from tests.live import Json

OPTIONS = [{"title": "One", "is_recommended": True}, {"title": "Other"}]


@dataclass(frozen=True)
class Due(Step):
    """What happens without a request: time goes by, and what is due in decisions is done."""

    operation: str = ""
    hours: float = 0

    def __str__(self) -> str:
        return f"what is due in decisions after {self.hours} hours"

    async def take(self, world: World) -> None:
        team = world.team
        team.clock.advance(hours=self.hours)
        sessions = team.app.state.sessions
        assert await DUE_QUEUE.do_next(sessions, team.clock, team.workspace_id), str(self)


def _draft(hours: float, **fields: Any) -> Callable[[World], Json]:
    """A draft that makes all points: ada is asked, the owner decides."""

    def new(world: World) -> Json:
        return {
            "project": "ABC",
            "title": "Which one",
            "context": "There are two.",
            "recommendation": "The first one.",
            "options": OPTIONS,
            "input_due_at": (world.team.clock.now + timedelta(hours=hours)).isoformat(),
            "decider_id": world.id_of("owner"),
            "stakeholders": [{"member_id": world.id_of("ada")}],
            **fields,
        }

    return new


def _extended(hours: float) -> Callable[[World], Json]:
    def wanted(world: World) -> Json:
        due = world.team.clock.now + timedelta(hours=hours)
        return {"input_due_at": due.isoformat(), "reason": "A holiday"}

    return wanted


def _decision(kept: str, task: str | None = None) -> Callable[[World], Names]:
    return lambda world: {
        "key": world.made[kept]["key"],
        "other_key": task and world.made[task]["key"],
    }


_GUEST = frozenset({"gus"})

_OUTCOME = {"outcome": "The first one.", "rationale": "It is there.", "review_on": "2026-05-22"}

DECISION_STEPS = (
    # One on which all answer, and its record.
    Step("decisions_create", _draft(36), by="mel", keep="which"),
    Step("decisions_update", just(title="Which of them"), _decision("which"), by="mel"),
    Step("decisions_open", just(minutes=10), _decision("which"), by="mel"),
    Step("decisions_extend", _extended(48), _decision("which")),
    # Guests read it from now on; what follows they know by its events.
    Step("decisions_update", just(is_public=True), _decision("which"), by="mel", resets=_GUEST),
    Step("decisions_give_input", just(stance="agree"), _decision("which"), by="ada"),
    Step("decisions_link_task", names=_decision("which", "one"), by="mel"),
    Step("decisions_decide", just(**_OUTCOME), _decision("which")),
    Step("decisions_confirm_read", names=_decision("which"), by="ada"),
    Step("decisions_unlink_task", names=_decision("which", "one"), by="mel"),
    Step("decisions_make_task", just(title="Do it"), _decision("which"), by="mel"),
    # One to which nobody answers: ada is reminded on Wednesday morning, her time is over at night.
    Step(
        "decisions_create",
        lambda w: {**_draft(48)(w), "supersedes": [w.made["which"]["key"]]},
        by="mel",
        keep="that",
    ),
    Step("decisions_open", names=_decision("that"), by="mel"),
    Due(hours=35),
    Due(hours=13),
    Step("decisions_update", just(is_public=True), _decision("that"), by="mel", resets=_GUEST),
    Step("decisions_withdraw", just(reason="Nobody cares"), _decision("that"), by="mel"),
    Step("decisions_update", just(is_public=False), _decision("that"), by="mel", resets=_GUEST),
    # The review of the first one, on Friday.
    Due(hours=40),
    Step("decisions_review", just(review_on="2026-06-22"), _decision("which")),
)
