"""Hooks of this room: what rooms that depend on it do in the same transaction."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from dayline.kernel.db.hooks import Hook

topics_resolved: Hook[[AsyncSession, Collection[UUID]]] = Hook()
"""These topics were resolved: answers are no longer awaited in them."""
