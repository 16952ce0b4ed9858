"""The five points of clear writing, and which of them a proposal or a message lacks."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from dayline.core import clarity_cues as cues
from dayline.core.ahead import refusal_of_instant
from dayline.core.english import is_english
from dayline.core.phrase import Phrase
from dayline.core.written import says_something

FEWEST_OPTIONS = 2
ALWAYS_NEEDED = frozenset({"input_due_at", "decider_id", "stakeholders"})
"""Fields without which no one can be asked for input, however strictly decisions are checked."""


class Point(StrEnum):
    """One of the five points that a reader needs to answer without asking back."""

    CONTEXT = "context"
    REQUEST = "request"
    DEADLINE = "deadline"
    OPTIONS = "options"
    AUTHORITY = "authority"


class ClarityKind(StrEnum):
    """The kinds of text for which a workspace chooses how strictly they are checked."""

    TASK_BRIEF = "task_brief"
    TASK_COMMENT = "task_comment"
    DISCUSSION = "discussion"
    DIRECT_MESSAGE = "direct_message"
    URGENT = "urgent"
    DECISION = "decision"


class ClarityLevel(StrEnum):
    """How strictly a kind of text is checked."""

    OFF = "off"
    WARN = "warn"
    REQUIRE = "require"


DEFAULT_LEVELS: Mapping[ClarityKind, ClarityLevel] = MappingProxyType(
    {
        ClarityKind.TASK_BRIEF: ClarityLevel.WARN,
        ClarityKind.TASK_COMMENT: ClarityLevel.WARN,
        ClarityKind.DISCUSSION: ClarityLevel.WARN,
        ClarityKind.DIRECT_MESSAGE: ClarityLevel.OFF,
        ClarityKind.URGENT: ClarityLevel.WARN,
        ClarityKind.DECISION: ClarityLevel.REQUIRE,
    }
)
"""What a new workspace checks.

Where others read along later, a few quiet marks help. Two people who write to each other know
their context. Nothing is refused but what always was: a decision that misses points.
"""


@dataclass(frozen=True, slots=True)
class Proposal:
    """The parts of a decision's draft that decide whether it is complete."""

    context: str
    recommendation: str
    options: int
    input_due_at: datetime | None
    has_decider: bool
    stakeholders: int


@dataclass(frozen=True, slots=True)
class Missing:
    """A missing point, the field that provides it, and what the field must contain."""

    point: Point
    field: str
    reason: Phrase


def missing_in(proposal: Proposal, now: datetime) -> list[Missing]:
    """Return what is missing before others can be asked, in the order of the points."""
    return list(_missing(proposal, now))


def _missing(proposal: Proposal, now: datetime) -> Iterator[Missing]:
    if not says_something(proposal.context):
        reason = Phrase("fields.context-missing")
        yield Missing(Point.CONTEXT, "context", reason)
    if not proposal.recommendation.strip():
        yield Missing(Point.REQUEST, "recommendation", Phrase("fields.recommendation-missing"))
    if proposal.input_due_at is None:
        yield Missing(Point.DEADLINE, "input_due_at", Phrase("fields.input-due-missing"))
    elif refusal := refusal_of_instant(proposal.input_due_at, now):
        yield Missing(Point.DEADLINE, "input_due_at", refusal)
    if proposal.options < FEWEST_OPTIONS:
        yield Missing(Point.OPTIONS, "options", Phrase("fields.two-options"))
    if not proposal.has_decider:
        yield Missing(Point.AUTHORITY, "decider_id", Phrase("fields.decider-missing"))
    if proposal.stakeholders == 0:
        reason = Phrase("fields.stakeholders-missing")
        yield Missing(Point.AUTHORITY, "stakeholders", reason)


MISSED = {
    Point.CONTEXT: Phrase("clarity.context"),
    Point.REQUEST: Phrase("clarity.request"),
    Point.DEADLINE: Phrase("clarity.deadline"),
    Point.OPTIONS: Phrase("clarity.options"),
    Point.AUTHORITY: Phrase("clarity.authority"),
}
"""What to write where a text misses a point, in a sentence."""


def missing_in_text(prose: str, field: str = "body") -> list[Missing] | None:
    """Return what a text misses, in the order of the points. None if it isn't checked."""
    found = points_in(prose)
    if found is None:
        return None
    return [Missing(point, field, MISSED[point]) for point in Point if point not in found]


