"""Where the parts of this room stand, and what their paths name."""

from typing import Annotated
from uuid import UUID

from fastapi import Path

WORKSPACE = "/workspaces/{workspace}"
MEMBER = WORKSPACE + "/members/{member_id}"

MemberId = Annotated[UUID, Path(description="A member's id.")]
