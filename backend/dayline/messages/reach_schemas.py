"""API schemas of mentions that reach nobody."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from dayline.kernel.schemas import Output, Word

MOST_HANDLES = 100

KeptAsText = Annotated[
    list[Word],
    Field(
        max_length=MOST_HANDLES,
        description="The handles of members who can't see the topic, and whose mentions stay plain "
        "text. Other mentions of members who can't see it are refused.",
    ),
]


class UnreachedReason(StrEnum):
    """Why a mention asks no one."""

    UNKNOWN = "unknown"  # nobody has this handle
    NO_ACCESS = "no_access"  # their access has ended
    CANNOT_SEE = "cannot_see"  # they can't see the project or the conversation
    GUEST = "guest"  # they see it, and guests are not asked


class UnreachedOut(Output):
    """A mention that asks no one."""

    handle: str = Field(description="The handle that the text mentions.")
    reason: UnreachedReason = Field(description="Why the mention asks no one.")
