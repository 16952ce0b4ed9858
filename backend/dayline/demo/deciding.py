"""The acts of the story that concern decisions."""

from dataclasses import dataclass
from typing import Any

from dayline.decisions import deciding, inputs, links, opening, records
from dayline.decisions.drafts import create_draft
from dayline.decisions.keys import key_of
from dayline.decisions.queries import get_decision, options_of
from dayline.decisions.request_schemas import DecideIn, DecisionIn, InputIn, OutcomeTaskIn
from dayline.demo.script import Act
from dayline.demo.stage import Stage
from dayline.identity.caller import Caller


@dataclass(frozen=True, slots=True)
class Until:
    """A deadline: a local time of a person on a working day of the story."""

    day: int
    who: str
    clock: str


def proposes(
    name: str,
    project: str,
    title: str,
    *,
    options: dict[str, str],
    asks: tuple[str, ...],
    decider: str,
    until: Until,
    supersedes: tuple[str, ...] = (),
    minutes: int = 15,
    **texts: str,
) -> Act:
    """Open a decision, which the story calls `name`. Its first option is recommended."""

    async def act(stage: Stage, caller: Caller) -> None:
        due_at = stage.script.instant(until.day, until.who, until.clock)
        new = DecisionIn.model_validate(
            {
                "project": project,
                "title": title,
                "options": [
                    {"title": option, "body": body, "is_recommended": place == 0}
                    for place, (option, body) in enumerate(options.items())
                ],
                "stakeholders": [{"member_id": stage.member(who)} for who in asks],
                "decider_id": stage.member(decider),
                "input_due_at": due_at.isoformat(),
                "supersedes": [stage.decisions[earlier] for earlier in supersedes],
                **texts,
            }
        )
        draft = await create_draft(caller, new)
        key = key_of(draft.number)
        stage.decisions[name], stage.topics[name] = key, draft.topic_id
        await opening.open_decision(caller, key, minutes)

    return act


def answers(name: str, stance: str, *, option: str | None = None, **fields: Any) -> Act:
    """Give input to a decision. `option` is the title of the preferred one."""

    async def act(stage: Stage, caller: Caller) -> None:
        key = stage.decisions[name]
        given = {"stance": stance, "minutes": 5, **fields}
        if option is not None:
            given["option_id"] = await _option(caller, key, option)
        await inputs.give_input(caller, key, InputIn.model_validate(given))

    return act


def decides(name: str, option: str, rationale: str, *, review: int | None = None) -> Act:
    """Choose an option. `review` is the working day of the story on which it is reviewed."""

    async def act(stage: Stage, caller: Caller) -> None:
        key = stage.decisions[name]
        said = {
            "option_id": await _option(caller, key, option),
            "rationale": rationale,
            "minutes": 10,
            "review_on": None if review is None else stage.script.date_of(review),
        }
        await deciding.decide(caller, key, DecideIn.model_validate(said))

    return act


def reads(name: str) -> Act:
    """Confirm having read the record."""

    async def act(stage: Stage, caller: Caller) -> None:
        await records.confirm_read(caller, stage.decisions[name])

    return act


def makes_task(name: str, task: str, title: str, *, to: str, due: int) -> Act:
    """Create a task from the outcome. The story calls it `task`."""

    async def act(stage: Stage, caller: Caller) -> None:
        on = stage.script.date_of(due)
        new = OutcomeTaskIn(title=title, assignee_id=stage.member(to), due_on=on)
        made = await links.make_task(caller, stage.decisions[name], new)
        stage.tasks[task], stage.topics[task] = made.key, made.topic_id

    return act


async def _option(caller: Caller, key: str, title: str) -> object:
    decision = await get_decision(caller, key)
    options = await options_of(caller.session, decision.id)
    return next(option.id for option in options if option.title == title)
