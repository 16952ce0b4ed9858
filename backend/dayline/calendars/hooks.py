"""Hooks of this room: what rooms that depend on it do in the same transaction."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from dayline.kernel.db.hooks import Hook

calendar_changed: Hook[[AsyncSession, Collection[UUID]]] = Hook()
"""The working time of these members changed: hours, zone, overrides, time off or holidays."""
