"""References, what points to them, and the explanations that they replace."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, Index, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field

from dayline.kernel.db.columns import Revised, WorkspaceRow, points_to


class Reference(WorkspaceRow, Revised, table=True):
    """A short written answer. The whole team reads it and may edit it; guests do not see it."""

    __tablename__ = "reference_pages"
    __table_args__ = (
        points_to("owner_id", "members"),
        points_to("created_by", "members"),
        points_to("updated_by", "members"),
        Index(None, "workspace_id", "owner_id"),
    )

    title: str = Field(max_length=200)
    body: str
    body_html: str
    owner_id: UUID
    """Who sees to it that it stays true."""
    review_on: date | None = None
    """The date, on its owner's calendar, on which they look at it again."""
    created_at: datetime
    created_by: UUID
    updated_at: datetime
    """When its text was last changed."""
    updated_by: UUID


class ReferenceName(WorkspaceRow, table=True):
    """A title that a reference has or had: links by it find the reference after a change of name.

    A title that another reference takes names that one from then on.
    """

    __tablename__ = "reference_names"
    __table_args__ = (
        points_to("reference_id", "reference_pages", ondelete="CASCADE"),
        UniqueConstraint("workspace_id", "name"),
        Index(None, "workspace_id", "reference_id"),
    )

    reference_id: UUID
    name: str = Field(max_length=200)
    """The title as links are compared: in lower case, its words one space apart."""
    title: str = Field(max_length=200)
    letters: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    """The trigrams of the title, by which similar ones are found."""


class ReferenceRevision(WorkspaceRow, table=True):
    """The text of a reference as one edit left it."""

    __tablename__ = "reference_revisions"
    __table_args__ = (
        points_to("reference_id", "reference_pages", ondelete="CASCADE"),
        points_to("edited_by", "members"),
        UniqueConstraint("workspace_id", "reference_id", "number"),
    )

    reference_id: UUID
    number: int
    title: str = Field(max_length=200)
    body: str
    edited_by: UUID
    edited_at: datetime


class StaleMark(WorkspaceRow, table=True):
    """What somebody found wrong or out of date in a reference, until an edit or a review."""

    __tablename__ = "stale_marks"
    __table_args__ = (
        points_to("reference_id", "reference_pages", ondelete="CASCADE"),
        points_to("marked_by", "members"),
        UniqueConstraint("workspace_id", "reference_id", "marked_by"),
    )

    reference_id: UUID
    marked_by: UUID
    marked_at: datetime
    reason: str = Field(max_length=500)


class ReferenceLink(WorkspaceRow, table=True):
    """A `[[Title]]` in a text: of a message, of what a topic is about, or of another reference.

    It is kept by the name that it names, whether or not a reference has that name yet.
    """

    __tablename__ = "reference_links"
    __table_args__ = (
        points_to("topic_id", "topics"),
        points_to("message_id", "messages"),
        points_to("from_id", "reference_pages", ondelete="CASCADE"),
        CheckConstraint("(topic_id IS NULL) <> (from_id IS NULL)", "stands_in_one_place"),
        CheckConstraint("message_id IS NULL OR topic_id IS NOT NULL", "messages_have_topics"),
        Index(None, "workspace_id", "name"),
        Index(None, "workspace_id", "topic_id", "message_id"),
        Index(None, "workspace_id", "from_id"),
    )

    name: str = Field(max_length=200)
    topic_id: UUID | None = None
    message_id: UUID | None = None
    """Null where the text is that of the topic's task."""
    from_id: UUID | None = None


class Subject(WorkspaceRow, table=True):
    """What was explained, in whatever words: explanations in similar words are of one subject."""

    __tablename__ = "subjects"
    __table_args__ = (
        points_to("reference_id", "reference_pages"),
        points_to("wanted_of", "members"),
        CheckConstraint(
            "(wanted_at IS NULL) = (wanted_of IS NULL) "
            "AND (wanted_at IS NULL) = (wanted_from IS NULL)",
            "wanted_of_somebody",
        ),
        Index(None, "workspace_id", "reference_id"),
        Index(None, "workspace_id", "wanted_of", postgresql_where="wanted_of IS NOT NULL"),
    )

    reference_id: UUID | None = None
    """The reference that answers it."""
    wanted_at: datetime | None = None
    """When a reference was asked for, which happens once."""
    wanted_of: UUID | None = None
    """The member who explained it when it was once too often."""
    wanted_from: datetime | None = None
    """Their first working instant from then on: they are told no earlier."""
    declined_at: datetime | None = None
    """When somebody said that it needs no reference."""


class Explanation(WorkspaceRow, table=True):
    """Somebody explained something by talking, and noted it in a line."""

    __tablename__ = "explanations"
    __table_args__ = (
        points_to("subject_id", "subjects"),
        points_to("explained_by", "members"),
        points_to("project_id", "projects"),
        points_to("topic_id", "topics"),
        points_to("message_id", "messages"),
        CheckConstraint("message_id IS NULL OR topic_id IS NOT NULL", "messages_have_topics"),
        Index(None, "workspace_id", "explained_at", "id"),
        Index(None, "workspace_id", "subject_id"),
    )

    subject_id: UUID
    words: str = Field(max_length=200)
    """What was explained, as its author noted it."""
    letters: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    """The trigrams of the words, by which similar ones are found."""
    explained_by: UUID
    explained_at: datetime
    project_id: UUID | None = None
    topic_id: UUID | None = None
    """Where it came up. Who does not see the topic is not told."""
    message_id: UUID | None = None
