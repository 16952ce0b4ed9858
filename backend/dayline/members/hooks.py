"""Hooks of this room: what rooms that depend on it do in the same transaction."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from dayline.identity.caller import Caller
from dayline.kernel.db.hooks import Hook
from dayline.members.models import Member, Workspace

workspace_created: Hook[[AsyncSession, Workspace]] = Hook()
"""A workspace was created, with its owner."""

member_joined: Hook[[AsyncSession, Member]] = Hook()
"""An account became a new member. Also called for the owner of a new workspace."""

member_changing: Hook[[AsyncSession, UUID, Collection[UUID]]] = Hook()
"""A member is about to be locked, changed, and perhaps added to these projects. Handlers lock what
precedes members in the order of locks."""

member_changed: Hook[[AsyncSession, Member]] = Hook()
"""A member changed: name, handle, role, access, or by joining."""

invite_drafted: Hook[[Caller, Sequence[UUID]]] = Hook()
"""A guest is about to be invited to these projects. Handlers raise Invalid for unknown ones."""

invite_accepted: Hook[[AsyncSession, Member, Sequence[UUID]]] = Hook()
"""Someone joined by an invite that named these projects. Some may no longer exist."""

links_revoked: Hook[[AsyncSession, UUID]] = Hook()
"""Revoke the links with which programs read as this member without signing in."""
