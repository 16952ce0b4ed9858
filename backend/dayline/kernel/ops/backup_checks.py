"""What a backup checks before it is called one, and what a restore has to warn of."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from dayline.kernel.ops.vault import NoKey, Unreadable, Vault

SEALED = "SELECT url_sealed FROM subscriptions"
"""Every secret that the vault sealed: webhooks of Slack channels."""

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


class BackupFault(Exception):
    """A backup or a restore that can't be done; the message is one sentence."""


async def see_everything(connection: AsyncConnection) -> None:
    """Let the owner's transaction see every workspace, and write instants in UTC.

    It is said inside the transaction: a connection pooler may drop what is said on connecting, and
    row-level security would then show nothing at all.
    """
    await connection.execute(_SEE_EVERYTHING)


async def check_numbers(connection: AsyncConnection) -> None:
    """Raise BackupFault where a workspace has more or fewer events than its feed has numbered.

    Events are numbered without gaps and never deleted, so a difference means that rows are
    missing, or that this connection doesn't see them.
    """
    wrong = (await connection.execute(_WRONG_NUMBERS)).one_or_none()
    if wrong is not None:
        raise BackupFault(
            f"Workspace {wrong.slug} has {wrong.events} events, but its feed counts {wrong.head}: "
            "the database is damaged, so no backup was made. Restore the last good one."
        )


async def count_sealed(connection: AsyncConnection) -> int:
    """How many secrets can be read with the installation's key alone."""
    if await connection.scalar(text("SELECT to_regclass('subscriptions')")) is None:
        return 0
    return await connection.scalar(text(f"SELECT count(*) FROM ({SEALED}) AS sealed")) or 0  # noqa: S608


async def count_unreadable(connection: AsyncConnection, vault: Vault) -> int:
    """How many sealed secrets none of the vault's keys reads."""
    sealed = await connection.scalars(text(SEALED))
    return sum(not _is_readable(vault, each) for each in sealed)


def _is_readable(vault: Vault, sealed: bytes) -> bool:
    try:
        vault.open(sealed)
    except (NoKey, Unreadable):
        return False
    return True
