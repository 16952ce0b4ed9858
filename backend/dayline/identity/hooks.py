"""Hooks of this room: what rooms that depend on it do in the same transaction."""

from uuid import UUID

from dayline.identity.client_context import ClientContext
from dayline.kernel.db.hooks import Hook

credentials_revoked: Hook[[ClientContext, UUID, bool, bool]] = Hook()
"""An account's password was changed or reset. Arguments: the client, the account's id, whether to
revoke its access tokens, whether to revoke its calendar links, both in all its workspaces.
"""
