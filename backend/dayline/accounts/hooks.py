"""Hooks of this room: what rooms above do in the same commit."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from dayline.accounts.caller import Caller
from dayline.accounts.models import Member, Workspace
from dayline.kernel.reactions import Reaction

workspace_created: Reaction[[AsyncSession, Workspace]] = Reaction()
"""A workspace was made; its first member is there."""

member_joined: Reaction[[AsyncSession, Member]] = Reaction()
"""An account became a new member: the founder of a workspace too."""

member_changing: Reaction[[AsyncSession, UUID, Collection[UUID]]] = Reaction()
"""A member is about to be locked, changed, and perhaps added to these projects: lock what comes
before members in the order of locks."""

member_changed: Reaction[[AsyncSession, Member]] = Reaction()
"""A member's card changed: name, handle, role, access, or that they joined."""

invite_drafted: Reaction[[Caller, Sequence[UUID]]] = Reaction()
"""A guest is about to be invited to these projects: raise Invalid where one is none of them."""

invite_accepted: Reaction[[AsyncSession, Member, Sequence[UUID]]] = Reaction()
"""A guest joined by an invite that named these projects; some may be gone since."""

links_revoked: Reaction[[AsyncSession, UUID]] = Reaction()
"""The links by which programs read as this member, without signing in, are to end."""
