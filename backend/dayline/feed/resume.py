"""Resuming: whether a client can get what it missed, or has to read the snapshot again."""

from enum import StrEnum

from dayline.kernel.errors import Conflict

MOST_BEHIND = 10_000
"""The most events that a socket may catch up on. Beyond it, a snapshot is cheaper."""


class ResetReason(StrEnum):
    """Why a client has to read the snapshot again."""

    EPOCH = "epoch"  # the history was replaced by a restore or an import
    ACCESS = "access"  # the member's access changed
    AHEAD = "ahead"  # the number doesn't exist yet
    BEHIND = "behind"  # too many events were missed


class FeedReset(Conflict):
    """The feed can't be resumed from this number. The client must fetch a new snapshot."""

    slug = "feed-reset"


def why_reset(
    *, claimed: str | None, epoch: str, since: int, head: int, most_behind: int | None
) -> ResetReason | None:
    """Return why a client that has everything up to `since` cannot resume, or None if it can.

    Without a claimed epoch, `since` is taken to belong to the current one.
    """
    if claimed is not None and claimed != epoch:
        same_history = claimed.partition(".")[0] == epoch.partition(".")[0]
        return ResetReason.ACCESS if same_history else ResetReason.EPOCH
    if since > head:
        return ResetReason.AHEAD
    if most_behind is not None and head - since > most_behind:
        return ResetReason.BEHIND
    return None
