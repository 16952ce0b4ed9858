"""Checks of a backup before it is complete, and warnings of a restore."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from dayline.core.phrase import Phrase
from dayline.kernel.ops.fault import Fault
from dayline.kernel.ops.vault import NoKey, Unreadable, Vault

SEALED = "SELECT url_sealed FROM subscriptions"
"""Selects all secrets that the vault encrypted: webhook URLs of Slack channels."""

_SEE_EVERYTHING = text(
    """
    SELECT set_config('app.all_workspaces', 'on', true), set_config('timezone', 'UTC', true)
    """
)
_WRONG_NUMBERS = text(
    """
    SELECT w.slug, f.head, coalesce(e.events, 0) AS events
    FROM workspace_feed f
    JOIN workspaces w ON w.id = f.workspace_id
    LEFT JOIN (
        SELECT workspace_id, count(*) AS events FROM events GROUP BY workspace_id
    ) AS e ON e.workspace_id = f.workspace_id
    WHERE f.head <> coalesce(e.events, 0)
    ORDER BY w.slug LIMIT 1
    """
)


class BackupFault(Fault):
    """A backup or restore that failed."""


async def see_everything(connection: AsyncConnection) -> None:
    """Give the owner's transaction access to all workspaces, and set its time zone to UTC.

    This is set inside the transaction: a connection pooler may drop settings made on connecting,
    and row-level security would then hide all rows.
    """
    await connection.execute(_SEE_EVERYTHING)


async def check_numbers(connection: AsyncConnection) -> None:
    """Raise BackupFault if a workspace has more or fewer events than its feed has numbered.

    Events are numbered without gaps and never deleted. So a difference means that rows are missing
    or hidden from this connection.
    """
    wrong = (await connection.execute(_WRONG_NUMBERS)).one_or_none()
    if wrong is not None:
        raise BackupFault(
            Phrase("commands.backup-damaged", slug=wrong.slug, events=wrong.events, head=wrong.head)
        )


async def count_sealed(connection: AsyncConnection) -> int:
    """Return how many secrets only the installation's key can decrypt."""
    if await connection.scalar(text("SELECT to_regclass('subscriptions')")) is None:
        return 0
    return await connection.scalar(text(f"SELECT count(*) FROM ({SEALED}) AS sealed")) or 0  # noqa: S608


async def count_unreadable(connection: AsyncConnection, vault: Vault) -> int:
    """Return how many encrypted secrets none of the vault's keys can decrypt."""
    sealed = await connection.scalars(text(SEALED))
    return sum(not _is_readable(vault, each) for each in sealed)


def _is_readable(vault: Vault, sealed: bytes) -> bool:
    try:
        vault.open(sealed)
    except (NoKey, Unreadable):
        return False
    return True
