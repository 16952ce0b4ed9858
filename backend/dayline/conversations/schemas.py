"""API schemas of topics."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import Field

from dayline.conversations.models import TopicKind
from dayline.kernel.schemas import CreatedAt, Id, Input, Line, Output, Rev


class TopicSort(StrEnum):
    """The order of a list of topics, newest first."""

    ACTIVE = "-last_message_at"
    LATEST = "-created_at"


class TopicOut(Output):
    """A conversation about one thing."""

    id: Id
    kind: TopicKind = Field(description="What the topic is about.")
    project_id: UUID | None = Field(
        description="The id of the project that the topic belongs to. Null for direct topics."
    )
    title: str = Field(description="What the topic is called.")
    main: bool = Field(
        description="Whether this is the project's own discussion, which every project has."
    )
    participants: list[UUID] = Field(
        description="The ids of the members of a direct topic. Empty for other topics."
    )
    created_at: CreatedAt
    created_by: UUID | None = Field(
        description="The id of the member who created the topic. Null if no one did."
    )
    resolved_at: datetime | None = Field(
        description="When the topic was resolved. Null while it is open."
    )
    resolved_by: UUID | None = Field(
        description="The id of the member who resolved the topic. Null if no one did."
    )
    message_count: int = Field(
        description="How many messages the topic has, without withdrawn ones."
    )
    last_message_at: datetime | None = Field(
        description="When the latest message was posted. Null if there are none."
    )
    rev: Rev


class TopicEdit(Input):
    """Changes to a topic. Fields left out stay the same."""

    title: Line = Field(default_factory=str, description="The new title.")