def missing_in_brief(brief: Mapping[str, str]) -> list[Missing]:
    """Return which of the five fields of a task's brief say nothing."""
    return [
        Missing(point, point.value, MISSED[point])
        for point in Point
        if not brief[point.value].strip()
    ]


def points_in(prose: str) -> frozenset[Point] | None:
    """Return the points that a text makes. None if the text isn't English, so isn't checked.

    The prose is what the author wrote, without code and quotes, a block or list item on each line.
    How long it is doesn't matter.
    """
    if not is_english(prose):
        return None
    sentences = [_Sentence(text) for text in dict.fromkeys(_sentences(prose))]
    found = {point for sentence in sentences for point in _made(sentence)}
    if _LISTS_OPTIONS.search(prose):
        found.add(Point.OPTIONS)
    return frozenset(found)


_LISTS_OPTIONS = re.compile(r":\n- [^\n]+\n- ")
"""A list of two or more, introduced by a colon."""

_LINK = re.compile(
    r"\b(?:https?://|mailto:)\S+|\[\[[^\[\]\n]{1,200}\]\]|#?\b[A-Z][A-Z0-9]{1,9}-\d{1,9}\b"
)
_LINKED = "\ufffb"
_SPACES = re.compile(r"[^\S\n]+")
_ASIDE = re.compile(r"(?<=[^\s.?!]) ?\([^()\n]{0,200}\)")
_SMILEY = re.compile(r" ?:[a-z0-9_+-]{1,30}:(?=\s|$)")
_END = re.compile(
    r"(?<=[.?!\u2026])\s|(?<=[.?!\u2026][)\]\"'\u201d])\s|\n"
    r"|\s[-\u2013\u2014]\s(?=(?:is|are|do|does|can|could|would|should|what|why|how|when|where|who)\b)"
)
_MENTIONS = re.compile(r"^(?:@\S+[\s,:]*)+")
_WORD = re.compile(r"\w[\w'/-]*")
_LONGEST = 300
"""Characters of a sentence that are read at once, so that no text takes long."""

_FEWEST_WORDS = 4
"""A statement of fewer words says nothing of a situation."""


class _Sentence:
    """A sentence, without what is said in brackets inside it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = _WORD.findall(_MENTIONS.sub("", text))
        self.is_question = self._asks_by_mark()
        self.asks = self.is_question or bool(cues.ASKS.search(text))

    def _asks_by_mark(self) -> bool:
        is_quoted = self.text[0] in '"\u201c\u201e' or self.text[-1] in '"\u201d'
        if is_quoted or "?" not in _after_words(self.text):
            return False
        if len(self.words) == 1:
            return self.words[0].lower() in cues.QUESTIONS_ALONE
        return bool(self.words)


def _after_words(text: str) -> str:
    """Return what follows the last letter or digit: marks and signs."""
    end = next((at for at in range(len(text), 0, -1) if text[at - 1].isalnum()), 0)
    return text[end:]


def _sentences(prose: str) -> Iterator[str]:
    plain = _SPACES.sub(" ", prose.replace("\u2019", "'"))
    text = _ASIDE.sub("", _SMILEY.sub("", _LINK.sub(_LINKED, plain)))
    for part in _END.split(text):
        for start in range(0, len(part), _LONGEST):
            piece = part[start : start + _LONGEST].strip(" -")
            if any(map(str.isalpha, piece)):
                yield piece


def _made(sentence: _Sentence) -> Iterator[Point]:
    text = sentence.text
    weighs = bool(cues.WEIGHED.search(text))
    if sentence.asks:
        yield Point.REQUEST
    if _is_context(sentence, weighs=weighs):
        yield Point.CONTEXT
    if cues.DEADLINE.search(text) or (
        sentence.is_question and cues.DEADLINE_IN_QUESTION.search(text)
    ):
        yield Point.DEADLINE
    if (
        weighs
        or cues.TRIED.search(text)
        or (sentence.is_question and cues.OR_IN_QUESTION.search(text))
    ):
        yield Point.OPTIONS
    if cues.AUTHORITY.search(text):
        yield Point.AUTHORITY
    for name, heading in cues.HEADINGS.items():
        if heading.search(text):
            yield Point(name)


def _is_context(sentence: _Sentence, *, weighs: bool) -> bool:
    text = sentence.text
    if _LINKED in text:
        return True
    if sentence.asks:
        return bool(cues.REASON.search(text))
    if weighs or cues.DEADLINE.search(text) or cues.AUTHORITY.search(text):
        return False
    return len(sentence.words) >= _FEWEST_WORDS and not cues.NOISE.search(text)
