"""API schemas of topics."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import Field

from dayline.conversations.models import TopicKind
from dayline.kernel.schemas import Input, Line, Output


class TopicSort(StrEnum):
    """The orders of lists of topics."""

    ACTIVE = "-last_message_at"
    LATEST = "-created_at"


class TopicOut(Output):
    """One conversation about one thing."""

    id: UUID
    kind: TopicKind
    project_id: UUID | None = Field(description="Null for direct topics.")
    title: str
    main: bool = Field(description="Whether it is the discussion that every project has.")
    participants: list[UUID] = Field(description="The members of a direct topic; else empty.")
    created_at: datetime
    created_by: UUID | None
    resolved_at: datetime | None
    resolved_by: UUID | None
    message_count: int = Field(description="Withdrawn messages do not count.")
    last_message_at: datetime | None
    rev: int


class TopicEdit(Input):
    """What changes; what is left out stays as it is."""

    title: Line = Field(default_factory=str)
