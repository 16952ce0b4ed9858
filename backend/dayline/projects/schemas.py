"""API schemas of projects."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field

from dayline.core.phrase import Phrase, Refused
from dayline.identity.models import Role
from dayline.kernel.schemas import Input, Line, Output, Shape, Text
from dayline.projects.models import Condition

ProjectKey = Annotated[
    str,
    Shape(r"^[A-Za-z][A-Za-z0-9]{1,9}$", Phrase("fields.project-key")),
    AfterValidator(str.upper),
]
"""A letter and 1 to 9 letters or digits, in any case. It is stored in upper case."""

DECISIONS = "DEC"
"""The prefix of decisions' keys. No project may have it."""


def _of_no_decision(key: str) -> str:
    if key == DECISIONS:
        raise Refused(Phrase("fields.reserved-key", key=DECISIONS))
    return key


NewProjectKey = Annotated[ProjectKey, AfterValidator(_of_no_decision)]
"""The key of a new project."""


class ProjectSort(StrEnum):
    """The orders of the list of projects."""

    NAME = "name"
    KEY = "key"
    CREATED_AT = "created_at"
    LATEST = "-created_at"
    DUE_ON = "due_on"


class PersonCard(Output):
    """A member who was added to a project."""

    id: UUID
    handle: str
    name: str
    role: Role


class ProjectOut(Output):
    """A project with the people who were added to it, ordered by name."""

    id: UUID
    key: str = Field(examples=["ABC"])
    name: str
    purpose: str = Field(description="Markdown.")
    purpose_html: str = Field(description="The purpose as safe HTML.")
    lead_id: UUID | None
    condition: Condition | None = Field(description="What the last update said.")
    starts_on: date | None
    due_on: date | None
    people: list[PersonCard]
    created_at: datetime
    archived_at: datetime | None
    rev: int


class ProjectIn(Input):
    """A new project."""

    key: NewProjectKey = Field(
        description="First part of its tasks' numbers. It never changes.", examples=["ABC"]
    )
    name: Line
    purpose: Text = Field(default="", description="Markdown.")
    lead_id: UUID | None = None
    starts_on: date | None = None
    due_on: date | None = None


class ProjectEdit(Input):
    """What changes; what is left out stays as it is. Null clears the lead or a date."""

    name: Line = Field(default_factory=str)
    purpose: Text = Field(default_factory=str, description="Markdown.")
    lead_id: UUID | None = None
    starts_on: date | None = None
    due_on: date | None = None
