"""The storage that a member's and a workspace's files use, and its limits.

A file counts from before its first byte is received until it is deleted from the disk. Until it is
complete, it counts with its declared length, or with the most that it may have.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlmodel import col

from dayline.attachments.models import Attachment
from dayline.attachments.problems import StorageQuotaReached
from dayline.core.phrase import Phrase
from dayline.identity.caller import Caller
from dayline.kernel.db.quotas import UsageOut, in_mib
from dayline.kernel.ops.settings import Settings


@dataclass(frozen=True, slots=True)
class Storage:
    """The bytes of the caller's files, and of all files in their workspace."""

    member: UsageOut
    workspace: UsageOut

    def check_room(self, needed: int) -> None:
        """Raise StorageQuotaReached if a file of this many bytes exceeds either quota."""
        for whose, usage in (("member", self.member), ("workspace", self.workspace)):
            if usage.used + needed > usage.limit:
                sizes = [in_mib(size) for size in (usage.used, usage.limit, needed)]
                raise StorageQuotaReached(
                    _members_quota(*sizes) if whose == "member" else _workspaces_quota(*sizes),
                    quota=whose,
                    used=usage.used,
                    limit=usage.limit,
                    needed=needed,
                )


def _members_quota(used: str, limit: str, needed: str) -> Phrase:
    key = "problems.storage-quota-reached.member"
    return Phrase(key, used=used, limit=limit, needed=needed)


def _workspaces_quota(used: str, limit: str, needed: str) -> Phrase:
    key = "problems.storage-quota-reached.workspace"
    return Phrase(key, used=used, limit=limit, needed=needed)


async def storage_of(caller: Caller, settings: Settings) -> Storage:
    """Return the storage in use. It is exact while the workspace's quota is locked."""
    mine = col(Attachment.uploaded_by) == caller.member_id
    row = (
        await caller.session.execute(
            select(_bytes(), _bytes(mine)).where(
                col(Attachment.workspace_id) == caller.workspace_id
            )
        )
    ).one()
    return Storage(
        member=UsageOut(used=row[1], limit=settings.member_storage_bytes),
        workspace=UsageOut(used=row[0], limit=settings.workspace_storage_bytes),
    )


def _bytes(which: ColumnElement[bool] | None = None) -> ColumnElement[int]:
    total = func.sum(col(Attachment.size))
    return func.coalesce(total if which is None else total.filter(which), 0)
