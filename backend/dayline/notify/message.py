"""Messages to a channel: one sentence, a link, and a mark by which duplicates are recognised."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    ContextBlock,
    MarkdownTextObject,
    PlainTextObject,
    SectionBlock,
)

from dayline.core.agreement import ClauseKind
from dayline.notify.facts import Facts, Item
from dayline.notify.models import NoticeKind
from dayline.notify.rules import Data
from dayline.notify.text import clipped, escaped, excerpt, link, moment

MOST_TEXT = 9_000
MOST_NAME = 80
"""The longest name of a person or project. A section takes 3,000 characters after escaping."""

SECONDS_IN_AN_HOUR = 3600
MOST_NAMED, MOST_OF_MANY = 5, 40
"""How many people a sentence names, and the longest name (in characters) of each."""

Payload = dict[str, Any]

_WITH_EXCERPT = frozenset(
    {
        NoticeKind.ASK,
        NoticeKind.URGENT,
        NoticeKind.PROJECT_UPDATE,
        NoticeKind.DECISION_OPENED,
        NoticeKind.DECISION_DECIDED,
    }
)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence in Slack's markup, and the item that it is about."""

    words: str
    about: Item | None


def message_of(kind: NoticeKind, facts: Facts, origin: str) -> Payload:
    """The payload for the webhook: Block Kit, with plain text as a fallback."""
    sentence = _SENTENCES[kind](facts)
    base = f"{origin}/w/{facts.slug}"
    mark = f"event {facts.event.id.hex[-8:]}"
    body = excerpt(facts.body) if facts.body and kind in _WITH_EXCERPT else ""
    return {
        "text": _fallback(sentence, base, mark),
        "blocks": [block.to_dict() for block in _blocks(sentence, base, body, facts, mark)],
        "unfurl_links": False,
        "unfurl_media": False,
    }


def greeting(name: str, origin: str) -> Payload:
    """The payload that tests a subscription."""
    words = f"Dayline reaches this channel for the subscription “{escaped(name)}”."
    section = SectionBlock(text=MarkdownTextObject(text=f"{words} <{origin}|Open Dayline>"))
    return {"text": words, "blocks": [section.to_dict()], "unfurl_links": False}


def _fallback(sentence: _Sentence, base: str, mark: str) -> str:
    parts = [sentence.words]
    if sentence.about is not None:
        parts += [escaped(sentence.about.title), f"{base}/{sentence.about.path}"]
    return clipped(" · ".join([*parts, f"({mark})"]), MOST_TEXT)


def _blocks(sentence: _Sentence, base: str, body: str, facts: Facts, mark: str) -> list[Block]:
    about = sentence.about
    where = f"\n{link(f'{base}/{about.path}', about.title)}" if about else ""
    blocks: list[Block] = [SectionBlock(text=MarkdownTextObject(text=sentence.words + where))]
    if body:
        blocks.append(SectionBlock(text=PlainTextObject(text=body, emoji=False)))
    project = f"{facts.project.title} · " if facts.project else ""
    mark_line = PlainTextObject(text=clipped(project, 200) + mark, emoji=False)
    return [*blocks, ContextBlock(elements=[mark_line])]


def _name(name: str | None) -> str:
    return escaped(name or "Somebody", MOST_NAME)


def _by(facts: Facts) -> str:
    """` by …` in the recipient's zone, or empty if there is no due time."""
    due = _due(facts)
    return f" by {due}" if due else ""


def _due(facts: Facts) -> str | None:
    timer: Data = facts.event.data["timer"]
    if timer["due_at"] is None:
        return None
    return moment(datetime.fromisoformat(timer["due_at"]), timer["zone"])


def _ask(facts: Facts) -> _Sentence:
    words = f"{_name(facts.author)} asks {_name(facts.recipient)} for a response{_by(facts)}."
    return _Sentence(words, facts.item)


def _urgent(facts: Facts) -> _Sentence:
    asks = f"{_name(facts.author)} asks {_name(facts.recipient)} for a response"
    return _Sentence(f"*Urgent:* {asks}{_by(facts)}.", facts.item)


_OF_DECISIONS = {
    ClauseKind.DECISION_INPUT: "input on a decision",
    ClauseKind.DECISION_OUTCOME: "the outcome of a decision",
}
"""What an overdue or nearly overdue timer of a decision asks for."""


def _warning(facts: Facts) -> _Sentence:
    owed, what = _OF_DECISIONS.get(facts.event.data["timer"]["kind"]), "the response"
    waits = f"{_name(facts.recipient)} has not yet answered {_name(facts.author)}"
    if owed is not None:
        waits, what = f"{_name(facts.recipient)} has not yet given {owed}", "it"
    due = _due(facts)
    until = f"; {what} is due {due}" if due else ""
    return _Sentence(f"*Due soon:* {waits}{until}.", facts.item)


def _breach(facts: Facts) -> _Sentence:
    response = f"{_name(facts.author)} a response"
    owed = _OF_DECISIONS.get(facts.event.data["timer"]["kind"], response)
    words = f"*Overdue:* {_name(facts.recipient)} owed {owed}{_by(facts)}."
    return _Sentence(words, facts.item)


def _update(facts: Facts) -> _Sentence:
    name = escaped(facts.project.title, MOST_NAME) if facts.project else "A project"
    said = (facts.condition or "").replace("_", " ")
    return _Sentence(f"{name} is *{said}*, says {_name(facts.author)}.", facts.item)


def _task_state(facts: Facts) -> _Sentence:
    state: Data = facts.event.data["changes"]["state"]
    old, new = (str(state[side]).replace("_", " ") for side in ("old", "new"))
    who = _name(facts.actor)
    return _Sentence(f"{who} moved a task from {old} to *{new}*.", facts.item)


def _opened(facts: Facts) -> _Sentence:
    decision: Data = facts.event.data["decision"]
    asked = _people([facts.names.get(each["member_id"]) for each in decision["stakeholders"]])
    due = moment(datetime.fromisoformat(decision["input_due_at"]), facts.zone)
    who, decides = (
        _name(facts.names.get(decision[name])) for name in ("proposed_by", "decider_id")
    )
    return _Sentence(f"{who} asks {asked} for input by {due}. {decides} decides.", facts.item)


def _people(names: list[str | None]) -> str:
    """Names as in `Sam, Maya and Taras`. Of many, the first ones and how many more."""
    shown = [escaped(name or "Somebody", MOST_OF_MANY) for name in names[:MOST_NAMED]]
    if len(names) > MOST_NAMED:
        shown.append(f"{len(names) - MOST_NAMED} more")
    return " and ".join(part for part in (", ".join(shown[:-1]), shown[-1]) if part)


def _decided(facts: Facts) -> _Sentence:
    decision: Data = facts.event.data["decision"]
    opened = datetime.fromisoformat(decision["opened_at"])
    hours = round((facts.event.at - opened).total_seconds() / SECONDS_IN_AN_HOUR)
    took = "within the hour" if hours == 0 else f"after {hours} h"
    return _Sentence(f"*Decided:* {_name(facts.actor)} decided {took}.", facts.item)


_SENTENCES = {
    NoticeKind.ASK: _ask,
    NoticeKind.URGENT: _urgent,
    NoticeKind.WARNING: _warning,
    NoticeKind.BREACH: _breach,
    NoticeKind.PROJECT_UPDATE: _update,
    NoticeKind.TASK_STATE: _task_state,
    NoticeKind.DECISION_OPENED: _opened,
    NoticeKind.DECISION_DECIDED: _decided,
}
