"""API schemas of attachments."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from dayline.attachments.kinds import SHOWN
from dayline.attachments.models import Attachment
from dayline.kernel.db.quotas import UsageOut
from dayline.kernel.schemas import Output

MOST_ATTACHED = 50

Attachments = Annotated[
    list[UUID],
    Field(
        max_length=MOST_ATTACHED,
        description="Ids of uploads of yours, and of what hangs here already: all of them.",
        json_schema_extra={"uniqueItems": True},
    ),
]


class AttachmentOut(Output):
    """A file that hangs on a message or a task, or soon will."""

    id: UUID
    name: str
    size: int = Field(description="In bytes.")
    media_type: str = Field(description="What it is, by its content.", examples=["image/png"])
    is_picture: bool = Field(description="Whether an `<img>` may show it.")
    sha256: str = Field(description="Of its content, hexadecimal.")
    uploaded_by: UUID
    created_at: datetime
    expires_at: datetime | None = Field(
        description="When it goes because it hangs on nothing; null where it hangs on something."
    )


class MemberUsageOut(Output):
    """What a member has of what is limited."""

    storage_bytes: UsageOut
    unattached_files: UsageOut = Field(description="Files that hang on no message and no task yet.")
    tokens: UsageOut = Field(description="Access tokens that still work.")


class WorkspaceUsageOut(Output):
    """What a workspace has of what is limited."""

    storage_bytes: UsageOut


class UsageOfAllOut(Output):
    """What you use, and what your workspace uses."""

    mine: MemberUsageOut
    workspace: WorkspaceUsageOut | None = Field(description="For admins; null for others.")


def attachment_document(attachment: Attachment) -> AttachmentOut:
    """Return the attachment as the API shows it."""
    return AttachmentOut(
        **attachment.model_dump(include=set(AttachmentOut.model_fields) - {"sha256"}),
        is_picture=attachment.media_type in SHOWN,
        sha256=attachment.sha256.hex(),
    )
