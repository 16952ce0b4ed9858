"""Hooks of this room: what rooms above do in the same commit."""

from sqlalchemy.ext.asyncio import AsyncSession

from dayline.accounts.models import Member, Workspace
from dayline.kernel.reactions import Reaction

workspace_created: Reaction[[AsyncSession, Workspace]] = Reaction()
"""A workspace was made; its first member is there."""

member_changed: Reaction[[AsyncSession, Member]] = Reaction()
"""A member's card changed: name, handle, role, or access."""
