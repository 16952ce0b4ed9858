"""API schemas of attachments."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from dayline.attachments.kinds import SHOWN
from dayline.attachments.models import Attachment
from dayline.kernel.db.quotas import UsageOut
from dayline.kernel.schemas import CreatedAt, Id, Output

MOST_ATTACHED = 50

Attachments = Annotated[
    list[UUID],
    Field(
        max_length=MOST_ATTACHED,
        description="The ids of all files to attach. They are your own uploads, or files "
        "already attached here.",
        json_schema_extra={"uniqueItems": True},
    ),
]


class AttachmentOut(Output):
    """An uploaded file, attached to a message or a task or soon to be."""

    id: Id
    name: str = Field(description="The name of the file.")
    size: int = Field(description="The size of the file in bytes.")
    media_type: str = Field(
        description="The media type, detected from the content.", examples=["image/png"]
    )
    is_picture: bool = Field(description="Whether the file can be shown in an `<img>`.")
    sha256: str = Field(description="The SHA-256 hash of the content, in hexadecimal.")
    uploaded_by: UUID = Field(description="The id of the member who uploaded the file.")
    created_at: CreatedAt
    expires_at: datetime | None = Field(
        description="When the file is deleted unless it gets attached. Null once it is attached."
    )


class MemberUsageOut(Output):
    """How much a member uses of what is limited."""

    storage_bytes: UsageOut = Field(description="The total size of the member's files, in bytes.")
    unattached_files: UsageOut = Field(
        description="The number of uploaded files that aren't attached to anything yet."
    )
    tokens: UsageOut = Field(description="The number of access tokens that still work.")


class WorkspaceUsageOut(Output):
    """How much a workspace uses of what is limited."""

    storage_bytes: UsageOut = Field(
        description="The total size of all files in the workspace, in bytes."
    )


class UsageOfAllOut(Output):
    """How much you and your workspace use of what is limited."""

    mine: MemberUsageOut = Field(description="How much you use.")
    workspace: WorkspaceUsageOut | None = Field(
        description="How much the workspace uses. Null unless you are an admin."
    )


def attachment_document(attachment: Attachment) -> AttachmentOut:
    """Return the attachment as the API shows it."""
    return AttachmentOut(
        **attachment.model_dump(include=set(AttachmentOut.model_fields) - {"sha256"}),
        is_picture=attachment.media_type in SHOWN,
        sha256=attachment.sha256.hex(),
    )
