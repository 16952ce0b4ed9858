"""API schemas of projects."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field

from dayline.core.phrase import Phrase, Refused
from dayline.identity.models import Role
from dayline.kernel.schemas import (
    CreatedAt,
    Id,
    Input,
    Line,
    MemberHandle,
    MemberId,
    MemberName,
    Output,
    Rev,
    Shape,
    Text,
)
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


# Meanings that several schemas share.
KEY = Field(
    description="The short key that starts the keys of the project's tasks. It never changes."
)
PURPOSE = Field(description="What the project is for, in Markdown.")
LEAD_ID = Field(description="The id of the member who leads the project. Null for no lead.")


class ProjectSort(StrEnum):
    """The order of the project list. A leading `-` reverses it."""

    NAME = "name"
    KEY = "key"
    CREATED_AT = "created_at"
    LATEST = "-created_at"
    DUE_ON = "due_on"


class PersonCard(Output):
    """A member who was added to a project."""

    id: MemberId
    handle: MemberHandle
    name: MemberName
    role: Role = Field(description="What the member can do in the workspace.")


class ProjectOut(Output):
    """A project with the people who were added to it, ordered by name."""

    id: Id
    key: Annotated[str, KEY] = Field(examples=["ABC"])
    name: str = Field(description="The name of the project.")
    purpose: Annotated[str, PURPOSE]
    purpose_html: str = Field(description="The purpose as safe HTML.")
    lead_id: UUID | None = Field(
        description="The id of the member who leads the project. Null if no one does."
    )
    condition: Condition | None = Field(
        description="How the project is doing, according to its last update. Null before "
        "the first update."
    )
    starts_on: date | None = Field(
        description="The day on which the project starts. Null if it isn't set."
    )
    due_on: date | None = Field(
        description="The day by which the project should be finished. Null if it isn't set."
    )
    people: list[PersonCard] = Field(
        description="The members who were added to the project, ordered by name."
    )
    created_at: CreatedAt
    archived_at: datetime | None = Field(
        description="When the project was archived. Null if it isn't archived."
    )
    rev: Rev


class ProjectIn(Input):
    """A project to create."""

    key: Annotated[NewProjectKey, KEY] = Field(examples=["ABC"])
    name: Line = Field(description="The name of the project.")
    purpose: Annotated[Text, PURPOSE] = ""
    lead_id: Annotated[UUID | None, LEAD_ID] = None
    starts_on: date | None = Field(
        default=None, description="The day on which the project starts. Null if it isn't known."
    )
    due_on: date | None = Field(
        default=None,
        description="The day by which the project should be finished. Null if it isn't known.",
    )


class ProjectEdit(Input):
    """Changes to a project. Fields left out stay the same."""

    name: Line = Field(default_factory=str, description="The new name of the project.")
    purpose: Annotated[Text, PURPOSE] = Field(default_factory=str)
    lead_id: Annotated[UUID | None, LEAD_ID] = None
    starts_on: date | None = Field(
        default=None, description="The day on which the project starts. Null removes it."
    )
    due_on: date | None = Field(
        default=None,
        description="The day by which the project should be finished. Null removes it.",
    )
