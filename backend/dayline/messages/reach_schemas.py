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
        description="Handles of members who cannot see the place. The body may name them, and it "
        "stays plain text. Without it such a mention is refused.",
    ),
]


class UnreachedReason(StrEnum):
    """Why a mention asks nobody."""

    UNKNOWN = "unknown"  # nobody has this handle
    NO_ACCESS = "no_access"  # their access has ended
    CANNOT_SEE = "cannot_see"  # they see neither the project nor the conversation
    GUEST = "guest"  # they see it, and guests are not asked


class UnreachedOut(Output):
    """A mention that asks nobody."""

    handle: str
    reason: UnreachedReason
