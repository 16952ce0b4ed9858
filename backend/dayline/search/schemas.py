"""Response schemas of search."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import Field

from dayline.context.places import DecisionLine, ProjectLine, TaskLine, TopicLine
from dayline.kernel.schemas import Output

MOST_HITS = 50


class HitKind(StrEnum):
    """What can be found."""

    REFERENCE = "reference"  # listed before all others
    TASK = "task"
    DECISION = "decision"
    TOPIC = "topic"  # found by its title; the topics of tasks and decisions have the same titles
    MESSAGE = "message"
    PROJECT = "project"
    MEMBER = "member"


class Piece(Output):
    """A part of a text, which matches or stands around what does."""

    text: str
    is_hit: bool


class Hit(Output):
    """Something that was found."""

    kind: HitKind
    id: UUID
    title: list[Piece] = Field(description="Its title or name; of a message that of its topic.")
    excerpt: list[Piece] = Field(description="Where its text matches; empty where it does not.")
    handle: str | None = Field(description="A member's.")
    author_id: UUID | None = Field(description="Who wrote a message.")
    topic: TopicLine | None = Field(description="Where it is said or discussed.")
    task: TaskLine | None
    decision: DecisionLine | None
    project: ProjectLine | None
    at: datetime = Field(description="When it was made, sent, or joined.")
