"""The storage that a member's and a workspace's files use, and its limits.

A file counts from before its first byte is received until it is deleted from the disk. Until it is
complete, it counts with its declared length, or with the most that it may have.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlmodel import col

from dayline.attachments.models import Attachment
from dayline.attachments.problems import StorageQuotaReached
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
        for whose, usage, advice in (
            ("member", self.member, _MEMBERS_ADVICE),
            ("workspace", self.workspace, _WORKSPACES_ADVICE),
        ):
            if usage.used + needed > usage.limit:
                subject = "You use" if whose == "member" else "Your workspace uses"
                raise StorageQuotaReached(
                    f"{subject} {in_mib(usage.used)} of {in_mib(usage.limit)}, and this file needs "
                    f"{in_mib(needed)}. {advice}",
                    quota=whose,
                    used=usage.used,
                    limit=usage.limit,
                    needed=needed,
                )


_MEMBERS_ADVICE = (
    "Remove files from your messages and tasks: their space is free again within two hours. "
    "Or ask an admin for more storage."
)
_WORKSPACES_ADVICE = "Ask an admin to free storage or to raise the limit."


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
