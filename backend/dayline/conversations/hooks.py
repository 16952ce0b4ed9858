"""Hooks of this room: what rooms above do in the same commit."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from dayline.kernel.db.hooks import Hook

topics_resolved: Hook[[AsyncSession, Collection[UUID]]] = Hook()
"""These topics were resolved: nobody waits for an answer in them."""
