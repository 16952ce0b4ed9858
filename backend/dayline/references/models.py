"""Tables of references, links to them, and explanations."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, Index, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field

from dayline.kernel.db.columns import Revised, WorkspaceRow, points_to


class Reference(WorkspaceRow, Revised, table=True):
    """A short written answer. The whole team can read and edit it. Guests can't see it."""

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
    """The member who keeps it up to date."""
    review_on: date | None = None
    """The date of its next review, in its owner's zone."""
    created_at: datetime
    created_by: UUID
    updated_at: datetime
    """When its title or text was last changed."""
    updated_by: UUID


class ReferenceName(WorkspaceRow, table=True):
    """A current or former title of a reference, so that links survive a rename.

    If another reference takes the title, the name belongs to that one from then on.
    """

    __tablename__ = "reference_names"
    __table_args__ = (
        points_to("reference_id", "reference_pages", ondelete="CASCADE"),
        UniqueConstraint("workspace_id", "name"),
        Index(None, "workspace_id", "reference_id"),
    )

    reference_id: UUID
    name: str = Field(max_length=200)
    """The title in the form in which links are compared: lower case, with single spaces."""
    title: str = Field(max_length=200)
    letters: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    """The trigrams of the title, used to find similar ones."""


class ReferenceRevision(WorkspaceRow, table=True):
    """The title and text of a reference after one edit."""

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
    """What someone found wrong or out of date in a reference, until an edit or a review."""

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
    """A `[[Title]]` in the text of a message, of a topic's subject (like a task) or of a reference.

    It is stored by name, whether or not a reference has that name yet.
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
    """Null if the text is not a message but that of the topic's task, for example."""
    from_id: UUID | None = None


class Subject(WorkspaceRow, table=True):
    """What was explained, in any words: explanations in similar words belong to one subject."""

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
    """When a reference was asked for. This happens once."""
    wanted_of: UUID | None = None
    """The member who gave the explanation at which a reference was asked for."""
    wanted_from: datetime | None = None
    """Their first working instant from then on. They are asked no earlier."""
    declined_at: datetime | None = None
    """When someone said that it needs no reference."""


class Explanation(WorkspaceRow, table=True):
    """A note, in a line, that someone explained something by talking."""

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
    """The trigrams of the words, used to find similar ones."""
    explained_by: UUID
    explained_at: datetime
    project_id: UUID | None = None
    topic_id: UUID | None = None
    """The topic in which it came up. Shown only to those who see the topic."""
    message_id: UUID | None = None
