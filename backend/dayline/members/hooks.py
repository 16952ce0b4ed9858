"""Hooks of this room: what rooms above do in the same commit."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from dayline.identity.caller import Caller
from dayline.kernel.db.hooks import Hook
from dayline.members.models import Member, Workspace

workspace_created: Hook[[AsyncSession, Workspace]] = Hook()
"""A workspace was made; its first member is there."""

member_joined: Hook[[AsyncSession, Member]] = Hook()
"""An account became a new member: the founder of a workspace too."""

member_changing: Hook[[AsyncSession, UUID, Collection[UUID]]] = Hook()
"""A member is about to be locked, changed, and perhaps added to these projects: lock what comes
before members in the order of locks."""

member_changed: Hook[[AsyncSession, Member]] = Hook()
"""A member's card changed: name, handle, role, access, or that they joined."""

invite_drafted: Hook[[Caller, Sequence[UUID]]] = Hook()
"""A guest is about to be invited to these projects: raise Invalid where one is none of them."""

invite_accepted: Hook[[AsyncSession, Member, Sequence[UUID]]] = Hook()
"""A guest joined by an invite that named these projects; some may be gone since."""

links_revoked: Hook[[AsyncSession, UUID]] = Hook()
"""The links by which programs read as this member, without signing in, are to end."""
