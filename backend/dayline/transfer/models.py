"""Where imported rows came from, so that importing again brings only what is new."""

from enum import StrEnum
from uuid import UUID

from sqlmodel import Field, SQLModel

from dayline.kernel.db.columns import text_enum


class Source(StrEnum):
    """What an import reads."""

    SLACK = "slack"
    ADR = "adr"  # a folder of decision records


class SourceKind(StrEnum):
    """What a thing is where it came from."""

    PERSON = "person"  # a member here
    CHANNEL = "channel"  # a project, or a direct topic for what is private
    THREAD = "thread"  # a topic
    MESSAGE = "message"
    RECORD = "record"  # a decision


class ImportSource(SQLModel, table=True):
    """One imported thing: its name in the source, and the row that it became."""

    __tablename__ = "import_sources"

    workspace_id: UUID = Field(primary_key=True, foreign_key="workspaces.id")
    source: Source = Field(primary_key=True, sa_type=text_enum(Source))
    kind: SourceKind = Field(primary_key=True, sa_type=text_enum(SourceKind))
    source_id: str = Field(primary_key=True, max_length=200)
    row_id: UUID
