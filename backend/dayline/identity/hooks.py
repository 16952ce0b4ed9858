"""Hooks of this room: what rooms above do in the same commit."""

from uuid import UUID

from dayline.identity.client_context import ClientContext
from dayline.kernel.db.hooks import Hook

credentials_revoked: Hook[[ClientContext, UUID, bool, bool]] = Hook()
"""An account's password was changed or reset: end its access tokens, if the third says so, and its
calendar links, if the fourth does, in each of its workspaces.
"""
