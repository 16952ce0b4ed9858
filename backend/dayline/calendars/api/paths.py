"""Paths and path parameters that several routes of this room share."""

from typing import Annotated
from uuid import UUID

from fastapi import Path

WORKSPACE = "/workspaces/{workspace}"
MEMBER = WORKSPACE + "/members/{member_id}"

MemberId = Annotated[UUID, Path(description="The member's id.")]
