"""Resuming: whether a client gets what it missed, or has to read afresh."""

from enum import StrEnum

from dayline.kernel.errors import Conflict

MOST_BEHIND = 10_000
"""A socket that missed more reads a snapshot instead: that is less."""


class ResetReason(StrEnum):
    """Why a client has to read afresh."""

    EPOCH = "epoch"  # events do not tell how it came about (a restore, an import)
    ACCESS = "access"  # what the member may see is not what it was
    AHEAD = "ahead"  # the number has not been given yet
    BEHIND = "behind"  # too much was missed


class FeedReset(Conflict):
    """Your number cannot be resumed from: read the snapshot afresh."""

    slug = "feed-reset"


def why_reset(
    *, claimed: str | None, epoch: str, since: int, head: int, most_behind: int | None
) -> ResetReason | None:
    """Why a client that knows all up to `since` of epoch `claimed` cannot go on from there.

    Without a claimed epoch the number is taken at its word.
    """
    if claimed is not None and claimed != epoch:
        same_history = claimed.partition(".")[0] == epoch.partition(".")[0]
        return ResetReason.ACCESS if same_history else ResetReason.EPOCH
    if since > head:
        return ResetReason.AHEAD
    if most_behind is not None and head - since > most_behind:
        return ResetReason.BEHIND
    return None
