"""The origin of imported rows, so that importing again adds only what is new."""

from enum import StrEnum
from uuid import UUID

from sqlmodel import Field, SQLModel

from dayline.kernel.db.columns import text_enum


class Source(StrEnum):
    """The source of an import."""

    SLACK = "slack"
    ADR = "adr"  # a folder of decision records


class SourceKind(StrEnum):
    """The kind of a thing in the source, and what it becomes here."""

    PERSON = "person"  # becomes a member
    CHANNEL = "channel"  # becomes a project, or a direct topic if private
    THREAD = "thread"  # becomes a topic
    MESSAGE = "message"
    RECORD = "record"  # becomes a decision


class ImportSource(SQLModel, table=True):
    """One imported thing: its id in the source, and the row that it became."""

    __tablename__ = "import_sources"

    workspace_id: UUID = Field(primary_key=True, foreign_key="workspaces.id")
    source: Source = Field(primary_key=True, sa_type=text_enum(Source))
    kind: SourceKind = Field(primary_key=True, sa_type=text_enum(SourceKind))
    source_id: str = Field(primary_key=True, max_length=200)
    row_id: UUID
