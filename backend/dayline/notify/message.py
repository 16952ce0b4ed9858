"""Messages to a channel: one sentence, a link, and a mark by which duplicates are recognised."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    ContextBlock,
    MarkdownTextObject,
    PlainTextObject,
    SectionBlock,
)

from dayline.core.phrase import AllOf, Phrase
from dayline.kernel.text.catalogs import render
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


def message_of(kind: NoticeKind, facts: Facts, origin: str) -> Payload:
    """The payload for the webhook: Block Kit, with plain text as a fallback."""
    words = render(_SENTENCES[kind](facts), facts.language)
    base = f"{origin}/w/{facts.slug}"
    mark = render(Phrase("slack.mark", id=facts.event.id.hex[-8:]), facts.language)
    body = excerpt(facts.body) if facts.body and kind in _WITH_EXCERPT else ""
    return {
        "text": _fallback(words, base, facts.item, mark),
        "blocks": [block.to_dict() for block in _blocks(words, base, body, facts, mark)],
        "unfurl_links": False,
        "unfurl_media": False,
    }


def greeting(name: str, origin: str, language: str) -> Payload:
    """The payload that tests a subscription."""
    words = render(Phrase("slack.test", name=escaped(name)), language)
    label = render(Phrase("slack.open-dayline"), language)
    section = SectionBlock(text=MarkdownTextObject(text=f"{words} <{origin}|{label}>"))
    return {"text": words, "blocks": [section.to_dict()], "unfurl_links": False}


def _fallback(words: str, base: str, about: Item | None, mark: str) -> str:
    parts = [words]
    if about is not None:
        parts += [escaped(about.title), f"{base}/{about.path}"]
    return clipped(" · ".join([*parts, f"({mark})"]), MOST_TEXT)


def _blocks(words: str, base: str, body: str, facts: Facts, mark: str) -> list[Block]:
    about = facts.item
    where = f"\n{link(f'{base}/{about.path}', about.title)}" if about else ""
    blocks: list[Block] = [SectionBlock(text=MarkdownTextObject(text=words + where))]
    if body:
        blocks.append(SectionBlock(text=PlainTextObject(text=body, emoji=False)))
    project = f"{facts.project.title} · " if facts.project else ""
    mark_line = PlainTextObject(text=clipped(project, 200) + mark, emoji=False)
    return [*blocks, ContextBlock(elements=[mark_line])]


def _name(name: str | None, most: int = MOST_NAME) -> str | Phrase:
    return escaped(name, most) if name else Phrase("slack.no-name")


def _timer(key: str) -> Callable[[Facts], Phrase]:
    """Return what says a message about a timer, with its due time in the recipient's zone."""

    def said(facts: Facts) -> Phrase:
        timer: Data = facts.event.data["timer"]
        due = timer["due_at"] and datetime.fromisoformat(timer["due_at"])
        return Phrase(
            key,
            kind=timer["kind"],
            urgent=str(timer["urgent"]).lower(),
            author=_name(facts.author),
            recipient=_name(facts.recipient),
            due=moment(due, timer["zone"], facts.language) if due else "none",
        )

    return said


def _update(facts: Facts) -> Phrase:
    project: str | Phrase = Phrase("slack.no-project")
    if facts.project:
        project = escaped(facts.project.title, MOST_NAME)
    condition, author = facts.condition or "", _name(facts.author)
    return Phrase("slack.project-update", project=project, condition=condition, author=author)


def _task_state(facts: Facts) -> Phrase:
    state: Data = facts.event.data["changes"]["state"]
    old, new = (str(state[side]) for side in ("old", "new"))
    return Phrase("slack.task-state", actor=_name(facts.actor), old=old, new=new)


def _opened(facts: Facts) -> Phrase:
    decision: Data = facts.event.data["decision"]
    asked = _people([facts.names.get(each["member_id"]) for each in decision["stakeholders"]])
    due = moment(datetime.fromisoformat(decision["input_due_at"]), facts.zone, facts.language)
    who, decides = (
        _name(facts.names.get(decision[name])) for name in ("proposed_by", "decider_id")
    )
    return Phrase("slack.decision-opened", proposer=who, people=asked, due=due, decider=decides)


def _people(names: list[str | None]) -> AllOf:
    """Names as in `Sam, Maya and Taras`. Of many, the first ones and how many more."""
    shown = [_name(name, MOST_OF_MANY) for name in names[:MOST_NAMED]]
    if len(names) > MOST_NAMED:
        shown.append(Phrase("slack.more-people", count=len(names) - MOST_NAMED))
    return AllOf(*shown)


def _decided(facts: Facts) -> Phrase:
    decision: Data = facts.event.data["decision"]
    opened = datetime.fromisoformat(decision["opened_at"])
    hours = round((facts.event.at - opened).total_seconds() / SECONDS_IN_AN_HOUR)
    return Phrase("slack.decided", actor=_name(facts.actor), hours=hours)


_SENTENCES = {
    NoticeKind.ASK: _timer("slack.ask"),
    NoticeKind.URGENT: _timer("slack.ask"),
    NoticeKind.WARNING: _timer("slack.due-soon"),
    NoticeKind.BREACH: _timer("slack.overdue"),
    NoticeKind.PROJECT_UPDATE: _update,
    NoticeKind.TASK_STATE: _task_state,
    NoticeKind.DECISION_OPENED: _opened,
    NoticeKind.DECISION_DECIDED: _decided,
}
