"""Response schemas of search."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import Field

from dayline.context.places import DecisionLine, ProjectLine, TaskLine, TopicLine
from dayline.kernel.schemas import Output

MOST_HITS = 50


class HitKind(StrEnum):
    """What search can find."""

    REFERENCE = "reference"  # listed before all others
    TASK = "task"
    DECISION = "decision"
    TOPIC = "topic"  # found by its title; the topics of tasks and decisions have the same titles
    MESSAGE = "message"
    PROJECT = "project"
    MEMBER = "member"


class Piece(Output):
    """A part of a text, which either matches the search or not."""

    text: str = Field(description="The text of this part.")
    is_hit: bool = Field(description="Whether this part matches the search.")


class Hit(Output):
    """A search result."""

    kind: HitKind = Field(description="What was found.")
    id: UUID = Field(description="The id of what was found.")
    title: list[Piece] = Field(
        description="The title or name, in parts. For a message, the title of its topic."
    )
    excerpt: list[Piece] = Field(
        description="The text around the match, in parts. Empty if only the title matches."
    )
    handle: str | None = Field(description="The handle of a member. Null for other results.")
    author_id: UUID | None = Field(
        description="The id of the member who wrote a message. Null for other results."
    )
    topic: TopicLine | None = Field(
        description="The topic that the result belongs to. Null if there is none."
    )
    task: TaskLine | None = Field(
        description="The task that the result belongs to. Null if there is none."
    )
    decision: DecisionLine | None = Field(
        description="The decision that the result belongs to. Null if there is none."
    )
    project: ProjectLine | None = Field(
        description="The project that the result belongs to. Null if there is none."
    )
    at: datetime = Field(description="When it was created or posted, or when the member joined.")
